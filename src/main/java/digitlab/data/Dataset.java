package digitlab.data;

import digitlab.net.Images;
import java.util.Arrays;

/**
 * Images of one size with their labels, kept as bytes: 0 is paper, 255 is ink. Immutable by
 * agreement: nobody writes to it.
 */
public final class Dataset {
  /** The label of an image that belongs to none of the classes. */
  public static final byte NO_CLASS = -1;

  private final String name;
  private final int width;
  private final int height;
  private final int classes;
  private final Images images;
  private final int unclassed;

  /**
   * Takes the arrays over, without copying them.
   *
   * @param name what the set is called: "MNIST"
   * @param labels for each image its class, or {@link #NO_CLASS}
   * @throws IllegalArgumentException if pixels and labels don't belong together
   */
  public Dataset(String name, int width, int height, int classes, byte[] pixels, byte[] labels) {
    long expected = (long) labels.length * width * height;
    if (pixels.length != expected) {
      throw new IllegalArgumentException(
          name
              + " has "
              + labels.length
              + " labels, which belong to "
              + expected
              + " pixels of "
              + width
              + "×"
              + height
              + " images, but it has "
              + pixels.length
              + " pixels. Give the images and the labels of the same set.");
    }
    int without = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == NO_CLASS) {
        without++;
      } else if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "Label "
                + i
                + " of "
                + name
                + " is "
                + labels[i]
                + "; the labels of "
                + classes
                + " classes are 0 to "
                + (classes - 1)
                + ".");
      }
    }
    this.name = name;
    this.width = width;
    this.height = height;
    this.classes = classes;
    unclassed = without;
    images = Images.of(width * height, pixels, labels);
  }

  /** Both sets together, {@code first} first; their images must have one size. */
  public static Dataset join(Dataset first, Dataset second) {
    if (first.width != second.width || first.height != second.height) {
      throw new IllegalArgumentException(
          first.name
              + " has images of "
              + first.width
              + "×"
              + first.height
              + ", "
              + second.name
              + " of "
              + second.width
              + "×"
              + second.height
              + "; only sets of one size can be joined.");
    }
    byte[] pixels = concat(first.images.pixels(), second.images.pixels());
    byte[] labels = concat(first.images.labels(), second.images.labels());
    int classes = first.classes > second.classes ? first.classes : second.classes;
    return new Dataset(
        first.name + " + " + second.name, first.width, first.height, classes, pixels, labels);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  public String name() {
    return name;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  public int classes() {
    return classes;
  }

  /** How many images belong to none of the classes. */
  public int unclassed() {
    return unclassed;
  }

  public byte label(int number) {
    return images.labels()[number];
  }

  /** The pixels of one image, (height, width). */
  public byte[] image(int number) {
    return Arrays.copyOfRange(
        images.pixels(), number * pixelsPerImage(), (number + 1) * pixelsPerImage());
  }

  public int size() {
    return images.size();
  }

  public int pixelsPerImage() {
    return width * height;
  }

  /** What batches choose from. */
  public Images images() {
    return images;
  }

  /** The numbers 0, 1 … size − 1. */
  public int[] allNumbers() {
    int[] numbers = new int[size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    return numbers;
  }
}
