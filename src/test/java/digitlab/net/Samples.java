package digitlab.net;

import digitlab.math.Rng;

/** Random images and networks for tests. */
public final class Samples {
  private Samples() {}

  /** Images of which, like handwriting, most pixels are zero. */
  public static Batch batch(int rows, int inputs, int classes, Rng rng) {
    float[] images = new float[rows * inputs];
    byte[] labels = new byte[rows];
    for (int i = 0; i < images.length; i++) {
      images[i] = rng.nextInt(3) == 0 ? rng.nextFloat() : 0;
    }
    for (int row = 0; row < rows; row++) {
      labels[row] = (byte) rng.nextInt(classes);
    }
    return new Batch(images, labels);
  }

  /** Parameters as at the start of a training, biases included. */
  public static Parameters parameters(NetworkSpec spec, Rng rng) {
    Parameters parameters = Parameters.initial(spec, Initializer.XAVIER, rng.nextLong());
    for (int i = 0; i < parameters.values().length; i++) {
      parameters.values()[i] += (float) (0.05 * rng.nextGaussian());
    }
    return parameters;
  }
}
