package digitlab.net;

import digitlab.math.Float16;
import digitlab.text.Words;

/**
 * How exactly the parameters stand in a network file. Networks compute with float32 all the same.
 */
public enum Precision {
  /** As they were trained. */
  FLOAT32("float32", 1, 4),
  /** Rounded to three decimal places: half the size, and hardly ever another answer. */
  FLOAT16("float16", 2, 2);

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
   * The bits of a parameter in the file.
   *
   * @throws IllegalArgumentException if it is finite but too large
   */
  int bits(float value) {
    if (this == FLOAT32) {
      return Float.floatToIntBits(value);
    }
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

  /** The reverse of {@link #bits}. */
  float value(int bits) {
    return this == FLOAT32 ? Float.intBitsToFloat(bits) : Float16.value(bits);
  }

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
