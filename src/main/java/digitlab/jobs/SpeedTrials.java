package digitlab.jobs;

import digitlab.data.Dataset;
import digitlab.data.StrokeGenerator;
import digitlab.datasets.DataPair;
import digitlab.engine.EngineProvider;
import digitlab.engine.Engines;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentStore;
import digitlab.experiment.Run;
import digitlab.experiment.RunStatus;
import digitlab.experiment.SpeedGuide;
import digitlab.net.LayerSpec;
import digitlab.net.NetworkSpec;
import digitlab.net.StepResult;
import digitlab.text.Message;
import digitlab.train.EpochResult;
import digitlab.train.Trainer;
import digitlab.train.TrainingPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows how fast engines are: from runs of the same network, or by training it for a moment on
 * digits of the built-in generator, in the way of {@link TrainingJob}. One trial at a time, in a
 * thread of its own. Thread-safe.
 */
public final class SpeedTrials implements SpeedGuide, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpeedTrials.class);
  private static final int IMAGES = 2048;
  private static final int WINDOWS = 5;

  /** Java compiles what runs often: the first trial of an engine goes on until that is done. */
  private static final int FIRST_WINDOWS = 20;

  private static final long WINDOW_NANOS = 60_000_000;

  /** Larger networks are tried with fewer neurons: their time goes with the number of weights. */
  private static final int MOST_PARAMETERS = 2_000_000;

  private final ExperimentStore store;
  private final Engines engines;
  private final int threads;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("speed-trials").factory());

  // what follows belongs to the worker's thread
  private final Map<String, Double> known = new HashMap<>();
  private final List<String> warm = new ArrayList<>();
  private @Nullable DataPair digits;

  /**
   * @param threads how many threads a training may use
   */
  public SpeedTrials(ExperimentStore store, Engines engines, int threads) {
    this.store = store;
    this.engines = engines;
    this.threads = threads;
  }

  @Override
  public void ask(TrainingPlan plan, BooleanSupplier wanted, Consumer<List<Speed>> answer) {
    try {
      worker.execute(() -> find(plan, wanted, answer));
    } catch (RejectedExecutionException e) {
      LOG.debug("The server ends: no trial of {}", plan.network(), e);
    }
  }

  private void find(TrainingPlan plan, BooleanSupplier wanted, Consumer<List<Speed>> answer) {
    if (!wanted.getAsBoolean()) {
      return; // the plan has changed meanwhile
    }
    List<Experiment> earlier = store.list();
    List<Speed> speeds = new ArrayList<>();
    for (EngineProvider provider : engines.providers()) {
      if (provider.obstacle() == null && wanted.getAsBoolean()) {
        OptionalDouble run = earlier(provider.name(), plan, earlier);
        OptionalDouble speed = run.isPresent() ? run : trial(provider, plan);
        if (speed.isPresent()) {
          speeds.add(new Speed(provider.name(), speed.getAsDouble(), run.isPresent()));
          answer.accept(List.copyOf(speeds));
        }
      }
    }
  }

  /** The mean over the runs that did the same work. */
  private static OptionalDouble earlier(
      String engine, TrainingPlan plan, List<Experiment> experiments) {
    return experiments.stream()
        .filter(experiment -> work(experiment.plan()).equals(work(plan)))
        .map(Experiment::run)
        .filter(run -> run != null && run.status() == RunStatus.DONE)
        .filter(run -> run.setup() != null && run.setup().engine().equals(engine))
        .map(Run::progress)
        .mapToDouble(Run.Progress::samplesPerSecond)
        .filter(speed -> speed > 0)
        .average();
  }

  /** What a plan makes an engine do for each image, whatever comes of it. */
  private static String work(TrainingPlan plan) {
    return plan.network()
        + "; "
        + plan.loss()
        + "; "
        + plan.optimizer()
        + "; "
        + plan.batch()
        + "; "
        + plan.augmentation();
  }

  private OptionalDouble trial(EngineProvider provider, TrainingPlan plan) {
    String key = provider.name() + " " + work(plan);
    Double there = known.get(key);
    if (there != null) {
      return OptionalDouble.of(there);
    }
    try {
      TrainingPlan tried =
          plan.with("network", smaller(plan.network()))
              .with("epochs", TrainingPlan.MOST_EPOCHS)
              .with("stopping", "never")
              .with("validation", 0);
      int windows = warm.contains(provider.name()) ? WINDOWS : FIRST_WINDOWS;
      warm.add(provider.name());
      Stopwatch watch = new Stopwatch(windows);
      TrainingJob job = new TrainingJob(tried, digits(), provider, threads, watch);
      var _ = job.run(watch, null);
      double scale = (double) tried.network().parameterCount() / plan.network().parameterCount();
      known.put(key, watch.best * scale);
      return OptionalDouble.of(watch.best * scale);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalDouble.empty();
    } catch (RuntimeException e) {
      LOG.info("No speed of the engine {} for {}", provider.name(), plan.network(), e);
      return OptionalDouble.empty();
    }
  }

  private DataPair digits() {
    if (digits == null) {
      Dataset training = new StrokeGenerator(1).dataset(IMAGES);
      digits =
          new DataPair(training, new StrokeGenerator(2).dataset(10), Message.of("data.pen-digits"));
    }
    return digits;
  }

  /** The same network with fewer neurons in its hidden layers, if it is very large. */
  static NetworkSpec smaller(NetworkSpec network) {
    NetworkSpec small = network;
    for (double share = 0.8;
        small.parameterCount() > MOST_PARAMETERS && share > 0.001;
        share *= 0.8) {
      List<LayerSpec> layers = new ArrayList<>();
      for (LayerSpec layer : network.layers().subList(0, network.layers().size() - 1)) {
        layers.add(
            new LayerSpec(
                Math.max(1, (int) (share * layer.neurons())), layer.activation(), layer.dropout()));
      }
      layers.add(network.layers().getLast());
      small = new NetworkSpec(network.inputs(), layers);
    }
    return small;
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }

  /** Takes the time in windows; the best one counts, in which nobody else needed the processor. */
  private static final class Stopwatch implements TrainingJob.Listener, TrainingJob.Pilot {
    private final int windows;
    private int seen;
    private long windowStart;
    private long images;
    private double best;

    Stopwatch(int windows) {
      this.windows = windows;
    }

    @Override
    public void onStart(long allSteps, int trainingImages) {
      windowStart = System.nanoTime();
    }

    @Override
    public void onStep(long step, StepResult result, int count) {
      images += count;
      long now = System.nanoTime();
      if (now - windowStart > WINDOW_NANOS) {
        best = Math.max(best, images / ((now - windowStart) / 1e9));
        images = 0;
        windowStart = now;
        seen++;
      }
    }

    @Override
    public void onEpoch(EpochResult result, double seconds, double samplesPerSecond) {}

    @Override
    public boolean goesOn(Trainer trainer) {
      return seen < windows && !Thread.currentThread().isInterrupted();
    }
  }
}
