package digitlab.net;

import digitlab.text.Decimals;
import digitlab.text.Words;
import java.util.List;

/**
 * How a step changes the parameters w, given the gradient g. An optimiser is only a description;
 * what it remembers from step to step lies in arrays ("slots") as long as the parameters, which the
 * engine owns.
 *
 * <p>L2 adds l2·w to the gradient of the weights (not of the biases), except for {@link AdamW}.
 */
public sealed interface Optimizer {
  /** How many arrays this optimiser remembers. */
  int slots();

  /** Changes {@code w[from…to)} of {@code pass}. */
  void update(float[] w, float[] g, float[][] slots, Pass pass);

  /**
   * One run over a part of the parameters.
   *
   * @param rate the learning rate of this step
   * @param l2 the weight decay of this part: 0 for biases
   * @param step the number of this step, from 1
   */
  record Pass(int from, int to, float rate, float l2, long step) {}

  /** w ← w − η g. */
  record Sgd() implements Optimizer {
    @Override
    public int slots() {
      return 0;
    }

    @Override
    public void update(float[] w, float[] g, float[][] slots, Pass pass) {
      float rate = pass.rate();
      float l2 = pass.l2();
      for (int i = pass.from(); i < pass.to(); i++) {
        w[i] -= rate * (g[i] + l2 * w[i]);
      }
    }

    @Override
    public String toString() {
      return "sgd";
    }
  }

  /** v ← μ v + g, w ← w − η v (Polyak 1964). */
  record Momentum(double momentum) implements Optimizer {
    public Momentum {
      Decimals.requireRange(momentum, "momentum", 0, 0.9999);
    }

    @Override
    public int slots() {
      return 1;
    }

    @Override
    public void update(float[] w, float[] g, float[][] slots, Pass pass) {
      float rate = pass.rate();
      float l2 = pass.l2();
      float mu = (float) momentum;
      float[] v = slots[0];
      for (int i = pass.from(); i < pass.to(); i++) {
        v[i] = mu * v[i] + (g[i] + l2 * w[i]);
        w[i] -= rate * v[i];
      }
    }

    @Override
    public String toString() {
      return "momentum " + Decimals.format(momentum);
    }
  }

  /**
   * v ← μ v + g, w ← w − η (g + μ v): momentum that looks ahead (Sutskever, Martens, Dahl, Hinton
   * 2013).
   */
  record Nesterov(double momentum) implements Optimizer {
    public Nesterov {
      Decimals.requireRange(momentum, "momentum", 0, 0.9999);
    }

    @Override
    public int slots() {
      return 1;
    }

    @Override
    public void update(float[] w, float[] g, float[][] slots, Pass pass) {
      float rate = pass.rate();
      float l2 = pass.l2();
      float mu = (float) momentum;
      float[] v = slots[0];
      for (int i = pass.from(); i < pass.to(); i++) {
        float gradient = g[i] + l2 * w[i];
        v[i] = mu * v[i] + gradient;
        w[i] -= rate * (gradient + mu * v[i]);
      }
    }

    @Override
    public String toString() {
      return "nesterov " + Decimals.format(momentum);
    }
  }

  /** s ← ρ s + (1 − ρ) g², w ← w − η g/(√s + ε) (Hinton 2012, Coursera lecture 6e). */
  record RmsProp(double decay) implements Optimizer {
    public RmsProp {
      Decimals.requireRange(decay, "decay of RMSProp", 0, 0.9999);
    }

    @Override
    public int slots() {
      return 1;
    }

    @Override
    public void update(float[] w, float[] g, float[][] slots, Pass pass) {
      float rate = pass.rate();
      float l2 = pass.l2();
      float rho = (float) decay;
      float rest = (float) (1 - decay);
      float[] s = slots[0];
      for (int i = pass.from(); i < pass.to(); i++) {
        float gradient = g[i] + l2 * w[i];
        s[i] = rho * s[i] + rest * gradient * gradient;
        w[i] -= rate * gradient / ((float) Math.sqrt(s[i]) + EPSILON);
      }
    }

    @Override
    public String toString() {
      return "rmsprop " + Decimals.format(decay);
    }
  }

  /** Adaptive moments with bias correction (Kingma, Ba 2015, algorithm 1). */
  record Adam(double beta1, double beta2) implements Optimizer {
    public Adam {
      requireBetas(beta1, beta2);
    }

