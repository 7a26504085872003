package digitlab.browser;

import java.util.ArrayList;
import java.util.List;
import org.teavm.interop.Address;
import org.teavm.runtime.heap.Heap;

/**
 * Memory outside Java's heap, where the vector kernels work: blocks that are zero at first and are
 * freed together. Addresses are plain numbers.
 */
final class LinearMemory implements AutoCloseable {
  private static final int LINE = 64; // bytes that a processor fetches together
  private static final int PIECE =
      4096; // browsers compile well what is called often, not what is long

  private final List<Integer> blocks = new ArrayList<>();

  /** Takes {@code bytes}, at an address that 64 divides. */
  int take(int bytes) {
    int block = Heap.alloc(bytes + LINE).toInt();
    if (block == 0) {
      throw new IllegalStateException(
          "There is no memory for another " + bytes + " bytes. Take smaller layers or batches.");
    }
    blocks.add(block);
    int address = (block + LINE - 1) / LINE * LINE;
    VectorInstructions.clear(address, bytes);
    return address;
  }

  @Override
  public void close() {
    for (int block : blocks) {
      Heap.release(Address.fromInt(block));
    }
    blocks.clear();
  }

  /** Copies numbers to an address. */
  static void write(float[] from, int fromAt, int count, int address) {
    for (int i = 0; i < count; i++) {
      Address.fromInt(address + 4 * i).putFloat(from[fromAt + i]);
    }
  }

  /** Copies bytes to an address. */
  static void write(byte[] from, int fromAt, int count, int address) {
    for (int i = 0; i < count; i++) {
      Address.fromInt(address + i).putByte(from[fromAt + i]);
    }
  }

  /** Copies bytes from an address. */
  static byte[] readBytes(int address, int count) {
    byte[] to = new byte[count];
    for (int from = 0; from < count; from += PIECE) {
      read(address + from, to, from, Math.min(from + PIECE, count));
    }
    return to;
  }

  private static void read(int address, byte[] to, int from, int end) {
    for (int i = from; i < end; i++) {
      to[i] = Address.fromInt(address + i - from).getByte();
    }
  }

  /** Copies numbers from an address. */
  static void read(int address, int count, float[] to, int toAt) {
    for (int i = 0; i < count; i++) {
      to[toAt + i] = Address.fromInt(address + 4 * i).getFloat();
    }
  }
}
