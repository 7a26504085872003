package digitlab.net;

import digitlab.math.Rng;

/** Random images and networks for tests. */
public final class Samples {
  private Samples() {}

  /** Images of which, like handwriting, most pixels are zero. */
  public static Batch batch(int rows, int inputs, int classes, Rng rng) {
    byte[] pixels = new byte[rows * inputs];
    byte[] labels = new byte[rows];
    int[] numbers = new int[rows];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = rng.nextInt(3) == 0 ? (byte) rng.nextInt(256) : 0;
    }
    for (int row = 0; row < rows; row++) {
      labels[row] = (byte) rng.nextInt(classes);
      numbers[row] = rows - 1 - row; // not as they lie in memory
    }
    return new Batch().select(Images.of(inputs, pixels, labels), numbers, 0, rows);
  }

  /** The pixels of a batch, (rows, inputs). */
  public static float[] pixels(Batch batch) {
    float[] x = new float[batch.rows() * batch.inputs()];
    batch.copyPixels(x);
    return x;
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
