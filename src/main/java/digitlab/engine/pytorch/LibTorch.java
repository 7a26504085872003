package digitlab.engine.pytorch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;

/**
 * The library as a whole: what has to be set before it is loaded so that it is as fast as it can
 * be, its threads and its device. All of this is one for the process.
 */
final class LibTorch {
  private static final int M_TRIM_THRESHOLD = -1; // as in malloc.h
  private static final int M_TOP_PAD = -2;
  private static final int M_MMAP_THRESHOLD = -3;

  private LibTorch() {}

  /**
   * Does for libtorch what its users do by hand. Must come before its first class is used; a second
   * time does nothing new.
   */
  static void prepare(Platform platform) {
    // we free what we use at once, so the bindings need not watch it: 15 % faster on small networks
    setIfAbsent("org.bytedeco.javacpp.nopointergc", "true");
    setIfAbsent("org.bytedeco.javacpp.maxbytes", "0");
    setIfAbsent("org.bytedeco.javacpp.maxphysicalbytes", "0");
    if (platform.name().equals("linux-x86_64")) {
      if (hasAvx512()) {
        // OpenBLAS takes processors that it doesn't know for a Haswell: half of them would idle
        setInEnvironment("OPENBLAS_CORETYPE", "SKYLAKEX");
      }
      // each step takes the same memory again; returned to the system, it would be zeroed each time
      setMallocOption(M_MMAP_THRESHOLD, 1 << 30);
      setMallocOption(M_TRIM_THRESHOLD, Integer.MAX_VALUE);
      setMallocOption(M_TOP_PAD, 64 << 20);
    }
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static boolean hasAvx512() {
    try {
      return Files.readString(Path.of("/proc/cpuinfo")).contains(" avx512vl ");
    } catch (IOException e) {
      return false; // then OpenBLAS finds out by itself
    }
  }

  /**
   * Java's own environment can't be changed, C's can: by {@code setenv}, which respects a user's.
   */
  private static void setInEnvironment(String name, String value) {
    FunctionDescriptor signature = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    int overwrite = 0;
    try (Arena arena = Arena.ofConfined()) {
      int _ =
          (int)
              function("setenv", signature)
                  .invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), overwrite);
    } catch (Throwable e) {
      throw new IllegalStateException("The environment variable " + name + " can't be set.", e);
    }
  }

  /** An option of glibc's memory allocation; another C library has none, and needs none. */
  private static void setMallocOption(int option, int value) {
    if (Linker.nativeLinker().defaultLookup().find("mallopt").isEmpty()) {
      return;
    }
    FunctionDescriptor signature = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT);
    try {
      int _ = (int) function("mallopt", signature).invokeExact(option, value);
    } catch (Throwable e) {
      throw new IllegalStateException("The malloc option " + option + " can't be set.", e);
    }
  }

  @SuppressWarnings("restricted") // the jar's manifest allows it
  private static MethodHandle function(String name, FunctionDescriptor signature) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), signature);
  }

  /** Both have threads of their own: libtorch for its loops, OpenBLAS for products of matrices. */
  static void useThreads(int count) {
    torch.set_num_threads(count);
    openblas_nolapack.blas_set_num_threads(count);
  }

  /** The first GPU where this libtorch can use one, else the CPU. */
  static Device device() {
    return new Device(torch.cuda_is_available() ? "cuda" : "cpu");
  }
}
