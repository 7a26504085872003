package digitlab.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PrincipalAxesTest {
  /** A cloud with deviations 5, 2 and 0.1 along known directions, away from zero. */
  private static float[] cloud(int points) {
    Rng rng = new Rng(1);
    double h = Math.sqrt(0.5);
    float[] cloud = new float[3 * points];
    for (int p = 0; p < points; p++) {
      double a = 5 * rng.nextGaussian();
      double b = 2 * rng.nextGaussian();
      cloud[3 * p] = (float) (10 + h * a - h * b);
      cloud[3 * p + 1] = (float) (-7 + h * a + h * b);
      cloud[3 * p + 2] = (float) (100 + 0.1 * rng.nextGaussian());
    }
    return cloud;
  }

  @Test
  void findsTheDirectionsInWhichPointsDiffer() {
    float[] cloud = cloud(2000);
    PrincipalAxes axes = PrincipalAxes.of(cloud, 3, 2, 7);
    assertEquals(25.0 / 29.01, axes.variance()[0], 0.02);
    assertEquals(4.0 / 29.01, axes.variance()[1], 0.02);
    // along (1, 1, 0)/√2, up to its sign: the coordinate is the projection
    double h = Math.sqrt(0.5);
    double sign = Math.signum(axes.coordinates()[0] * (h * (cloud[0] - 10) + h * (cloud[1] + 7)));
    double worst = 0;
    for (int p = 0; p < 2000; p++) {
      double expected = h * (cloud[3 * p] - 10) + h * (cloud[3 * p + 1] + 7);
      worst = Math.max(worst, Math.abs(sign * axes.coordinates()[2 * p] - expected));
    }
    assertTrue(worst < 0.5, "off by " + worst);
  }

  @Test
  void coordinatesHaveMeanZeroAndDoNotGoTogether() {
    PrincipalAxes axes = PrincipalAxes.of(cloud(500), 3, 2, 1);
    double[] mean = new double[2];
    double together = 0;
    for (int p = 0; p < 500; p++) {
      mean[0] += axes.coordinates()[2 * p] / 500;
      mean[1] += axes.coordinates()[2 * p + 1] / 500;
      together += axes.coordinates()[2 * p] * axes.coordinates()[2 * p + 1] / 500;
    }
    assertArrayEquals(new double[2], mean, 1e-9);
    assertEquals(0, together, 1e-3);
  }

  @Test
  void pointsThatAreAllTheSameHaveNoDirection() {
    PrincipalAxes axes = PrincipalAxes.of(new float[30], 3, 2, 1);
    assertArrayEquals(new double[20], axes.coordinates());
    assertArrayEquals(new double[2], axes.variance());
  }
}
