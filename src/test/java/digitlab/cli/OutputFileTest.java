package digitlab.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trained network is written whole or not at all. */
class OutputFileTest {
  @TempDir private Path folder;

  @Test
  void takesThePlaceOfWhatWasThereAndLeavesNothingElse() throws IOException {
    Path file = Files.write(folder.resolve("net"), new byte[] {1, 2, 3});
    new OutputFile(file, 2).write(new byte[] {4, 5});
    assertArrayEquals(new byte[] {4, 5}, Files.readAllBytes(file));
    try (Stream<Path> all = Files.list(folder)) {
      assertEquals(1, all.count());
    }
  }

  @Test
  void whatWasThereStaysWhenWritingFails() throws IOException {
    Path file = Files.write(folder.resolve("net"), new byte[] {1, 2, 3});
    OutputFile output = new OutputFile(file, 2);
    // a folder with something in it stands where the new file is to grow
    Files.createDirectories(folder.resolve("net.part/in the way"));
    IOException e = assertThrows(IOException.class, () -> output.write(new byte[] {4, 5}));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith("The network could not be written to " + file),
        e::getMessage);
    assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(file));
  }

  @Test
  void aDiskThatIsTooSmallIsNamedBeforeTheWork() {
    IOException e =
        assertThrows(
            IOException.class, () -> new OutputFile(folder.resolve("net"), Long.MAX_VALUE));
    assertTrue(
        String.valueOf(e.getMessage())
            .contains("Free some space, or name a file on another disk."));
  }
}
