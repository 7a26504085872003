package digitlab.net;

import digitlab.math.Functions;
import digitlab.text.Words;

/**
 * How wrong one answer is: each value beside its gradient. A row is the output layer for one image;
 * the target is 1 for the image's label and 0 elsewhere. A loss reported for several rows is their
 * mean.
 */
public enum Loss {
  /** ½ Σ (y − t)²: "quadratic cost" (Nielsen 2015, ch. 1, eq. 6), on any outputs. */
  MSE("mse") {
    @Override
    double value(float[] z, float[] y, int from, int classes, int label) {
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        double error = y[from + c] - (c == label ? 1 : 0);
        sum += error * error;
      }
      return sum / 2;
    }
  },
  /**
   * −log y[label] of softmax outputs, computed on z as log Σ e^z − z[label], so that it can't
   * overflow.
   */
  CROSS_ENTROPY("cross-entropy") {
    @Override
    double value(float[] z, float[] y, int from, int classes, int label) {
      float largest = z[from];
      for (int c = 1; c < classes; c++) {
        largest = z[from + c] > largest ? z[from + c] : largest;
      }
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += Functions.exp(z[from + c] - largest);
      }
      return Functions.log(sum) + largest - z[from + label];
    }
  },
  /**
   * −Σ t log y + (1 − t) log(1 − y) of sigmoid outputs (Nielsen 2015, ch. 3, eq. 63), computed on
   * z.
   */
  BINARY_CROSS_ENTROPY("binary-cross-entropy") {
    @Override
    double value(float[] z, float[] y, int from, int classes, int label) {
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += Functions.softplus(z[from + c]) - (c == label ? z[from + c] : 0);
      }
      return sum;
    }
  };

  private final String text;

  Loss(String text) {
    this.text = text;
  }

  /**
   * The loss of one row.
   *
   * @param z weighted sums, {@code classes} of them from {@code from}
   * @param y outputs, at the same place
   */
  abstract double value(float[] z, float[] y, int from, int classes, int label);

  /**
   * Whether the loss is joined with its output activation, so that its gradient with respect to
   * <em>z</em> is y − t. For {@link #MSE} y − t is the gradient with respect to <em>y</em>, and the
   * activation's slope still has to be multiplied in.
   */
  public boolean isJoined() {
    return this != MSE;
  }

  /** Whether this loss can judge outputs of that activation. */
  public boolean suits(Activation output) {
    return switch (this) {
      case MSE -> true;
      case CROSS_ENTROPY -> output == Activation.SOFTMAX;
      case BINARY_CROSS_ENTROPY -> output == Activation.SIGMOID;
    };
  }

  /** As in the text form of a plan: "cross-entropy". */
  @Override
  public String toString() {
    return text;
  }

  /**
   * The loss of that name.
   *
   * @throws IllegalArgumentException naming the choices, if there is none
   */
  public static Loss parse(String text) {
    return Words.choose(values(), text, "loss");
  }
}
