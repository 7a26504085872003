package digitlab.cli;

import digitlab.datasets.DataLibrary;
import digitlab.datasets.DataPair;
import digitlab.datasets.MnistDownload;
import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import digitlab.train.DataChoice;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option --data, and the data that come of it. */
final class Data {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder with the four IDX files of MNIST, packed with gzip or not. Default: the environment's DIGITLAB_DATA, else"
              + " the cache, else a download, else the built-in pen digits.")
  private @Nullable Path folder;

  /** The option as it was given, for another process. */
  List<String> arguments() {
    return folder == null ? List.of() : List.of("--data", folder.toString());
  }

  DataLibrary library(Path home) {
    String environment = System.getenv("DIGITLAB_DATA");
    Path named =
        folder == null && environment != null && !environment.isBlank()
            ? Path.of(environment)
            : folder;
    return new DataLibrary(named, home.resolve("data").resolve("mnist"), new MnistDownload());
  }

  /** Finds the images and tells people which they are. */
  DataPair find(DataChoice choice, Output output) throws InterruptedException {
    String[] last = {""};
    DataPair data =
        library(Home.DEFAULT)
            .find(
                choice,
                (file, bytes, all) -> {
                  String line = "Fetching " + file + ": " + bytes / 1_000_000 + " MB";
                  if (!line.equals(last[0])) {
                    output.progress(line);
                    last[0] = line;
                  }
                });
    output.progress(Messages.in(Language.ENGLISH).get(data.origin()));
    return data;
  }
}