    @Override
    public int slots() {
      return 2;
    }

    @Override
    public void update(float[] w, float[] g, float[][] slots, Pass pass) {
      adam(w, g, slots, pass, beta1, beta2, pass.l2());
    }

    @Override
    public String toString() {
      return "adam " + Decimals.format(beta1) + " " + Decimals.format(beta2);
    }
  }

  /**
   * Adam whose weight decay acts on the weights directly: w ← w − η l2 w first (Loshchilov, Hutter
   * 2019).
   */
  record AdamW(double beta1, double beta2) implements Optimizer {
    public AdamW {
      requireBetas(beta1, beta2);
    }

    @Override
    public int slots() {
      return 2;
    }

    @Override
    public void update(float[] w, float[] g, float[][] slots, Pass pass) {
      float keep = 1 - pass.rate() * pass.l2();
      for (int i = pass.from(); i < pass.to(); i++) {
        w[i] *= keep;
      }
      adam(w, g, slots, pass, beta1, beta2, 0);
    }

    @Override
    public String toString() {
      return "adamw " + Decimals.format(beta1) + " " + Decimals.format(beta2);
    }
  }

  /** The term that keeps {@link RmsProp} and {@link Adam} from dividing by zero. */
  float EPSILON = 1e-8f;

  private static void requireBetas(double beta1, double beta2) {
    Decimals.requireRange(beta1, "first beta of Adam", 0, 0.9999);
    Decimals.requireRange(beta2, "second beta of Adam", 0, 0.99999);
  }

  /**
   * With what {@link Adam} makes up for memories that began at zero: m counts {@code rate} instead
   * of the learning rate, √v times {@code size}.
   */
  record Correction(float rate, float size) {
    public static Correction of(double beta1, double beta2, Pass pass) {
      return new Correction(
          (float) (pass.rate() / (1 - power(beta1, pass.step()))),
          (float) (1 / Math.sqrt(1 - power(beta2, pass.step()))));
    }
  }

  private static void adam(
      float[] w, float[] g, float[][] slots, Pass pass, double beta1, double beta2, float l2) {
    float b1 = (float) beta1;
    float rest1 = (float) (1 - beta1);
    float b2 = (float) beta2;
    float rest2 = (float) (1 - beta2);
    Correction correction = Correction.of(beta1, beta2, pass);
    float rate = correction.rate();
    float size = correction.size();
    float[] m = slots[0];
    float[] v = slots[1];
    for (int i = pass.from(); i < pass.to(); i++) {
      float gradient = g[i] + l2 * w[i];
      m[i] = b1 * m[i] + rest1 * gradient;
      v[i] = b2 * v[i] + rest2 * gradient * gradient;
      w[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) * size + EPSILON);
    }
  }

  /** By squaring: the same bits on every platform. */
  private static double power(double base, long exponent) {
    double result = 1;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        result *= base;
      }
      base *= base;
    }
    return result;
  }

  /**
   * "sgd", "momentum 0.9", "nesterov 0.9", "rmsprop 0.9", "adam 0.9 0.999", "adamw 0.9 0.999"; the
   * numbers may be left out.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  static Optimizer parse(String text) {
    List<String> words = Words.of(text);
    String name = words.isEmpty() ? "" : words.getFirst();
    int most =
        switch (name) {
          case "sgd" -> 0;
          case "momentum", "nesterov", "rmsprop" -> 1;
          case "adam", "adamw" -> 2;
          default -> -1;
        };
    if (most < 0 || words.size() - 1 > most) {
      throw new IllegalArgumentException(
          "There is no optimiser \""
              + text.trim()
              + "\"; choose sgd, \"momentum 0.9\", \"nesterov 0.9\", \"rmsprop 0.9\", \"adam 0.9 0.999\" or \"adamw 0.9 0.999\".");
    }
    double first = words.size() > 1 ? Decimals.parse(words.get(1), "number behind " + name) : 0.9;
    double second =
        words.size() > 2 ? Decimals.parse(words.get(2), "number behind " + name) : 0.999;
    return switch (name) {
      case "momentum" -> new Momentum(first);
      case "nesterov" -> new Nesterov(first);
      case "rmsprop" -> new RmsProp(first);
      case "adam" -> new Adam(first, second);
      case "adamw" -> new AdamW(first, second);
      default -> new Sgd();
    };
  }
}
