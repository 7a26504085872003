package digitlab.engine.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The compiled kernels, as src/main/cuda/build.sh makes them: machine code for several chips, and
 * PTX for later ones.
 */
final class KernelImage {
  private static final String FILE = "kernels.fatbin";

  private KernelImage() {}

  /** Reads them into memory of this arena. */
  static MemorySegment read(Arena arena) {
    try (InputStream file = KernelImage.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(
            FILE + " is missing in this jar. Run src/main/cuda/build.sh and build it again.");
      }
      byte[] image = file.readAllBytes();
      MemorySegment memory = arena.allocate(image.length, Long.BYTES);
      MemorySegment.copy(image, 0, memory, ValueLayout.JAVA_BYTE, 0, image.length);
      return memory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
