package digitlab.net;

import digitlab.math.Functions;
import digitlab.text.Words;

/** What a neuron does with its weighted sum z: each function beside its derivative. */
public enum Activation {
  IDENTITY("identity") {
    @Override
    public double apply(double z) {
      return z;
    }

    @Override
    public double slope(double z, double y) {
      return 1;
    }
  },
  SIGMOID("sigmoid") {
    @Override
    public double apply(double z) {
      return Functions.sigmoid(z);
    }

    @Override
    public double slope(double z, double y) {
      return y * (1 - y);
    }
  },
  TANH("tanh") {
    @Override
    public double apply(double z) {
      return Functions.tanh(z);
    }

    @Override
    public double slope(double z, double y) {
      return 1 - y * y;
    }
  },
  RELU("relu") {
    @Override
    public double apply(double z) {
      return z > 0 ? z : 0;
    }

    @Override
    public double slope(double z, double y) {
      return z > 0 ? 1 : 0;
    }
  },
  /** Slope 0.01 below zero (Maas, Hannun, Ng 2013). */
  LEAKY_RELU("leaky-relu") {
    @Override
    public double apply(double z) {
      return z > 0 ? z : 0.01 * z;
    }

    @Override
    public double slope(double z, double y) {
      return z > 0 ? 1 : 0.01;
    }
  },
  /** e^z − 1 below zero (Clevert, Unterthiner, Hochreiter 2016). */
  ELU("elu") {
    @Override
    public double apply(double z) {
      return z > 0 ? z : Functions.exp(z) - 1;
    }

    @Override
    public double slope(double z, double y) {
      return z > 0 ? 1 : y + 1;
    }
  },
  /** z·Φ(z), with the exact normal distribution (Hendrycks, Gimpel 2016). */
  GELU("gelu") {
    @Override
    public double apply(double z) {
      return z * Functions.normalDistribution(z);
    }

    @Override
    public double slope(double z, double y) {
      return Functions.normalDistribution(z) + z * Functions.normalDensity(z);
    }
  },
  /**
   * e^z over the sum of the e^z of the layer: for an output layer. Acts on a row, so it has no
   * value of one z.
   */
  SOFTMAX("softmax") {
    @Override
    public double apply(double z) {
      throw new UnsupportedOperationException("Softmax acts on a whole layer, not on one neuron.");
    }

    @Override
    public double slope(double z, double y) {
      throw new UnsupportedOperationException("Softmax acts on a whole layer, not on one neuron.");
    }
  };

  private final String text;

  Activation(String text) {
    this.text = text;
  }

  /** The value for the weighted sum {@code z}. */
  public abstract double apply(double z);

  /** The derivative at {@code z}, where {@code y} = {@code apply(z)}. */
  public abstract double slope(double z, double y);

  /** As in the text form of a network: "leaky-relu". */
  @Override
  public String toString() {
    return text;
  }

  /**
   * The activation of that name.
   *
   * @throws IllegalArgumentException naming the choices, if there is none
   */
  public static Activation parse(String text) {
    return Words.choose(values(), text, "activation");
  }
}
