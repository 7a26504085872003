package digitlab.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The file that a command writes: all of it or nothing. What stood there before stays until the new
 * one is complete, even where the disk is full.
 */
final class OutputFile {
  private final Path file;

  /**
   * Looks before an hour of work, not after it, whether the file can be written.
   *
   * @param bytes how large it will be
   * @throws IOException if it can't, saying what to do
   */
  OutputFile(Path file, long bytes) throws IOException {
    this.file = file;
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)
        || folder == null
        || !Files.isDirectory(folder)
        || !Files.isWritable(folder)) {
      throw new IOException(
          "The network can't be written to "
              + file
              + ". Name a file in a folder that exists and may be written to.");
    }
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < bytes) {
      throw new IOException(
          "The network needs "
              + bytes
              + " bytes, and the disk of "
              + file
              + " has "
              + free
              + " left. Free some space, or name a file on another disk.");
    }
  }

  /**
   * Writes it.
   *
   * @throws IOException if that fails, saying what to do; the file is then as it was before
   */
  void write(byte[] bytes) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      Files.write(file, bytes); // a pipe or a device is not to be replaced
      return;
    }
    Path target = Files.exists(file) ? file.toRealPath() : file;
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.write(part, bytes);
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      String reason =
          e instanceof FileSystemException system && system.getReason() != null
              ? system.getReason()
              : String.valueOf(e.getMessage());
      throw new IOException(
          "The network could not be written to "
              + file
              + " ("
              + reason
              + "). Free some space, or name another file, and train again.",
          e);
    } finally {
      if (Files.isRegularFile(part)) {
        Files.delete(part);
      }
    }
  }
}
