package digitlab.cli;

import digitlab.text.Decimals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option --threads. */
final class Threads {
  private static final int MOST = 1024;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads the engine may use. Default: one for each core.")
  private @Nullable Integer asked;

  int most() {
    Integer number = asked;
    return number == null
        ? Runtime.getRuntime().availableProcessors()
        : Usage.check(() -> Decimals.requireRange(number, "number of threads", 1, MOST));
  }
}
