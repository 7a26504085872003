package digitlab.testing;

import digitlab.cli.Application;
import digitlab.datasets.DataLibrary;
import digitlab.datasets.MnistDownload;
import digitlab.experiment.ExperimentService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The whole application on a free port, with a database in memory. */
public final class TestApplication implements AutoCloseable {
  private final Application application;

  private TestApplication(Application application) {
    this.application = application;
  }

  /** With a small data set of generated digits. */
  public static TestApplication withFewDigits() throws IOException {
    return start(IdxFolders.write(Files.createTempDirectory("digits"), 600, 200), false);
  }

  /** With the data of that folder. */
  public static TestApplication start(Path data, boolean network) throws IOException {
    return new TestApplication(
        new Application(
            new Application.Settings(
                "127.0.0.1",
                0,
                network,
                Databases.H2.newUrl(),
                new DataLibrary(data, data, new MnistDownload()),
                false,
                Application.Settings.usualAtOnce())));
  }

  /** "http://127.0.0.1:34567/". */
  public URI uri() {
    return application.uri();
  }

  public ExperimentService experiments() {
    return application.experiments();
  }

  /** The link that sets the teacher's password. */
  public URI passwordLink() {
    return application.passwordLink().orElseThrow();
  }

  @Override
  public void close() {
    application.close();
  }
}
