package digitlab.datasets;

import digitlab.data.IdxFormat;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An IDX file that was read, packed with gzip or not. Reading takes no more memory than the checked
 * header announces.
 */
final class IdxFile {
  private final IdxFormat.Header header;
  private final byte[] content;
  private final String sha256;

  private IdxFile(IdxFormat.Header header, byte[] content, String sha256) {
    this.header = header;
    this.content = content;
    this.sha256 = sha256;
  }

  IdxFormat.Header header() {
    return header;
  }

  /** The bytes behind the header. */
  byte[] content() {
    return content;
  }

  /** Of the unpacked file, header and all. */
  String sha256() {
    return sha256;
  }

  /**
   * Reads a file.
   *
   * @param dimensions what is expected: 1 for labels, 3 for images
   * @throws IllegalArgumentException if it is no proper IDX file
   * @throws IOException if it can't be read
   */
  static IdxFile read(Path file, int dimensions) throws IOException {
    try (InputStream packed = new BufferedInputStream(Files.newInputStream(file));
        InputStream in = unpacked(packed)) {
      MessageDigest digest = sha256Digest();
      byte[] first = in.readNBytes(4 + 4 * dimensions);
      IdxFormat.Header header = IdxFormat.header(first, file.toString(), dimensions);
      digest.update(first);
      byte[] content = in.readNBytes((int) header.contentBytes());
      digest.update(content);
      boolean more = in.read() >= 0;
      if (content.length < header.contentBytes() || more) {
        throw new IllegalArgumentException(
            file
                + " announces "
                + header.contentBytes()
                + " bytes of content and has "
                + (more ? "more" : "only " + content.length)
                + ". Fetch it again.");
      }
      return new IdxFile(header, content, HexFormat.of().formatHex(digest.digest()));
    } catch (ZipException | EOFException e) {
      throw new IllegalArgumentException(
          file + " is a damaged gzip file (" + e.getMessage() + "). Fetch it again.", e);
    }
  }

  private static InputStream unpacked(InputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip ? new GZIPInputStream(in, 1 << 16) : in;
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
