package digitlab.engine.cuda;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Writes the fields of a C++ struct in their order, each where the compiler puts it. */
final class Struct {
  private final MemorySegment memory;
  private long at;

  /** The struct begins {@code at} bytes behind the beginning of the memory. */
  Struct(MemorySegment memory, long at) {
    this.memory = memory;
    this.at = at;
  }

  /** A 64-bit number or the address of something on the card; 0 is null. */
  Struct wide(long value) {
    at = (at + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    memory.set(ValueLayout.JAVA_LONG, at, value);
    at += Long.BYTES;
    return this;
  }

  Struct integer(int value) {
    memory.set(ValueLayout.JAVA_INT, at, value);
    at += Integer.BYTES;
    return this;
  }

  Struct precise(double value) {
    return wide(Double.doubleToRawLongBits(value));
  }

  Struct real(float value) {
    memory.set(ValueLayout.JAVA_FLOAT, at, value);
    at += Float.BYTES;
    return this;
  }
}
