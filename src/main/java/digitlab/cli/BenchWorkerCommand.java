package digitlab.cli;

import digitlab.bench.BenchWorker;
import digitlab.datasets.DataPair;
import digitlab.engine.EngineProvider;
import digitlab.engine.Engines;
import digitlab.train.DataChoice;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A process that {@link BenchCommand} starts; not for people. */
@Command(name = BenchWorkerCommand.NAME, hidden = true)
final class BenchWorkerCommand implements Callable<Integer> {
  static final String NAME = "bench-worker";

  @Parameters(index = "0")
  private String engine;

  @Parameters(index = "1")
  private int threads;

  @Mixin private Data data;

  @Override
  public Integer call() throws Exception {
    EngineProvider provider = Engines.all().choose(engine).provider();
    DataPair images = data.library(Home.DEFAULT).find(DataChoice.MNIST, (_, _, _) -> {});
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Consumer<String> answers = System.out::println;
    try (BenchWorker worker = new BenchWorker(provider, threads, images, answers)) {
      worker.serve(lines);
    }
    return 0;
  }
}
