package digitlab.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import digitlab.math.Rng;
import digitlab.net.EngineSettings;
import digitlab.net.Loss;
import digitlab.net.NetworkSpec;
import digitlab.net.Optimizer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All optimisers are one formula: calculated here as the kernels do it, against each optimiser's
 * own.
 */
class FormulaTest {
  private static final float L2 = 0.01f;

  static List<Optimizer> optimizers() {
    return List.of(
        new Optimizer.Sgd(),
        new Optimizer.Momentum(0.9),
        new Optimizer.Nesterov(0.8),
        new Optimizer.RmsProp(0.95),
        new Optimizer.Adam(0.9, 0.999),
        new Optimizer.AdamW(0.85, 0.99));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void isThatOptimiser(Optimizer optimizer) {
    NetworkSpec network = NetworkSpec.parse("1 → 2 softmax");
    Formula formula =
        Formula.of(new EngineSettings(network, Loss.CROSS_ENTROPY, optimizer, L2, 1, 1));
    assertEquals(optimizer.slots(), formula.slots());
    Rng rng = new Rng(3);
    float[] weights = {1.5f};
    float[][] slots = new float[optimizer.slots()][1];
    Kernel kernel = new Kernel(formula, weights[0]);
    for (int step = 1; step <= 20; step++) {
      float gradient = (float) rng.nextGaussian();
      float rate = step < 10 ? 0.1f : 0.05f;
      optimizer.update(
          weights, new float[] {gradient}, slots, new Optimizer.Pass(0, 1, rate, L2, step));
      kernel.update(gradient, rate, step);
      assertEquals(weights[0], kernel.weight, 2e-7f, "step " + step);
    }
  }

  /** update in job.cuh. */
  private static final class Kernel {
    private final Formula formula;
    private float weight;
    private float mean;
    private float square;

    Kernel(Formula formula, float weight) {
      this.formula = formula;
      this.weight = weight;
    }

    void update(float gradient, float rate, long step) {
      float w = weight * formula.keep(rate);
      float g = gradient + formula.l2() * w;
      float direction = formula.straight() * g;
      if (formula.means()) {
        mean = formula.decay1() * mean + formula.rest1() * g;
        direction += formula.moving() * mean;
      }
      direction *= formula.rate(rate, step);
      if (formula.squares()) {
        square = formula.decay2() * square + formula.rest2() * g * g;
        direction /= (float) Math.sqrt(square) * formula.correction(step) + Optimizer.EPSILON;
      }
      weight = w - direction;
    }
  }
}
