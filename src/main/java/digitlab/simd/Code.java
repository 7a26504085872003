package digitlab.simd;

import java.io.ByteArrayOutputStream;

/** Bytes of WebAssembly, in the making. Chained calls append. */
final class Code {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  static Code of(Code... parts) {
    Code code = new Code();
    for (Code part : parts) {
      code.add(part);
    }
    return code;
  }

  /** Bytes as they are. */
  Code bytes(int... values) {
    for (int value : values) {
      bytes.write(value);
    }
    return this;
  }

  Code add(Code other) {
    bytes.writeBytes(other.toBytes());
    return this;
  }

  /** An unsigned number as LEB128: seven bits a byte, the lowest first. */
  Code unsigned(int value) {
    int rest = value;
    while (rest >>> 7 != 0) {
      bytes.write((rest & 127) | 128);
      rest >>>= 7;
    }
    return bytes(rest);
  }

  /** A signed number as LEB128. */
  Code signed(int value) {
    int rest = value;
    while (rest < -64 || rest > 63) {
      bytes.write((rest & 127) | 128);
      rest >>= 7;
    }
    return bytes(rest & 127);
  }

  /** An instruction of the vector set: a prefix, then its number. */
  Code vector(int instruction) {
    return bytes(0xfd).unsigned(instruction);
  }

  /** A name, or anything else that says its length first. */
  Code sized(byte[] content) {
    unsigned(content.length);
    bytes.writeBytes(content);
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
