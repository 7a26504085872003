package digitlab.net;

import digitlab.math.Rng;
import digitlab.text.Decimals;
import digitlab.text.Words;
import java.util.List;

/**
 * The numbers a training starts from. All but {@link Uniform} and {@link Normal} leave the biases
 * at zero and draw weights from a normal distribution whose spread suits the layer's size.
 */
public sealed interface Initializer {
  Initializer ZEROS = new Scaled("zeros", 0, 0, 0);

  /** Variance 2/(in + out): for sigmoid and tanh (Glorot, Bengio 2010, eq. 16). */
  Initializer XAVIER = new Scaled("xavier", 2, 1, 1);

  /** Variance 2/in: for ReLU and its kin (He, Zhang, Ren, Sun 2015, eq. 10). */
  Initializer HE = new Scaled("he", 2, 1, 0);

  /** Variance 1/in (LeCun, Bottou, Orr, Müller 1998, eq. 16). */
  Initializer LECUN = new Scaled("lecun", 1, 1, 0);

  List<Initializer> NAMED = List.of(ZEROS, XAVIER, HE, LECUN);

  /** Fills the weights and biases of one layer. */
  void fill(DenseLayer layer, float[] values, Rng rng);

  /** Weights with variance {@code gain/(perInput·in + perOutput·out)}; biases zero. */
  record Scaled(String name, double gain, int perInput, int perOutput) implements Initializer {
    @Override
    public void fill(DenseLayer layer, float[] values, Rng rng) {
      double fan = (double) perInput * layer.in() + (double) perOutput * layer.out();
      double deviation = gain == 0 ? 0 : Math.sqrt(gain / fan);
      for (int i = layer.weightsAt(); i < layer.biasesAt(); i++) {
        values[i] = deviation == 0 ? 0 : (float) (deviation * rng.nextGaussian());
      }
      for (int i = layer.biasesAt(); i < layer.end(); i++) {
        values[i] = 0;
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Weights and biases uniform in [−limit, limit). */
  record Uniform(double limit) implements Initializer {
    public Uniform {
      Decimals.requireRange(limit, "limit of the uniform initialiser", 0, 100);
    }

    @Override
    public void fill(DenseLayer layer, float[] values, Rng rng) {
      for (int i = layer.weightsAt(); i < layer.end(); i++) {
        values[i] = (float) rng.nextDouble(-limit, limit);
      }
    }

    @Override
    public String toString() {
      return "uniform " + Decimals.format(limit);
    }
  }

  /** Weights and biases normal with mean 0, as in Nielsen's first networks. */
  record Normal(double deviation) implements Initializer {
    public Normal {
      Decimals.requireRange(deviation, "deviation of the normal initialiser", 0, 100);
    }

    @Override
    public void fill(DenseLayer layer, float[] values, Rng rng) {
      for (int i = layer.weightsAt(); i < layer.end(); i++) {
        values[i] = (float) (deviation * rng.nextGaussian());
      }
    }

    @Override
    public String toString() {
      return "normal " + Decimals.format(deviation);
    }
  }

  /**
   * "xavier", "uniform 0.05", "normal 1".
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  static Initializer parse(String text) {
    List<String> words = Words.of(text);
    if (words.size() == 2 && words.get(0).equals("uniform")) {
      return new Uniform(Decimals.parse(words.get(1), "limit of the uniform initialiser"));
    }
    if (words.size() == 2 && words.get(0).equals("normal")) {
      return new Normal(Decimals.parse(words.get(1), "deviation of the normal initialiser"));
    }
    for (Initializer initializer : NAMED) {
      if (initializer.toString().equals(text.trim())) {
        return initializer;
      }
    }
    throw new IllegalArgumentException(
        "There is no initialiser \""
            + text.trim()
            + "\"; choose zeros, xavier, he, lecun, \"uniform 0.05\" or \"normal 1\".");
  }
}
