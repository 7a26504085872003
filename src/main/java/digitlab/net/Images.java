package digitlab.net;

/**
 * Images of one size with their labels, as bytes: what batches choose from. An engine may bring the
 * images of a data set into a form of its own once (compressed, on the device), so nobody changes
 * them; only the images of {@link Batch#own} are written again for each batch.
 */
public final class Images {
  private final int pixelsPerImage;
  private final byte[] pixels; // (size, pixelsPerImage): 0 is paper, 255 is ink
  private final byte[] labels; // (size), from 0
  private final boolean lasting;

  private Images(int pixelsPerImage, byte[] pixels, byte[] labels, boolean lasting) {
    if (pixels.length != (long) labels.length * pixelsPerImage) {
      throw new IllegalArgumentException(
          pixels.length
              + " pixels do not make "
              + labels.length
              + " images of "
              + pixelsPerImage
              + " pixels. Give as many labels as images.");
    }
    this.pixelsPerImage = pixelsPerImage;
    this.pixels = pixels;
    this.labels = labels;
    this.lasting = lasting;
  }

  /** Takes the arrays over, which nobody changes any more. */
  public static Images of(int pixelsPerImage, byte[] pixels, byte[] labels) {
    return new Images(pixelsPerImage, pixels, labels, true);
  }

  /** Room for {@code size} images that are written again for each batch. */
  static Images scratch(int size, int pixelsPerImage) {
    return new Images(pixelsPerImage, new byte[size * pixelsPerImage], new byte[size], false);
  }

  public int size() {
    return labels.length;
  }

  public int pixelsPerImage() {
    return pixelsPerImage;
  }

  /** The array itself, (size, pixelsPerImage): 0 is paper, 255 is ink. */
  public byte[] pixels() {
    return pixels;
  }

  /** The array itself, (size): classes from 0. */
  public byte[] labels() {
    return labels;
  }

  /** Whether they stay as they are, so that it pays to bring them into another form. */
  public boolean areLasting() {
    return lasting;
  }
}
