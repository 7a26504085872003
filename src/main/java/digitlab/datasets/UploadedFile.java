package digitlab.datasets;

import digitlab.data.IdxFormat;
import digitlab.text.Message;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file that somebody brought, read while it arrives and held to its own header: IDX images, IDX
 * labels, or images with labels as CSV, packed with gzip or not. Takes no more memory than the
 * header announces and {@code most} allows; nothing is written anywhere.
 *
 * @param name as it was called where it came from
 * @param part which part of a data set it holds
 * @param count of images or labels
 * @param width of the images; 1 for labels
 * @param height of the images; 1 for labels
 * @param pixels (count, height, width): 0 is paper, 255 is ink; empty for labels
 * @param labels (count); empty for images alone
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record UploadedFile(
    String name, Part part, int count, int width, int height, byte[] pixels, byte[] labels) {
  /** What a file can hold. */
  public enum Part {
    IMAGES,
    LABELS,
    /** Both together. */
    TABLE
  }

  private static final int MAGIC_LABELS = 0x0801;
  private static final int MAGIC_IMAGES = 0x0803;

  /**
   * Reads a file to its end.
   *
   * @param most bytes that may come of it, unpacked
   * @throws UploadRefusedException if it is damaged, too large or something else
   * @throws IOException if the line breaks
   */
  public static UploadedFile read(String name, InputStream stream, long most)
      throws IOException, UploadRefusedException {
    try {
      BufferedInputStream in = new BufferedInputStream(unpacked(stream), 1 << 16);
      in.mark(4);
      byte[] first = in.readNBytes(4);
      in.reset();
      int magic = first.length < 4 ? 0 : int32(first, 0);
      if (magic == MAGIC_IMAGES || magic == MAGIC_LABELS) {
        return idx(name, in, magic == MAGIC_IMAGES ? 3 : 1, most);
      }
      if (first.length > 0 && isText(first)) {
        return new CsvTable(name, in, most).read();
      }
      throw new UploadRefusedException(Message.of("upload.unknown", name));
    } catch (ZipException | EOFException e) {
      throw new UploadRefusedException(
          Message.of("upload.gzip", name, String.valueOf(e.getMessage())));
    }
  }

  private static InputStream unpacked(InputStream stream) throws IOException {
    BufferedInputStream in = new BufferedInputStream(stream, 1 << 16);
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip ? new GZIPInputStream(in, 1 << 16) : in;
  }

  private static boolean isText(byte[] first) {
    for (byte b : first) {
      boolean bom = b == (byte) 0xef || b == (byte) 0xbb || b == (byte) 0xbf;
      if (b < ' ' && b != '\t' && b != '\r' && b != '\n' && !bom) {
        return false;
      }
    }
    return true;
  }

  private static UploadedFile idx(String name, InputStream in, int dimensions, long most)
      throws IOException, UploadRefusedException {
    byte[] first = in.readNBytes(4 + 4 * dimensions);
    IdxFormat.Header header;
    try {
      header = IdxFormat.header(first, name, dimensions);
    } catch (IllegalArgumentException e) {
      throw new UploadRefusedException(Message.of("upload.header", name));
    }
    if (header.contentBytes() > most) {
      throw new UploadRefusedException(
          Message.of("upload.large", name, header.contentBytes() >> 20, most >> 20));
    }
    byte[] content = in.readNBytes((int) header.contentBytes());
    boolean more = in.read() >= 0;
    if (content.length < header.contentBytes() || more) {
      throw new UploadRefusedException(
          Message.of(
              more ? "upload.longer" : "upload.shorter",
              name,
              header.contentBytes(),
              content.length));
    }
    boolean images = dimensions == 3;
    return new UploadedFile(
        name,
        images ? Part.IMAGES : Part.LABELS,
        header.count(),
        header.width(),
        header.height(),
        images ? content : new byte[0],
        images ? new byte[0] : content);
  }

  private static int int32(byte[] bytes, int at) {
    return ((bytes[at] & 255) << 24)
        | ((bytes[at + 1] & 255) << 16)
        | ((bytes[at + 2] & 255) << 8)
        | (bytes[at + 3] & 255);
  }

  /** Its first images, without labels. */
  UploadedFile first(int images) {
    return new UploadedFile(
        name,
        Part.IMAGES,
        images,
        width,
        height,
        Arrays.copyOf(pixels, images * width * height),
        new byte[0]);
  }

  /** Whether its name says that it is for testing: "t10k", "test". */
  public boolean isForTesting() {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("t10k") || lower.contains("test");
  }
}
