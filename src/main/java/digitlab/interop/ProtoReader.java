package digitlab.interop;

import digitlab.text.Message;
import digitlab.text.RefusedException;
import java.nio.charset.StandardCharsets;

/**
 * Reads one message of Protocol Buffers, a field at a time: {@link #next}, then {@link #field} and
 * the value. Takes no memory that the file does not have; not thread-safe.
 */
final class ProtoReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final byte[] file;
  private final int end;
  private int at;

  private int field;
  private int wire;
  private long number;
  private int from; // of the value, if it is bytes

  ProtoReader(byte[] file) {
    this(file, 0, file.length);
  }

  private ProtoReader(byte[] file, int from, int end) {
    this.file = file;
    this.at = from;
    this.end = end;
  }

  /** Goes on to the next field; false at the end. */
  boolean next() {
    if (at == end) {
      return false;
    }
    long key = varint();
    field = (int) (key >>> 3);
    wire = (int) (key & 7);
    if (field <= 0) {
      throw damaged();
    }
    switch (wire) {
      case VARINT -> number = varint();
      case FIXED32 -> number = fixed(4);
      case FIXED64 -> number = fixed(8);
      case BYTES -> {
        long length = varint();
        if (length < 0 || length > end - at) {
          throw damaged();
        }
        from = at;
        at += (int) length;
      }
      default -> throw damaged();
    }
    return true;
  }

  int field() {
    return field;
  }

  boolean isBytes() {
    return wire == BYTES;
  }

  /** A whole number. */
  long number() {
    require(VARINT);
    return number;
  }

  float real() {
    require(FIXED32);
    return Float.intBitsToFloat((int) number);
  }

  ProtoReader message() {
    require(BYTES);
    return new ProtoReader(file, from, at);
  }

  String text() {
    require(BYTES);
    if (at - from > Metadata.LONGEST) {
      throw damaged();
    }
    return new String(file, from, at - from, StandardCharsets.UTF_8);
  }

  /** Where the bytes of the value begin. */
  int from() {
    require(BYTES);
    return from;
  }

  /** How many they are. */
  int length() {
    require(BYTES);
    return at - from;
  }

  /** The numbers of a packed list, one after the other. */
  boolean hasMore() {
    return at < end;
  }

  /** A number that stands alone, without a field: within a packed list. */
  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at == end) {
        throw damaged();
      }
      byte next = file[at++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw damaged();
  }

  private long fixed(int bytes) {
    if (end - at < bytes) {
      throw damaged();
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (file[at++] & 255L) << (8 * i);
    }
    return value;
  }

  private void require(int expected) {
    if (wire != expected) {
      throw damaged();
    }
  }

  private RefusedException damaged() {
    return new RefusedException(Message.of("import.onnx.damaged", file.length, at));
  }
}
