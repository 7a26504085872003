package digitlab.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The kernels in the jar and their sources. */
class KernelImageTest {
  private static final Path SOURCES = Path.of("src/main/cuda");
  private static final int MOST_BYTES = 400_000;
  private static final int FATBIN_MAGIC = 0xBA55ED50;

  @Test
  void areMadeOfTheseSources() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Path source : sources()) {
      digest.update(Files.readAllBytes(source));
    }
    try (InputStream file = KernelImage.class.getResourceAsStream("kernels.sha256")) {
      String expected =
          new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.US_ASCII);
      assertEquals(
          expected.strip(),
          HexFormat.of().formatHex(digest.digest()),
          "src/main/cuda was changed: run src/main/cuda/build.sh (it needs nvcc 13)");
    }
  }

  /** As build.sh takes them: *.cu and *.cuh in the order of their names. */
  private static List<Path> sources() throws Exception {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".cu") || file.toString().endsWith(".cuh"))
          .sorted()
          .toList();
    }
  }

  @Test
  void areSmall() {
    try (Arena arena = Arena.ofConfined()) {
      long bytes = KernelImage.read(arena).byteSize();
      assertTrue(bytes > 10_000 && bytes < MOST_BYTES, bytes + " bytes");
    }
  }

  @Test
  void areWhatDriversLoad() {
    try (Arena arena = Arena.ofConfined()) {
      assertEquals(
          FATBIN_MAGIC, KernelImage.read(arena).get(java.lang.foreign.ValueLayout.JAVA_INT, 0));
    }
  }
}
