package digitlab.jobs;

import digitlab.compare.EngineComparison;
import digitlab.data.Dataset;
import digitlab.datasets.DataPair;
import digitlab.engine.EngineProvider;
import digitlab.experiment.EpochRecord;
import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.net.Parameters;
import digitlab.net.StepResult;
import digitlab.train.EpochResult;
import digitlab.train.Evaluation;
import digitlab.train.Outcome;
import digitlab.train.Trainer;
import digitlab.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One of two engines that train the same plan: it goes forward a few steps when it is its turn. */
final class ComparedEngine implements Trainer.Listener, AutoCloseable {
  private static final long TRIAL_NANOS = 150_000_000;

  private final EngineProvider provider;
  private final int threads;
  private final TrainingPlan plan;
  private final Engine engine;
  private final Trainer trainer;
  private final List<EpochRecord> epochs = new ArrayList<>();
  private long nanos;
  private long turnStarted;
  private long images;
  private @Nullable Evaluation test;

  private ComparedEngine(EngineProvider provider, int most, TrainingPlan plan, DataPair data) {
    EngineSettings settings = plan.engineSettings(data.training().size());
    this.provider = provider;
    this.plan = plan;
    threads = provider.threads(settings, most);
    engine = provider.create(settings, most);
    trainer = new Trainer(plan, data.training(), engine, this);
  }

  /** With the number of threads, of at most {@code cores}, that trains this plan fastest. */
  static ComparedEngine atItsBest(
      EngineProvider provider, int cores, TrainingPlan plan, DataPair data) {
    int best = cores;
    List<Integer> candidates = provider.threadsWorthTrying(cores);
    if (candidates.size() > 1) {
      double highest = 0;
      for (int most : candidates) {
        double rate = trial(provider, most, plan, data);
        if (rate > highest) {
          highest = rate;
          best = most;
        }
      }
    }
    return new ComparedEngine(provider, best, plan, data);
  }

  /** Images in a second, after some that do not count. */
  private static double trial(EngineProvider provider, int most, TrainingPlan plan, DataPair data) {
    try (ComparedEngine engine = new ComparedEngine(provider, most, plan, data)) {
      engine.go(TRIAL_NANOS);
      long nanos = engine.nanos;
      long images = engine.images;
      engine.go(TRIAL_NANOS);
      return (engine.images - images) / ((engine.nanos - nanos) / 1e9);
    }
  }

  private void go(long nanosMore) {
    long end = nanos + nanosMore;
    while (nanos < end && step()) {
      // until the time is up
    }
  }

  private boolean step() {
    turnStarted = System.nanoTime();
    return trainer.step();
  }

  /** Trains until so many steps are done, or it is over, or {@code stop} says so. */
  void goTo(long step, BooleanSupplier stop) {
    while (trainer.steps() < step && !stop.getAsBoolean() && step()) {
      // on
    }
  }

  @Override
  public void onStep(long step, StepResult result, int rows) {
    nanos += System.nanoTime() - turnStarted;
    images += rows;
  }

  @Override
  public void onEpoch(EpochResult result) {
    Evaluation validation = result.validation();
    epochs.add(
        new EpochRecord(
            result.epoch(),
            trainer.steps(),
            result.trainLoss(),
            result.trainAccuracy(),
            validation == null ? null : validation.loss(),
            validation == null ? null : validation.accuracy(),
            imagesPerSecond()));
  }

  private double imagesPerSecond() {
    return nanos == 0 ? 0 : images / (nanos / 1e9);
  }

  /** Copies the parameters as they are. */
  Parameters parameters() {
    Parameters parameters = new Parameters(plan.network());
    engine.save(parameters);
    return parameters;
  }

  long steps() {
    return trainer.steps();
  }

  long allSteps() {
    return trainer.allSteps();
  }

  int epochsDone() {
    return epochs.size();
  }

  boolean isOver() {
    return trainer.outcome() != null;
  }

  boolean hasDiverged() {
    return trainer.outcome() == Outcome.DIVERGED;
  }

  /** Shows the network the test images. */
  void test(Dataset images) {
    test = Evaluation.of(engine, plan.network().outputs(), images, images.allNumbers());
  }

  EngineComparison.Side side() {
    Evaluation tested = test;
    return new EngineComparison.Side(
        provider.name(),
        provider.description(),
        threads,
        nanos / 1e9,
        imagesPerSecond(),
        List.copyOf(epochs),
        tested == null ? null : tested.accuracy(),
        tested == null ? null : tested.loss());
  }

  @Override
  public void close() {
    engine.close();
  }
}
