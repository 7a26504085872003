package digitlab.net;

import digitlab.math.Sha256;
import digitlab.text.Message;
import digitlab.text.RefusedException;
import digitlab.text.Utf8;

/**
 * The file of a trained network, which a browser reads without JSON. Numbers are little-endian.
 *
 * <pre>
 * 8 bytes   "DIGITLAB"
 * 2 bytes   version: 1 for float32, 2 for float16
 * 4 texts   title, preprocessing, loss, network ("784 → 16 sigmoid → 10 softmax"): 2 bytes length, then UTF-8
 * 4 bytes   number of parameters
 * 4·n, 2·n  the parameters in the order of {@link Parameters}
 * 32 bytes  SHA-256 of everything before
 * </pre>
 *
 * <p>Files are taken for hostile: everything is checked before memory is taken for it.
 */
public final class NetworkFormat {
  /** The longest title, in characters. */
  public static final int LONGEST_TITLE = 200;

  private static final String MAGIC = "DIGITLAB";
  private static final int HEADER = MAGIC.length() + 2;
  private static final int PIECE =
      1024; // browsers compile well what is called often, not what is long

  private NetworkFormat() {}

  /** Writes the parameters as they are. */
  public static byte[] write(String title, String preprocessing, Loss loss, Parameters parameters) {
    return write(title, preprocessing, loss, parameters, Precision.FLOAT32);
  }

  /**
   * Writes a file.
   *
   * @throws IllegalArgumentException if a parameter is too large for that precision
   */
  public static byte[] write(
      String title, String preprocessing, Loss loss, Parameters parameters, Precision precision) {
    byte[][] texts = {
      Utf8.encode(title.length() > LONGEST_TITLE ? title.substring(0, LONGEST_TITLE) : title),
      Utf8.encode(preprocessing),
      Utf8.encode(loss.toString()),
      Utf8.encode(parameters.spec().toString())
    };
    float[] values = parameters.values();
    int size = HEADER + 4 + precision.bytes() * values.length + Sha256.LENGTH;
    for (byte[] text : texts) {
      size += 2 + text.length;
    }
    byte[] file = new byte[size];
    int at = 0;
    for (int i = 0; i < MAGIC.length(); i++) {
      file[at++] = (byte) MAGIC.charAt(i);
    }
    at = put(file, at, precision.version(), 2);
    for (byte[] text : texts) {
      at = put(file, at, text.length, 2);
      System.arraycopy(text, 0, file, at, text.length);
      at += text.length;
    }
    at = put(file, at, values.length, 4);
    for (float value : values) {
      at = put(file, at, precision.bits(value), precision.bytes());
    }
    System.arraycopy(Sha256.digest(file, 0, at), 0, file, at, Sha256.LENGTH);
    return file;
  }

  private static int put(byte[] file, int at, int value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      file[at + i] = (byte) (value >>> (8 * i));
    }
    return at + bytes;
  }

  /**
   * Reads a file.
   *
   * @throws RefusedException saying what is wrong: no network, of another version, damaged, of a
   *     wrong size
   */
  public static NetworkFile read(byte[] file) {
    return read(file, Sha256.digest(file, 0, Math.max(0, file.length - Sha256.LENGTH)));
  }

  /**
   * Reads a file whose digest somebody else has computed, because he can do it faster.
   *
   * @param digest SHA-256 of all but the last 32 bytes
   */
  public static NetworkFile read(byte[] file, byte[] digest) {
    return new Reader(file).read(digest);
  }

  /** Whether a file claims to be a network of Digit Lab. */
  public static boolean looksLikeIt(byte[] file) {
    for (int i = 0; i < MAGIC.length(); i++) {
      if (i >= file.length || file[i] != MAGIC.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static final class Reader {
    private final byte[] file;
    private int at;

    Reader(byte[] file) {
      this.file = file;
    }

    NetworkFile read(byte[] digest) {
      if (!looksLikeIt(file)) {
        throw new RefusedException(
            Message.of("import.own.other", MAGIC),
            "This is not a Digit Lab network: it does not begin with “"
                + MAGIC
                + "”. Choose a file that Digit Lab wrote.");
      }
      at = MAGIC.length();
      Precision precision = precision(number(2));
      String title = text();
      String preprocessing = text();
      String lossName = text();
      String description = text();
      Loss loss;
      NetworkSpec spec;
      try {
        loss = Loss.parse(lossName);
        spec = NetworkSpec.parse(description);
      } catch (IllegalArgumentException e) {
        throw new RefusedException(
            Message.of("import.own.unknown"),
            "The network file is damaged, or a newer Digit Lab wrote it: its network or its loss is unknown. Fetch it again, or use the Digit Lab that wrote it.");
      }
      int count = number(4);
      long expected = at + (long) precision.bytes() * count + Sha256.LENGTH;
      if (count != spec.parameterCount() || file.length != expected) {
        throw new RefusedException(
            Message.of(
                "import.own.size",
                spec.shape(),
                spec.parameterCount(),
                count,
                file.length,
                expected),
            "The network file is damaged: "
                + spec.shape()
                + " has "
                + spec.parameterCount()
                + " parameters, the file says "
                + count
                + " and has "
                + file.length
                + " of "
                + expected
                + " bytes. Fetch it again.");
      }
      for (int i = 0; i < Sha256.LENGTH; i++) {
        if (digest.length != Sha256.LENGTH || digest[i] != file[file.length - Sha256.LENGTH + i]) {
          throw new RefusedException(
              Message.of("import.own.checksum"),
              "The network file is damaged: its checksum does not match its content. Fetch it again.");
        }
      }
      Parameters parameters = new Parameters(spec);
      float[] values = parameters.values();
      for (int from = 0; from < values.length; from += PIECE) {
        int end = Math.min(from + PIECE, values.length);
        precision.read(file, at + from * precision.bytes(), values, from, end);
      }
      if (!parameters.areFinite()) {
        throw new RefusedException(
            Message.of("import.finite"),
            "The file holds numbers that are not finite. Train the network again.");
      }
      return new NetworkFile(title, preprocessing, loss, parameters, Sha256.hex(digest));
    }

    private static Precision precision(int version) {
      for (Precision precision : Precision.values()) {
        if (precision.version() == version) {
          return precision;
        }
      }
      throw new RefusedException(
          Message.of("import.own.version", version),
          "The network file has version "
              + version
              + "; this Digit Lab reads versions 1 and 2. Use the Digit Lab that wrote it, or train "
              + "the network again.");
    }

    private int number(int bytes) {
      require(bytes);
      int value = 0;
      for (int i = 0; i < bytes; i++) {
        value |= (file[at++] & 255) << (8 * i);
      }
      return value;
    }

    private String text() {
      int length = number(2);
      require(length);
      at += length;
      return Utf8.decode(file, at - length, length);
    }

    private void require(int bytes) {
      if (file.length - at < bytes) {
        throw new RefusedException(
            Message.of("import.own.cut", file.length),
            "The network file is cut off after " + file.length + " bytes. Fetch it again.");
      }
    }
  }
}
