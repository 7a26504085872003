package digitlab.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Little-endian float32 in binary columns. */
final class Floats {
  private Floats() {}

  static byte[] toBytes(float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  static float[] fromBytes(byte[] bytes) {
    float[] values = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
