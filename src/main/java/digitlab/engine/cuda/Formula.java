package digitlab.engine.cuda;

import digitlab.net.EngineSettings;
import digitlab.net.Optimizer;

/**
 * An optimiser as the kernels know it: all of them are one formula, w ← w − η (straight·g +
 * moving·m)/(√v·correction + ε), with moving averages m of the gradient and v of its square where
 * they have them; see update in job.cuh.
 *
 * @param means whether it has m ← decay1·m + rest1·g
 * @param squares whether it has v ← decay2·v + rest2·g²
 * @param beta1 by whose powers the rate is corrected; 0 for not at all
 * @param beta2 by whose powers the root is corrected; 0 for not at all
 * @param l2 what is added to the gradient of weights
 * @param shrink by how much weights shrink, times the rate
 */
record Formula(
    float straight,
    float moving,
    boolean means,
    float decay1,
    float rest1,
    boolean squares,
    float decay2,
    float rest2,
    double beta1,
    double beta2,
    float l2,
    float shrink) {
  static Formula of(EngineSettings settings) {
    float l2 = (float) settings.l2();
    return switch (settings.optimizer()) {
      case Optimizer.Sgd() -> new Formula(1, 0, false, 0, 0, false, 0, 0, 0, 0, l2, 0);
      case Optimizer.Momentum(double momentum) ->
          new Formula(0, 1, true, (float) momentum, 1, false, 0, 0, 0, 0, l2, 0);
      case Optimizer.Nesterov(double momentum) ->
          new Formula(1, (float) momentum, true, (float) momentum, 1, false, 0, 0, 0, 0, l2, 0);
      case Optimizer.RmsProp(double decay) ->
          new Formula(1, 0, false, 0, 0, true, (float) decay, (float) (1 - decay), 0, 0, l2, 0);
      case Optimizer.Adam(double beta1, double beta2) -> adam(beta1, beta2, l2, 0);
      case Optimizer.AdamW(double beta1, double beta2) -> adam(beta1, beta2, 0, l2);
    };
  }

  private static Formula adam(double beta1, double beta2, float l2, float shrink) {
    return new Formula(
        0,
        1,
        true,
        (float) beta1,
        (float) (1 - beta1),
        true,
        (float) beta2,
        (float) (1 - beta2),
        beta1,
        beta2,
        l2,
        shrink);
  }

  /** The rate that step {@code number}, from 1, goes by when the plan has {@code rate}. */
  float rate(float rate, long number) {
    return (float) (rate / (1 - power(beta1, number)));
  }

  /** What the root is multiplied with in step {@code number}, from 1. */
  float correction(long number) {
    return (float) (1 / Math.sqrt(1 - power(beta2, number)));
  }

  /** What weights are multiplied with first. */
  float keep(float rate) {
    return 1 - rate * shrink;
  }

  private static double power(double beta, long number) {
    return beta == 0 ? 0 : Math.pow(beta, (double) number);
  }

  /** How many numbers it remembers for each parameter. */
  int slots() {
    return (means ? 1 : 0) + (squares ? 1 : 0);
  }
}
