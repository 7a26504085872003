package digitlab.engine.cuda;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;

/**
 * A function of the driver, which returns 0 or an error code. Arguments are boxed: a group of steps
 * needs ten calls.
 */
final class NativeFunction {
  private final String name;
  private final MethodHandle handle;

  @SuppressWarnings("restricted") // the jar's manifest allows native access
  NativeFunction(String name, MemorySegment address, MemoryLayout... arguments) {
    this.name = name;
    handle =
        Linker.nativeLinker()
            .downcallHandle(address, FunctionDescriptor.of(JAVA_INT, arguments))
            .asSpreader(Object[].class, arguments.length)
            .asType(MethodType.methodType(int.class, Object[].class));
  }

  String name() {
    return name;
  }

  /** Calls it and returns its code. */
  int code(Object... arguments) {
    try {
      return (int) handle.invokeExact(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(name + " can't be called", e);
    }
  }

  /** Something that turns a code that is not 0 into an exception. */
  interface Check {
    void check(NativeFunction function, int code);
  }

  /**
   * Calls it with a place for a result as first argument and returns what stands there afterwards.
   */
  long result(Check check, Object... rest) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = arena.allocate(JAVA_LONG);
      Object[] arguments = new Object[rest.length + 1];
      arguments[0] = place;
      System.arraycopy(rest, 0, arguments, 1, rest.length);
      check.check(this, code(arguments));
      return place.get(JAVA_LONG, 0);
    }
  }
}
