package digitlab.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import digitlab.math.Rng;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static final NetworkSpec SPEC = NetworkSpec.parse("9 → 5 tanh → 4 gelu → 3 softmax");
  private final Parameters parameters = Parameters.initial(SPEC, Initializer.XAVIER, 3);
  private final Network network = new Network(parameters);
  private final float[] image = new float[9];

  ExplanationTest() {
    Rng rng = new Rng(5);
    for (int i = 0; i < image.length; i++) {
      image[i] = i == 4 ? 0 : (float) rng.nextDouble();
    }
    network.look(image);
  }

  /** The weighted sum of an output relative to another's: log of the quotient of their softmax. */
  private static double difference(Network network, int output, int against) {
    float[] y = network.outputs(2);
    return Math.log(y[output]) - Math.log(y[against]);
  }

  @Test
  void thePullIsTheGradientWithRespectToThePixels() {
    float[] pull = new float[9];
    network.explanation().pull(2, 0, 2, pull);
    double step = 1e-2;
    for (int i = 0; i < image.length; i++) {
      float[] changed = image.clone();
      Network other = new Network(parameters);
      changed[i] += (float) step;
      other.look(changed);
      double above = difference(other, 0, 2);
      changed[i] -= (float) (2 * step);
      other.look(changed);
      double below = difference(other, 0, 2);
      assertEquals((above - below) / (2 * step), pull[i], 2e-3, "pixel " + i);
    }
  }

  @Test
  void inTheFirstLayerItIsTheWeights() {
    float[] pull = new float[9];
    network.explanation().pull(0, 1, Explanation.NONE, pull);
    for (int i = 0; i < 9; i++) {
      assertEquals(parameters.values()[parameters.layer(0).weightAt(i, 1)], pull[i]);
    }
  }

  @Test
  void theStrongestConnectionsComeFirstAndWhatIsZeroIsLeftOut() {
    DenseLayer first = parameters.layer(0);
    int[] from = new int[20];
    float[] share = new float[20];
    assertEquals(
        8, network.explanation().strongest(0, 2, image, from, share), "one pixel is paper");
    for (int k = 0; k < 8; k++) {
      float weight = parameters.values()[first.weightAt(from[k], 2)];
      assertEquals(weight * image[from[k]], share[k]);
      assertEquals(true, k == 0 || Math.abs(share[k]) <= Math.abs(share[k - 1]));
    }
    int[] best = new int[3];
    float[] shares = new float[3];
    assertEquals(3, network.explanation().strongest(0, 2, image, best, shares));
    assertArrayEquals(new int[] {from[0], from[1], from[2]}, best);
  }
}
