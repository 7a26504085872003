package digitlab.bench;

import digitlab.engine.EngineProvider;
import digitlab.net.EngineSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Measures engines turn and turn about, a slice of a few hundred milliseconds each, so that what
 * else the machine does meets all of them alike. An engine that has several thread counts worth
 * trying is measured with each, and shown with the best one for each kind of work.
 */
public final class Bench implements AutoCloseable {
  private static final int SLICE = 300; // milliseconds
  private static final int PAUSE = 60; // threads that wait for more work give up spinning by then
  private static final double WARM_UP = 1.5; // seconds
  private static final double INFERENCE_SHARE = 1.0 / 3; // of the seconds for training

  private final Map<WorkerProcess, EngineProvider> workers = new LinkedHashMap<>();
  private final double seconds;
  private final Consumer<String> progress;

  /**
   * Starts a process for each engine and thread count.
   *
   * @param threads at most, for each engine
   * @param seconds to train in, for each engine, thread count and network
   * @param progress is told how it goes
   */
  public Bench(
      List<EngineProvider> engines,
      int threads,
      double seconds,
      WorkerProcess.Command command,
      Consumer<String> progress)
      throws IOException {
    this.seconds = seconds;
    this.progress = progress;
    try {
      for (EngineProvider engine : engines) {
        for (int count : engine.threadsWorthTrying(threads)) {
          workers.put(new WorkerProcess(engine.name(), count, command), engine);
        }
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * What an engine reached.
   *
   * @param most how many threads it might use when it was best
   * @param threads how many it used of them
   * @param rate images in a second
   */
  public record Score(int most, int threads, Spread rate) {}

  /**
   * What was measured with one network, by engine, in the order in which they were named.
   *
   * @param training images in a second
   * @param all of the test images at once
   * @param one image at a time
   * @param accuracy on the test images after the same number of epochs
   */
  public record Result(
      BenchNetwork network,
      Map<String, Score> training,
      Map<String, Score> all,
      Map<String, Score> one,
      Map<String, Double> accuracy) {
    /** Whether all engines recognise the same share of images, but for {@code most}. */
    public boolean agree(double most) {
      double least = accuracy.values().stream().min(Double::compare).orElse(0.0);
      double best = accuracy.values().stream().max(Double::compare).orElse(0.0);
      return best - least <= most;
    }
  }

  /**
   * Measures one network.
   *
   * @param epochs after which the engines are compared
   */
  public Result measure(BenchNetwork network, int epochs) throws IOException, InterruptedException {
    for (WorkerProcess worker : workers.keySet()) {
      String _ = worker.ask("net " + network.name());
    }
    progress.accept(network.name() + ": training");
    Map<String, Score> training = measure(network, "train", seconds);
    progress.accept(network.name() + ": recognising");
    Map<String, Score> all = measure(network, "all", seconds * INFERENCE_SHARE);
    Map<String, Score> one = measure(network, "one", seconds * INFERENCE_SHARE);
    progress.accept(network.name() + ": comparing what was learned");
    Map<String, Double> accuracy = new LinkedHashMap<>();
    for (WorkerProcess worker : workers.keySet()) {
      if (worker.threads() == score(training, worker.engine()).most) {
        accuracy.put(worker.engine(), Double.valueOf(worker.ask("epochs " + epochs)));
      }
    }
    return new Result(network, training, all, one, accuracy);
  }

  private static Score score(Map<String, Score> scores, String engine) {
    return Objects.requireNonNull(scores.get(engine));
  }

  private Map<String, Score> measure(BenchNetwork network, String work, double seconds)
      throws IOException, InterruptedException {
    for (WorkerProcess worker : workers.keySet()) {
      double _ = worker.rate(work, (int) (1000 * WARM_UP));
    }
    Map<WorkerProcess, List<Double>> rates = new LinkedHashMap<>();
    long rounds = Math.max(3, Math.round(1000 * seconds / SLICE));
    for (int round = 0; round < rounds; round++) {
      for (WorkerProcess worker : workers.keySet()) {
        Thread.sleep(PAUSE);
        rates.computeIfAbsent(worker, _ -> new ArrayList<>()).add(worker.rate(work, SLICE));
      }
    }
    EngineSettings settings = network.plan().engineSettings(Integer.MAX_VALUE);
    Map<String, Score> best = new LinkedHashMap<>();
    workers.forEach(
        (worker, engine) -> {
          int used = engine.threads(settings, worker.threads());
          Spread rate = Spread.of(Objects.requireNonNull(rates.get(worker)));
          best.merge(
              worker.engine(),
              new Score(worker.threads(), used, rate),
              (one, other) -> one.rate.median() >= other.rate.median() ? one : other);
        });
    return best;
  }

  @Override
  public void close() {
    workers.keySet().forEach(WorkerProcess::close);
  }
}
