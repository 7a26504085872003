package digitlab.math;

/**
 * Numbers of half the size (IEEE 754 binary16: 1 bit sign, 5 exponent, 10 fraction): three decimal
 * places, up to 65,504. Our own, because not every platform has the JDK's.
 */
public final class Float16 {
  /** The largest number there is. */
  public static final float MOST = 65504;

  private static final int INFINITE = 0x7c00;
  private static final float SMALLEST_NORMAL = 1f / (1 << 14);
  private static final float SHIFT = Float.intBitsToFloat((127 + 127 - 15) << 23); // of exponents
  private static final float TO_SUBNORMAL = 1 << 24; // the smallest number is 2⁻²⁴

  private Float16() {}

  /** The nearest number, the even one of two that are equally near, in the low 16 bits. */
  public static int bits(float value) {
    int bits = Float.floatToIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float size = Float.intBitsToFloat(bits & 0x7fffffff);
    if (!(size < SMALLEST_NORMAL)) {
      return sign | bitsOfLarge(bits & 0x7fffffff);
    }
    return sign | roundToEven(size * TO_SUBNORMAL);
  }

  private static int bitsOfLarge(int bits) {
    if (bits > 0x7f800000) {
      return INFINITE | 0x200; // no number
    }
    int odd = (bits >>> 13) & 1;
    int rounded = ((bits + 0xfff + odd) >>> 13) - ((127 - 15) << 10); // a carry: a larger exponent
    return rounded < INFINITE ? rounded : INFINITE;
  }

  /** For 0 to 1024, exact before the rounding. */
  private static int roundToEven(float value) {
    int below = (int) value;
    float rest = value - below;
    boolean up = rest > 0.5f || (rest == 0.5f && (below & 1) == 1);
    return up ? below + 1 : below;
  }

  /** The number of these 16 bits, exactly. */
  public static float value(int bits) {
    int rest = bits & 0x7fff;
    float size =
        rest < INFINITE
            ? Float.intBitsToFloat(rest << 13) * SHIFT
            : Float.intBitsToFloat((rest << 13) | 0x7f800000);
    return (bits & 0x8000) == 0 ? size : -size;
  }
}
