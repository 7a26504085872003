package digitlab.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTest {
  private static final float RATE = 0.1f;
  private static final float L2 = 0.01f;

  static List<Optimizer> all() {
    return List.of(
        new Optimizer.Sgd(),
        new Optimizer.Momentum(0.9),
        new Optimizer.Nesterov(0.8),
        new Optimizer.RmsProp(0.95),
        new Optimizer.Adam(0.9, 0.999),
        new Optimizer.AdamW(0.85, 0.99));
  }

  /**
   * Three steps on one number with gradients 0.5, −0.25, 1, against the published formulas in
   * double precision.
   */
  @ParameterizedTest
  @MethodSource("all")
  void followsItsFormula(Optimizer optimizer) {
    float[] w = {2};
    float[][] slots = new float[optimizer.slots()][1];
    double[] gradients = {0.5, -0.25, 1};
    double expected = 2;
    double first = 0; // velocity, or the first moment
    double second = 0; // the second moment
    for (int step = 1; step <= gradients.length; step++) {
      float[] g = {(float) gradients[step - 1]};
      optimizer.update(w, g, slots, new Optimizer.Pass(0, 1, RATE, L2, step));
      double gradient =
          gradients[step - 1] + (optimizer instanceof Optimizer.AdamW ? 0 : L2 * expected);
      switch (optimizer) {
        case Optimizer.Sgd() -> expected -= RATE * gradient;
        case Optimizer.Momentum(double mu) -> {
          first = mu * first + gradient;
          expected -= RATE * first;
        }
        case Optimizer.Nesterov(double mu) -> {
          first = mu * first + gradient;
          expected -= RATE * (gradient + mu * first);
        }
        case Optimizer.RmsProp(double rho) -> {
          second = rho * second + (1 - rho) * gradient * gradient;
          expected -= RATE * gradient / (Math.sqrt(second) + 1e-8);
        }
        case Optimizer.Adam(double b1, double b2) -> {
          first = b1 * first + (1 - b1) * gradient;
          second = b2 * second + (1 - b2) * gradient * gradient;
          expected -= adamStep(first, second, b1, b2, step);
        }
        case Optimizer.AdamW(double b1, double b2) -> {
          expected -= RATE * L2 * expected;
          first = b1 * first + (1 - b1) * gradient;
          second = b2 * second + (1 - b2) * gradient * gradient;
          expected -= adamStep(first, second, b1, b2, step);
        }
      }
      assertEquals(expected, w[0], 1e-6, "step " + step);
    }
  }

  private static double adamStep(double first, double second, double b1, double b2, int step) {
    double m = first / (1 - Math.pow(b1, step));
    double v = second / (1 - Math.pow(b2, step));
    return RATE * m / (Math.sqrt(v) + 1e-8);
  }

  @ParameterizedTest
  @MethodSource("all")
  void changesOnlyItsPart(Optimizer optimizer) {
    float[] w = {1, 1, 1};
    float[] g = {1, 1, 1};
    optimizer.update(w, g, new float[optimizer.slots()][3], new Optimizer.Pass(1, 2, RATE, 0, 1));
    assertEquals(1, w[0]);
    assertEquals(1, w[2]);
    assertEquals(true, w[1] < 1);
  }

  @ParameterizedTest
  @MethodSource("all")
  void isReadAsItIsWritten(Optimizer optimizer) {
    assertEquals(optimizer, Optimizer.parse(optimizer.toString()));
  }

  @Test
  void itsNumbersMayBeLeftOut() {
    assertEquals(new Optimizer.Adam(0.9, 0.999), Optimizer.parse("adam"));
    assertEquals(new Optimizer.Momentum(0.9), Optimizer.parse("momentum"));
    assertThrows(IllegalArgumentException.class, () -> Optimizer.parse("sgd 0.9"));
    assertThrows(IllegalArgumentException.class, () -> Optimizer.parse("momentum 1"));
    assertThrows(IllegalArgumentException.class, () -> Optimizer.parse("adagrad"));
    assertThrows(IllegalArgumentException.class, () -> Optimizer.parse(""));
  }
}
