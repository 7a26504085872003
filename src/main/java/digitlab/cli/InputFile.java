package digitlab.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file that a person named, read whole: never more of it than such a file can have. */
final class InputFile {
  private InputFile() {}

  /**
   * Reads the file.
   *
   * @param mostIs what {@code most} is the size of: "a plan has at most"
   * @param remedy what to do if it is larger, or no file
   * @throws IllegalArgumentException if it is larger than {@code most} bytes, or a folder
   * @throws IOException if there is no such file, or it can't be read
   */
  static byte[] read(Path file, int most, String mostIs, String remedy) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException("It is a folder, not a file. " + remedy);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most); // a size that a file claims may be untrue: /dev/zero
      if (bytes.length == most && in.read() >= 0) {
        throw new IllegalArgumentException(
            "It is too large: " + mostIs + " " + most + " bytes. " + remedy);
      }
      return bytes;
    }
  }
}
