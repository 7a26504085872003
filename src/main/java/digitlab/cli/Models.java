package digitlab.cli;

import digitlab.net.NetworkFile;
import digitlab.net.NetworkFormat;
import digitlab.net.NetworkSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Networks named on the command line: a file, or one of those that are shipped. */
final class Models {
  private static final int MOST_BYTES = 4 * NetworkSpec.MOST_PARAMETERS + 100_000;

  private Models() {}

  /**
   * Reads the network.
   *
   * @throws IllegalArgumentException if the file is no network
   * @throws IOException if there is no such file, or it can't be read
   */
  static NetworkFile read(String name) throws IOException {
    try (InputStream shipped =
        Models.class.getResourceAsStream("/site/models/" + name + ".digitlab")) {
      if (shipped != null && !Files.exists(Path.of(name))) {
        return NetworkFormat.read(shipped.readAllBytes());
      }
    }
    Path file = Path.of(name);
    try {
      return NetworkFormat.read(
          InputFile.read(
              file, MOST_BYTES, "a network has at most", "Choose a file that Digit Lab wrote."));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + FailureReport.reason(e), e);
    }
  }
}
