package digitlab.testing;

import digitlab.datasets.DataLibrary;
import digitlab.datasets.DataPair;
import digitlab.datasets.MnistDownload;
import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import digitlab.train.DataChoice;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The real MNIST for tests: from DIGITLAB_DATA, else from the cache or a mirror. */
public final class Mnist {
  private Mnist() {}

  /** The folder with its four files. Where it can't be had, the test is skipped and says why. */
  public static Path folder() {
    String named = System.getenv("DIGITLAB_DATA");
    if (named != null && !named.isBlank()) {
      return Path.of(named);
    }
    Path cache = Path.of(System.getProperty("user.home"), ".digitlab", "data", "mnist");
    try {
      DataPair data =
          new DataLibrary(null, cache, new MnistDownload()).find(DataChoice.MNIST, (_, _, _) -> {});
      if (!data.origin().key().equals("data.mnist")) {
        String reason =
            "Skipped, for want of MNIST: " + Messages.in(Language.ENGLISH).get(data.origin());
        System.out.println(reason);
        Assumptions.abort(reason);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return cache;
  }
}
