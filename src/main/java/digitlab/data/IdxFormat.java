package digitlab.data;

/**
 * The IDX format of MNIST (LeCun, Cortes, Burges): a magic number 0x0000 08 0N for bytes in N
 * dimensions, N big-endian sizes, the bytes. Files are taken for hostile: nothing is believed that
 * the length does not bear out.
 */
public final class IdxFormat {
  /** Four bytes of magic, three sizes. */
  public static final int LONGEST_HEADER = 16;

  /** The most bytes of content that are read: ten times MNIST. */
  public static final int MOST_BYTES = 500_000_000;

  private static final int MOST_SIDE = 256;

  private IdxFormat() {}

  /**
   * What the first bytes of a file announce.
   *
   * @param dimensions 1 for labels, 3 for images
   * @param count how many labels or images
   * @param height 1 for labels
   * @param width 1 for labels
   */
  public record Header(int dimensions, int count, int height, int width) {
    /** The length of the header itself, in bytes. */
    public int length() {
      return 4 + 4 * dimensions;
    }

    /** The number of bytes that follow. */
    public long contentBytes() {
      return (long) count * height * width;
    }
  }

  /**
   * Reads a header from the first bytes of a file.
   *
   * @param name of the file, for errors
   * @param dimensions what is expected: 1 for labels, 3 for images
   * @throws IllegalArgumentException if it is no such file, or announces absurd sizes
   */
  public static Header header(byte[] first, String name, int dimensions) {
    int magic = 0x0800 + dimensions;
    if (first.length < 4 + 4 * dimensions) {
      throw new IllegalArgumentException(
          name
              + " is cut off after "
              + first.length
              + " bytes, within its header. Fetch it again.");
    }
    if (int32(first, 0) != magic) {
      throw new IllegalArgumentException(
          name
              + " begins with "
              + hex(int32(first, 0))
              + "; IDX "
              + (dimensions == 1 ? "labels" : "images")
              + " begin with "
              + hex(magic)
              + ". Give the original file of the data set.");
    }
    int count = int32(first, 4);
    int height = dimensions == 1 ? 1 : int32(first, 8);
    int width = dimensions == 1 ? 1 : int32(first, 12);
    boolean absurd =
        count < 1 || height < 1 || width < 1 || height > MOST_SIDE || width > MOST_SIDE;
    if (absurd || (long) count * height * width > MOST_BYTES) {
      throw new IllegalArgumentException(
          name
              + " announces "
              + count
              + " items of "
              + height
              + "×"
              + width
              + "; at most "
              + MOST_BYTES
              + " bytes in items of up to "
              + MOST_SIDE
              + "×"
              + MOST_SIDE
              + " are read. The file is damaged or not meant for this.");
    }
    return new Header(dimensions, count, height, width);
  }

  /**
   * Joins the contents of an images file and a labels file.
   *
   * @param pixels the bytes behind the images' header
   * @param labels the bytes behind the labels' header
   * @throws IllegalArgumentException if they do not belong together
   */
  public static Dataset dataset(String name, Header imagesHeader, byte[] pixels, byte[] labels) {
    if (imagesHeader.count() != labels.length) {
      throw new IllegalArgumentException(
          name
              + " has "
              + imagesHeader.count()
              + " images and "
              + labels.length
              + " labels. Give the files of one set.");
    }
    int classes = 10;
    for (byte label : labels) {
      classes = (label & 255) + 1 > classes ? (label & 255) + 1 : classes;
    }
    if (classes > 127) {
      throw new IllegalArgumentException(
          name + " has the label " + (classes - 1) + "; labels run from 0 to 126.");
    }
    return new Dataset(name, imagesHeader.width(), imagesHeader.height(), classes, pixels, labels);
  }

  private static int int32(byte[] bytes, int at) {
    return ((bytes[at] & 255) << 24)
        | ((bytes[at + 1] & 255) << 16)
        | ((bytes[at + 2] & 255) << 8)
        | (bytes[at + 3] & 255);
  }

  private static String hex(int value) {
    StringBuilder text = new StringBuilder("0x");
    for (int shift = 28; shift >= 0; shift -= 4) {
      text.append("0123456789abcdef".charAt((value >>> shift) & 15));
    }
    return text.toString();
  }
}
