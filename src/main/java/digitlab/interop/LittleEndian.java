package digitlab.interop;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are put together, numbers with the lowest byte first. Grows as needed. */
final class LittleEndian {
  private byte[] bytes;
  private int size;

  LittleEndian() {
    this(64);
  }

  /** Of {@code expected} bytes, or more. */
  LittleEndian(int expected) {
    bytes = new byte[expected];
  }

  LittleEndian int8(int value) {
    return put(value, 1);
  }

  LittleEndian int16(int value) {
    return put(value, 2);
  }

  LittleEndian int32(int value) {
    return put(value, 4);
  }

  LittleEndian int64(long value) {
    return put(value, 8);
  }

  LittleEndian float32(float value) {
    return put(Float.floatToIntBits(value), 4);
  }

  LittleEndian ascii(String text) {
    return bytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  LittleEndian bytes(byte[] more) {
    makeRoom(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
    return this;
  }

  private LittleEndian put(long value, int count) {
    makeRoom(count);
    for (int i = 0; i < count; i++) {
      bytes[size++] = (byte) (value >>> (8 * i));
    }
    return this;
  }

  private void makeRoom(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  int size() {
    return size;
  }

  /** All bytes so far. */
  byte[] toBytes() {
    return bytes.length == size ? bytes : Arrays.copyOf(bytes, size);
  }
}
