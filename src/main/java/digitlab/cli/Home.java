package digitlab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory in which everything is kept that is not in a database elsewhere. */
final class Home {
  /** Where it is if nobody says otherwise. */
  static final Path DEFAULT = Path.of(System.getProperty("user.home"), ".digitlab");

  private Home() {}

  /**
   * Makes the directory if there is none.
   *
   * @throws IOException if it can't be made or written to, saying what to do
   */
  static Path prepare(Path home) throws IOException {
    try {
      Files.createDirectories(home);
      Files.delete(Files.createTempFile(home, "write-test", null));
    } catch (IOException e) {
      throw new IOException(
          "The home directory "
              + home
              + " can't be written to. Change its permissions or free some space, or choose another with"
              + " --home.",
          e);
    }
    return home;
  }
}
