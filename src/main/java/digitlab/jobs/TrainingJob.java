package digitlab.jobs;

import digitlab.data.BatchSource;
import digitlab.data.Batches;
import digitlab.data.Dataset;
import digitlab.datasets.DataPair;
import digitlab.engine.EngineProvider;
import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.net.Parameters;
import digitlab.net.StepResult;
import digitlab.train.Checkpoint;
import digitlab.train.EpochResult;
import digitlab.train.Evaluation;
import digitlab.train.Outcome;
import digitlab.train.Trainer;
import digitlab.train.TrainingPlan;
import org.jspecify.annotations.Nullable;

/** One training from plan to tested network, in the thread that calls it. */
public final class TrainingJob {
  /** Is told what happens, in the thread that trains; {@code onStep} must be quick. */
  public interface Listener {
    /**
     * Once, before everything else: for those that want to look into the training. Only {@link
     * Engine#save} may be asked of the engine, in this thread, until {@link #run} ends.
     */
    default void onEngine(Engine engine, Dataset training) {}

    /** Once, before the first step. */
    void onStart(long allSteps, int trainingImages);

    /** After each step, numbered from 1. */
    void onStep(long step, StepResult result, int images);

    /**
     * After each epoch.
     *
     * @param seconds spent on its steps, without the validation
     */
    void onEpoch(EpochResult result, double seconds, double samplesPerSecond);
  }

  /** Is asked before each step, in the thread that trains, and may make it wait. */
  public interface Pilot {
    /** Whether there shall be another step. */
    boolean goesOn(Trainer trainer) throws InterruptedException;
  }

  /**
   * What came of it.
   *
   * @param outcome null if it was stopped from outside
   * @param test on the test images; null if the training diverged
   * @param seconds spent on steps
   */
  public record Result(
      @Nullable Outcome outcome,
      Parameters parameters,
      @Nullable Evaluation test,
      double seconds) {}

  private final TrainingPlan plan;
  private final DataPair data;
  private final EngineProvider provider;
  private final int mostThreads;
  private final Listener listener;

  public TrainingJob(
      TrainingPlan plan,
      DataPair data,
      EngineProvider provider,
      int mostThreads,
      Listener listener) {
    this.plan = plan;
    this.data = data;
    this.provider = provider;
    this.mostThreads = mostThreads;
    this.listener = listener;
  }

  /** How many threads the engine will use. */
  public int engineThreads() {
    return provider.threads(plan.engineSettings(data.training().size()), mostEngineThreads());
  }

  private boolean augmentsAhead() {
    return !plan.augmentation().isNone() && mostThreads > 1;
  }

  private int mostEngineThreads() {
    return augmentsAhead() ? mostThreads - 1 : mostThreads; // one is busy with augmenting
  }

  /**
   * Trains until the plan is done, then shows the network the test images.
   *
   * @throws IllegalArgumentException if the network does not fit the images
   */
  public Result run() {
    try {
      return run(_ -> true, null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted without having waited", e);
    }
  }

  /**
   * Trains until the plan is done or the pilot says so, then shows the network the test images.
   *
   * @param from where to go on; null to begin
   * @throws IllegalArgumentException if the network does not fit the images
   */
  public Result run(Pilot pilot, @Nullable Checkpoint from) throws InterruptedException {
    EngineSettings settings = plan.engineSettings(data.training().size());
    MemoryCheck.check(settings);
    try (Engine engine = provider.create(settings, mostEngineThreads());
        Delivery delivery = new Delivery(augmentsAhead() && !engine.alters())) {
      Clock clock = new Clock();
      Trainer trainer = new Trainer(plan, data.training(), engine, clock, delivery, from);
      listener.onEngine(engine, data.training());
      listener.onStart(trainer.allSteps(), trainer.trainingImages());
      while (trainer.outcome() == null && pilot.goesOn(trainer)) {
        clock.start();
        var _ = trainer.step();
        clock.stop();
      }
      clock.start();
      trainer.settle();
      clock.stop();
      Parameters parameters = new Parameters(plan.network());
      engine.save(parameters);
      Dataset test = data.test();
      boolean useful = trainer.outcome() != Outcome.DIVERGED && parameters.areFinite();
      Evaluation evaluation =
          useful ? Evaluation.of(engine, plan.network().outputs(), test, test.allNumbers()) : null;
      return new Result(
          useful ? trainer.outcome() : Outcome.DIVERGED, parameters, evaluation, clock.seconds());
    }
  }

  /** How batches come to the trainer: one by one, or some ahead. */
  private static final class Delivery implements Trainer.Delivery, AutoCloseable {
    private final boolean ahead;
    private @Nullable BatchesAhead running;

    Delivery(boolean ahead) {
      this.ahead = ahead;
    }

    @Override
    public BatchSource of(Batches batches) {
      if (!ahead) {
        return batches;
      }
      running = new BatchesAhead(batches);
      return running;
    }

    @Override
    public void close() {
      if (running != null) {
        running.close();
      }
    }
  }

  /** Measures the time that steps take, and passes everything on. */
  private final class Clock implements Trainer.Listener {
    private long stepStart;
    private long epochNanos;
    private long finishedEpochs; // nanoseconds
    private int epochImages;

    void start() {
      stepStart = System.nanoTime();
    }

    double seconds() {
      return (finishedEpochs + epochNanos) / 1e9;
    }

    /** Counts the time since {@link #start}, or since this was called last. */
    void stop() {
      long now = System.nanoTime();
      epochNanos += now - stepStart;
      stepStart = now;
    }

    @Override
    public void onStep(long step, StepResult result, int images) {
      stop(); // an engine may tell of several steps at once, or of none
      epochImages += images;
      listener.onStep(step, result, images);
    }

    @Override
    public void onEpoch(EpochResult result) {
      double seconds = epochNanos / 1e9;
      listener.onEpoch(result, seconds, epochImages / seconds);
      finishedEpochs += epochNanos;
      epochNanos = 0;
      epochImages = 0;
      start(); // the validation is not counted
    }
  }
}
