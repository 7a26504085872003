package digitlab.datasets;

import digitlab.data.IdxFormat;
import digitlab.text.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with the four IDX files, each with or without ".gz". */
final class IdxFolder {
  private final Path folder;

  IdxFolder(Path folder) {
    this.folder = folder;
  }

  boolean isComplete() {
    for (MnistFile file : MnistFile.values()) {
      if (!Files.isRegularFile(path(file))) {
        return false;
      }
    }
    return true;
  }

  /** The file as it is called here; the packed name if there is neither. */
  private Path path(MnistFile file) {
    Path plain = folder.resolve(file.fileName());
    return Files.isRegularFile(plain) ? plain : folder.resolve(file.fileName() + ".gz");
  }

  /**
   * Reads all four files.
   *
   * @throws IllegalArgumentException if one is missing or no proper IDX file
   * @throws IOException if one can't be read
   */
  DataPair read() throws IOException {
    IdxFile trainingImages = read(MnistFile.TRAINING_IMAGES);
    IdxFile trainingLabels = read(MnistFile.TRAINING_LABELS);
    IdxFile testImages = read(MnistFile.TEST_IMAGES);
    IdxFile testLabels = read(MnistFile.TEST_LABELS);
    boolean isMnist =
        trainingImages.sha256().equals(MnistFile.TRAINING_IMAGES.sha256())
            && trainingLabels.sha256().equals(MnistFile.TRAINING_LABELS.sha256())
            && testImages.sha256().equals(MnistFile.TEST_IMAGES.sha256())
            && testLabels.sha256().equals(MnistFile.TEST_LABELS.sha256());
    String name = isMnist ? "MNIST" : String.valueOf(folder.getFileName());
    return new DataPair(
        IdxFormat.dataset(
            name, trainingImages.header(), trainingImages.content(), trainingLabels.content()),
        IdxFormat.dataset(name, testImages.header(), testImages.content(), testLabels.content()),
        Message.of(isMnist ? "data.mnist" : "data.folder", folder));
  }

  private IdxFile read(MnistFile file) throws IOException {
    if (!Files.isRegularFile(path(file))) {
      throw new IllegalArgumentException(
          folder
              + " has no file "
              + file.fileName()
              + " or "
              + file.fileName()
              + ".gz. Give a folder with the four IDX files of MNIST, or of a set like it.");
    }
    return IdxFile.read(path(file), file.dimensions());
  }

  /** Deletes the four files, so that they are fetched again. */
  void delete() throws IOException {
    for (MnistFile file : MnistFile.values()) {
      Files.deleteIfExists(path(file));
    }
  }
}
