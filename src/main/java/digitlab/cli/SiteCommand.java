package digitlab.cli;

import digitlab.datasets.DataPair;
import digitlab.train.DataChoice;
import digitlab.web.StaticSite;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "site",
    description =
        "Writes the static pages, complete: drawing and training in the browser, from any web host and any folder of it.",
    mixinStandardHelpOptions = true)
final class SiteCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "Where to; what lies there is overwritten.")
  private Path folder;

  @Option(
      names = "--with-data",
      description = "With the images of MNIST (11 MB), for training in the browser.")
  private boolean withData;

  @Mixin private final Data data = new Data();

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Output output = new Output(json);
    @Nullable DataPair images = withData ? data.find(DataChoice.MNIST, output) : null;
    int files = StaticSite.read().write(folder, images);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("folder", folder.toString());
    result.put("files", files);
    output.result(result, files + " files written to " + folder + ".");
    return 0;
  }
}
