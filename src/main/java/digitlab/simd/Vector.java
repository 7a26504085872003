package digitlab.simd;

/** Four float32 (v128): code that leaves them on WebAssembly's stack. */
record Vector(Code code) {
  static final Vector ZERO = new Vector(new Code().vector(0x0c).bytes(new int[16]));

  /** The same number four times. */
  static Vector of(float value) {
    int bits = Float.floatToIntBits(value);
    return new Vector(new Code().bytes(0x43, bits, bits >> 8, bits >> 16, bits >> 24).vector(0x13));
  }

  /** The four numbers at an address. */
  static Vector at(Int address, int offset) {
    return new Vector(Code.of(address.code()).vector(0x00).bytes(2).unsigned(offset));
  }

  /** The one number at an address, four times. */
  static Vector splatAt(Int address, int offset) {
    return new Vector(Code.of(address.code()).vector(0x09).bytes(2).unsigned(offset));
  }

  Vector plus(Vector other) {
    return with(other, 0xe4);
  }

  Vector minus(Vector other) {
    return with(other, 0xe5);
  }

  Vector times(Vector other) {
    return with(other, 0xe6);
  }

  Vector over(Vector other) {
    return with(other, 0xe7);
  }

  Vector squareRoot() {
    return new Vector(Code.of(code).vector(0xe3));
  }

  /** All bits set where the numbers differ (NaN differs from all), else none. */
  Vector differs(Vector other) {
    return with(other, 0x42);
  }

  /** All bits set where this is greater, else none. */
  Vector isAbove(Vector other) {
    return with(other, 0x44);
  }

  Vector and(Vector other) {
    return with(other, 0x4e);
  }

  /** A bit for each number, the first the lowest: its sign, or whether all its bits are set. */
  Int signs() {
    return new Int(Code.of(code).vector(0xa4));
  }

  /** Four of eight numbers: those of this are 0 to 3, those of the other 4 to 7. */
  Vector choose(Vector other, int... numbers) {
    Code chosen = Code.of(code, other.code).vector(0x0d);
    for (int number : numbers) {
      chosen.bytes(4 * number, 4 * number + 1, 4 * number + 2, 4 * number + 3);
    }
    return new Vector(chosen);
  }

  /**
   * Of sixteen unsigned bytes the four from number {@code 4 * quarter}, as numbers: twice widened,
   * then converted.
   */
  Vector quarterOfBytes(int quarter) {
    int toShort = quarter < 2 ? 0x89 : 0x8a;
    int toInt = quarter % 2 == 0 ? 0xa9 : 0xaa;
    return new Vector(Code.of(code).vector(toShort).vector(toInt).vector(0xfb));
  }

  private Vector with(Vector other, int instruction) {
    return new Vector(Code.of(code, other.code).vector(instruction));
  }
}
