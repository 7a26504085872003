package digitlab.browser;

import digitlab.data.Dataset;
import digitlab.data.StrokeGenerator;
import digitlab.ink.Rasterizer;

/** Images to train on or to test with, which come in pieces: fetched, or made by the generator. */
final class ImageSet implements Handles.Closeable {
  /** Twice MNIST is what a phone can hold. */
  static final int MOST_IMAGES = 120_000;

  private final byte[] pixels; // (count, 784)
  private final byte[] labels; // (count)

  ImageSet(int count) {
    if (count < 1 || count > MOST_IMAGES) {
      throw new IllegalArgumentException(
          "A set of " + count + " images; it must have between 1 and " + MOST_IMAGES + ".");
    }
    pixels = new byte[count * Rasterizer.PIXELS];
    labels = new byte[count];
  }

  /** Puts {@code someLabels.length} images from number {@code from}. */
  void put(int from, byte[] somePixels, byte[] someLabels) {
    boolean fits = from >= 0 && from + someLabels.length <= labels.length;
    if (!fits || somePixels.length != someLabels.length * Rasterizer.PIXELS) {
      throw new IllegalArgumentException(
          someLabels.length
              + " images with "
              + somePixels.length
              + " pixels from number "
              + from
              + " do not fit into a set of "
              + labels.length
              + ".");
    }
    System.arraycopy(somePixels, 0, pixels, from * Rasterizer.PIXELS, somePixels.length);
    System.arraycopy(someLabels, 0, labels, from, someLabels.length);
  }

  /** Puts {@code count} new pen digits from number {@code from}. */
  void generate(long seed, int from, int count) {
    Dataset digits = new StrokeGenerator(seed).dataset(count);
    for (int i = 0; i < count; i++) {
      put(from + i, digits.image(i), new byte[] {digits.label(i)});
    }
  }

  byte label(int number) {
    return labels[number];
  }

  /** The pixels of one image. */
  byte[] image(int number) {
    byte[] image = new byte[Rasterizer.PIXELS];
    System.arraycopy(pixels, number * Rasterizer.PIXELS, image, 0, image.length);
    return image;
  }

  /** Shares its arrays: put no more images once a training has begun. */
  Dataset dataset() {
    return new Dataset("images of this page", Rasterizer.SIDE, Rasterizer.SIDE, 10, pixels, labels);
  }
}
