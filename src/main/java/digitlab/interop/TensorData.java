package digitlab.interop;

/**
 * Numbers as they lie in a foreign file, little-endian: they are only read when the network that
 * they make up has been checked.
 *
 * @param from the first byte in {@code file}
 * @param count how many numbers
 */
@SuppressWarnings("ArrayRecordComponent") // looked into, never compared
record TensorData(byte[] file, int from, int count, Type type) {

  /** How a number is kept. */
  enum Type {
    F32(4),
    F64(8),
    F16(2),
    /** The upper half of a float32. */
    BF16(2);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    int bytes() {
      return bytes;
    }
  }

  /** The number at {@code index}; a float64 is rounded. */
  float get(int index) {
    int at = from + index * type.bytes;
    return switch (type) {
      case F32 -> Float.intBitsToFloat((int) bits(at, 4));
      case F64 -> (float) Double.longBitsToDouble(bits(at, 8));
      case F16 -> Float.float16ToFloat((short) bits(at, 2));
      case BF16 -> Float.intBitsToFloat((int) bits(at, 2) << 16);
    };
  }

  private long bits(int at, int bytes) {
    long bits = 0;
    for (int i = 0; i < bytes; i++) {
      bits |= (file[at + i] & 255L) << (8 * i);
    }
    return bits;
  }
}
