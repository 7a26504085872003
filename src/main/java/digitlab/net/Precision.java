package digitlab.net;

import digitlab.math.Float16;
import digitlab.text.Words;

/**
 * How exactly the parameters stand in a network file. Networks compute with float32 all the same.
 */
public enum Precision {
  /** As they were trained. */
  FLOAT32("float32", 1, 4) {
    @Override
    int bits(float value) {
      return Float.floatToIntBits(value);
    }

    @Override
    void read(byte[] file, int at, float[] into, int from, int end) {
      int next = at;
      for (int i = from; i < end; i++, next += 4) {
        into[i] =
            Float.intBitsToFloat(
                (file[next] & 255)
                    | ((file[next + 1] & 255) << 8)
                    | ((file[next + 2] & 255) << 16)
                    | (file[next + 3] << 24));
      }
    }
  },
  /** Rounded to three decimal places: half the size, and hardly ever another answer. */
  FLOAT16("float16", 2, 2) {
    @Override
    int bits(float value) {
      if (value > Float16.MOST || value < -Float16.MOST) {
        throw new IllegalArgumentException(
            "A parameter is "
                + value
                + "; float16 holds numbers up to "
                + Float16.MOST
                + ". Write the network as float32.");
      }
      return Float16.bits(value);
    }

    @Override
    void read(byte[] file, int at, float[] into, int from, int end) {
      int next = at;
      for (int i = from; i < end; i++, next += 2) {
        into[i] = Float16.value((file[next] & 255) | ((file[next + 1] & 255) << 8));
      }
    }
  };

  private final String text;
  private final int version;
  private final int bytes;

  Precision(String text, int version, int bytes) {
    this.text = text;
    this.version = version;
    this.bytes = bytes;
  }

  /** The version of {@link NetworkFormat} that holds them. */
  int version() {
    return version;
  }

  /** How many bytes a parameter has. */
  int bytes() {
    return bytes;
  }

  /**
   * The bits of a parameter in the file, of which the lowest come first.
   *
   * @throws IllegalArgumentException if it is finite but too large
   */
  abstract int bits(float value);

  /** Reads the parameters from {@code from} to {@code end}, the first of which is at {@code at}. */
  abstract void read(byte[] file, int at, float[] into, int from, int end);

  @Override
  public String toString() {
    return text;
  }

  /**
   * The precision of that name.
   *
   * @throws IllegalArgumentException naming the choices, if there is none
   */
  public static Precision parse(String text) {
    return Words.choose(values(), text, "precision");
  }
}
