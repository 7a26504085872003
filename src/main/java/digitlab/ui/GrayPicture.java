package digitlab.ui;

import com.vaadin.flow.component.html.Image;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** A picture of grey pixels, written as PNG (ISO 15948) within the page itself. */
final class GrayPicture {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private final int width;
  private final int height;
  private final byte[] pixels; // (height, width)

  /** Black. */
  GrayPicture(int width, int height) {
    this.width = width;
    this.height = height;
    pixels = new byte[width * height];
  }

  /** Puts a square picture of {@code side} pixels there. */
  void put(byte[] image, int side, int x, int y) {
    for (int row = 0; row < side; row++) {
      System.arraycopy(image, row * side, pixels, (y + row) * width + x, side);
    }
  }

  /** The picture as a component. */
  Image image(String description) {
    return new Image(
        "data:image/png;base64," + Base64.getEncoder().encodeToString(png()), description);
  }

  byte[] png() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      bytes.write(SIGNATURE);
      ByteArrayOutputStream header = new ByteArrayOutputStream();
      DataOutputStream sizes = new DataOutputStream(header);
      sizes.writeInt(width);
      sizes.writeInt(height);
      sizes.write(new byte[] {8, 0, 0, 0, 0}); // 8 bits, grey, no interlace
      chunk(bytes, "IHDR", header.toByteArray());
      chunk(bytes, "IDAT", packed());
      chunk(bytes, "IEND", new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /** Each row after a byte that says that it is not filtered. */
  private byte[] packed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      for (int y = 0; y < height; y++) {
        out.write(0);
        out.write(pixels, y * width, width);
      }
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream bytes, String type, byte[] content)
      throws IOException {
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(content.length);
    ByteArrayOutputStream named = new ByteArrayOutputStream();
    new DataOutputStream(named).writeBytes(type);
    named.write(content);
    out.write(named.toByteArray());
    CRC32 crc = new CRC32();
    crc.update(named.toByteArray());
    out.writeInt((int) crc.getValue());
  }
}
