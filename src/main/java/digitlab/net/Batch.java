package digitlab.net;

import org.jspecify.annotations.Nullable;

/**
 * Images that are shown to a network together: which ones of a set, not a copy of them. One batch
 * is selected again and again. Not thread-safe.
 */
public final class Batch {
  private static final Images NO_IMAGES = Images.of(1, new byte[0], new byte[0]);

  private Images images = NO_IMAGES;
  private int[] numbers = new int[0];
  private int from;
  private int rows;
  private @Nullable Alteration alteration;
  private long shown;
  private Images own = NO_IMAGES;
  private int[] ownNumbers = new int[0];

  /**
   * Selects {@code rows} images: those whose numbers stand in {@code numbers} from {@code from}.
   */
  public Batch select(Images images, int[] numbers, int from, int rows) {
    if (from < 0 || rows < 0 || from + rows > numbers.length) {
      throw new IllegalArgumentException(
          "The batch is to hold images "
              + from
              + " to "
              + (from + rows)
              + " of "
              + numbers.length
              + ". Select fewer.");
    }
    this.images = images;
    this.numbers = numbers;
    this.from = from;
    this.rows = rows;
    alteration = null;
    return this;
  }

  /**
   * Those that are selected are to be changed before they are shown. For engines that do so alone.
   *
   * @param shown how many images were shown before
   */
  public void alter(Alteration how, long shown) {
    alteration = how;
    this.shown = shown;
  }

  /** How the images are to be changed before they are shown; null for not at all. */
  public @Nullable Alteration alteration() {
    return alteration;
  }

  /** How many images were shown before, if they are to be changed. */
  public long shown() {
    return shown;
  }

  /** Selects images of its own, which the caller writes now: {@code rows} of them. */
  public Images own(int rows, int pixelsPerImage) {
    if (own.size() < rows || own.pixelsPerImage() != pixelsPerImage) {
      own = Images.scratch(rows, pixelsPerImage);
      ownNumbers = new int[rows];
      for (int i = 0; i < rows; i++) {
        ownNumbers[i] = i;
      }
    }
    select(own, ownNumbers, 0, rows);
    return own;
  }

  public Images images() {
    return images;
  }

  /** How many images there are. */
  public int rows() {
    return rows;
  }

  /** How many numbers each image has. */
  public int inputs() {
    return images.pixelsPerImage();
  }

  /** Which image of {@link #images} stands in this row. */
  public int number(int row) {
    return numbers[from + row];
  }

  /**
   * The array itself that it was selected from, for those that copy: the numbers of its images
   * begin at {@link #from}.
   */
  public int[] selection() {
    return numbers;
  }

  public int from() {
    return from;
  }

  /**
   * How many images stand behind this batch where it was selected from, which a training probably
   * shows next: {@link #number} knows their numbers, too. At most {@code most}.
   */
  public int imagesAhead(int most) {
    int ahead = numbers.length - from - rows;
    return ahead < most ? ahead : most;
  }

  /** The class of the image in this row, from 0. */
  public byte label(int row) {
    return images.labels()[numbers[from + row]];
  }

  /** Writes the pixels as numbers in [0, 1] to {@code x} (rows, inputs). */
  public void copyPixels(float[] x) {
    int inputs = inputs();
    byte[] pixels = images.pixels();
    for (int row = 0; row < rows; row++) {
      Lightness.of(pixels, number(row) * inputs, inputs, x, row * inputs);
    }
  }
}
