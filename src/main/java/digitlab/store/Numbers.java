package digitlab.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Little-endian float32 and int32 in binary columns. */
final class Numbers {
  private Numbers() {}

  static byte[] toBytes(float[] values) {
    byte[] bytes = new byte[4 * values.length];
    order(bytes).asFloatBuffer().put(values);
    return bytes;
  }

  static byte[] toBytes(int[] values) {
    byte[] bytes = new byte[4 * values.length];
    order(bytes).asIntBuffer().put(values);
    return bytes;
  }

  private static ByteBuffer order(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static float[] toFloats(byte[] bytes) {
    float[] values = new float[bytes.length / 4];
    order(bytes).asFloatBuffer().get(values);
    return values;
  }

  static int[] toInts(byte[] bytes) {
    int[] values = new int[bytes.length / 4];
    order(bytes).asIntBuffer().get(values);
    return values;
  }
}
