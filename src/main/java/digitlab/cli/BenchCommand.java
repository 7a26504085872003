package digitlab.cli;

import digitlab.bench.Bench;
import digitlab.bench.BenchNetwork;
import digitlab.bench.Machine;
import digitlab.engine.EngineProvider;
import digitlab.engine.Engines;
import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import digitlab.text.Decimals;
import digitlab.text.Message;
import digitlab.train.DataChoice;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "bench",
    description = "Measures how fast engines train and recognise, turn and turn about.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  private static final String PEER = "pytorch";
  private static final int MOST_SECONDS = 600;
  private static final int EPOCHS = 1;
  private static final double MOST_DIFFERENCE = 0.003;
  private static final Messages ENGLISH = Messages.in(Language.ENGLISH);

  @Option(
      names = "--nets",
      split = ",",
      defaultValue = "all",
      paramLabel = "NAMES",
      description = "all (default), or networks by their shape: 784-16-16-10,784-30-10.")
  private List<String> nets;

  @Option(
      names = "--engines",
      split = ",",
      paramLabel = "NAMES",
      description = "Which to measure. Default: the one that trains here, and pytorch.")
  private @Nullable List<String> engines;

  @Mixin private Threads threads;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "3",
      description = "To train in, for each network and engine. Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(names = "--json", description = "One JSON object a line: one for each network.")
  private boolean json;

  @Mixin private Data data;

  @Override
  public Integer call() throws Exception {
    Output output = new Output(json);
    List<BenchNetwork> networks = Usage.check(() -> BenchNetwork.named(nets));
    double time =
        Usage.check(() -> Decimals.requireRange(seconds, "number of seconds", 0.1, MOST_SECONDS));
    int mostThreads = threads.most();
    for (String name : engines == null ? List.<String>of() : engines) {
      Usage.check(() -> Engines.all().named(name));
    }
    Engines.prepareJava();
    Map<String, String> unavailable = new LinkedHashMap<>();
    List<EngineProvider> measured = available(unavailable);
    unavailable.forEach((_, why) -> output.progress(why));
    if (measured.isEmpty()) {
      throw new IllegalStateException("None of these engines is available here: see above.");
    }
    Machine machine = Machine.current();
    output.progress(machine.toString());
    for (EngineProvider engine : measured) {
      output.progress(engine.name() + ": " + ENGLISH.get(engine.description()));
    }
    var _ = data.find(DataChoice.MNIST, output); // fetched once, for all processes
    List<String> disagreed = new ArrayList<>();
    try (Bench bench =
        new Bench(measured, mostThreads, time, this::workerCommand, output::progress)) {
      for (BenchNetwork network : networks) {
        Bench.Result result = bench.measure(network, EPOCHS);
        boolean agree = result.agree(MOST_DIFFERENCE);
        BenchReport report = new BenchReport(result, agree, machine, measured, unavailable);
        output.result(report.json(), report.text());
        if (!agree) {
          disagreed.add(network.name());
        }
      }
    }
    if (!disagreed.isEmpty()) {
      throw new IllegalStateException(
          "The engines did not learn the same: their test accuracies differ by more than 0.3 points with "
              + String.join(", ", disagreed)
              + ". The speeds can't be compared there.");
    }
    return 0;
  }

  private List<EngineProvider> available(Map<String, String> unavailable) {
    Engines all = Engines.all();
    List<String> names =
        engines == null ? List.of(all.choose(Engines.AUTO).provider().name(), PEER) : engines;
    List<EngineProvider> available = new ArrayList<>();
    for (String name : names) {
      EngineProvider provider = Usage.check(() -> all.named(name));
      Message obstacle = provider.obstacle();
      if (obstacle == null) {
        available.add(provider);
      } else {
        unavailable.put(name, ENGLISH.get(obstacle));
      }
    }
    return available;
  }

  /** The same Java with the same options and classes. */
  private List<String> workerCommand(String engine, int threadCount) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            BenchWorkerCommand.NAME,
            engine,
            Integer.toString(threadCount)));
    command.addAll(data.arguments());
    return command;
  }
}
