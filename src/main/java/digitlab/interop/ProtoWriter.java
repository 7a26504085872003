package digitlab.interop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one message of Protocol Buffers (https://protobuf.dev/programming-guides/encoding): each
 * field is its number, a wire type and a value. Large values are kept by reference, not copied.
 */
final class ProtoWriter {
  private static final int VARINT = 0;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final List<byte[]> chunks = new ArrayList<>();
  private long length;

  ProtoWriter number(int field, long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, ((long) field << 3) | VARINT);
    varint(out, value);
    return add(out.toByteArray());
  }

  ProtoWriter real(int field, float value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, ((long) field << 3) | FIXED32);
    out.writeBytes(new LittleEndian(4).float32(value).toBytes());
    return add(out.toByteArray());
  }

  ProtoWriter text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** The array itself: it must not change before it is written. */
  ProtoWriter bytes(int field, byte[] value) {
    return head(field, value.length).add(value);
  }

  ProtoWriter message(int field, ProtoWriter value) {
    head(field, value.length);
    chunks.addAll(value.chunks);
    length += value.length;
    return this;
  }

  private ProtoWriter head(int field, long bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, ((long) field << 3) | BYTES);
    varint(out, bytes);
    return add(out.toByteArray());
  }

  private ProtoWriter add(byte[] chunk) {
    chunks.add(chunk);
    length += chunk.length;
    return this;
  }

  /** Seven bits a byte, the lowest first; the eighth says that more follow. */
  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  void writeTo(OutputStream out) throws IOException {
    for (byte[] chunk : chunks) {
      out.write(chunk);
    }
  }
}
