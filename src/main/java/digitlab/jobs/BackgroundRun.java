package digitlab.jobs;

import digitlab.data.Dataset;
import digitlab.datasets.DataLibrary;
import digitlab.datasets.DataPair;
import digitlab.engine.EngineFailureException;
import digitlab.engine.Engines;
import digitlab.engine.Niceness;
import digitlab.experiment.CheckpointStore;
import digitlab.experiment.EpochRecord;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentStore;
import digitlab.experiment.LiveRuns;
import digitlab.experiment.ModelInfo;
import digitlab.experiment.ModelStore;
import digitlab.experiment.RateChange;
import digitlab.experiment.Run;
import digitlab.experiment.RunHistory;
import digitlab.experiment.RunStatus;
import digitlab.net.Engine;
import digitlab.net.NetworkFile;
import digitlab.net.NetworkFormat;
import digitlab.net.StepResult;
import digitlab.text.Message;
import digitlab.train.Checkpoint;
import digitlab.train.EpochResult;
import digitlab.train.Evaluation;
import digitlab.train.Outcome;
import digitlab.train.Probe;
import digitlab.train.ProbeResult;
import digitlab.train.Trainer;
import digitlab.train.TrainingPlan;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the queue: trains when it has its turn and is not paused, keeps the books in the store
 * once a second and checkpoints, and shows how it goes several times a second.
 */
final class BackgroundRun implements TrainingJob.Listener, TrainingJob.Pilot {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundRun.class);
  private static final long SHOW_NANOS = 200_000_000;
  private static final long STORE_NANOS = 1_000_000_000;
  private static final long CHECKPOINT_NANOS = 15_000_000_000L;

  /** A larger checkpoint would fill a small heap when it is made. */
  private static final long CHECKPOINT_SHARE_OF_MEMORY = 8;

  private final TrainingPlan plan;
  private final String title;
  private final Books books;
  private final LiveRuns live;
  private final Turns turns;
  private final Wishes wishes;
  private final RunHistory history;
  private final StepBuffer toShow = new StepBuffer();
  private final StepBuffer toStore = new StepBuffer();
  private final boolean makesCheckpoints;
  private @Nullable Watch watch;

  private Run run;
  private boolean hasTurn;
  private long allSteps;
  private int epochs;
  private long trainingStarted; // nanoseconds, later by what was spent waiting
  private long lastShown;
  private long lastStored;
  private long lastCheckpoint; // nanoseconds
  private long checkpointStep; // the step of the newest one
  private boolean epochEnded;
  private long imagesSinceShown;

  /** Where a run is kept. */
  record Books(ExperimentStore store, ModelStore models, CheckpointStore checkpoints) {}

  BackgroundRun(
      Experiment experiment, Run run, Books books, LiveRuns live, Turns turns, Wishes wishes) {
    this.plan = experiment.plan();
    this.title = experiment.name();
    this.books = books;
    this.live = live;
    this.turns = turns;
    this.wishes = wishes;
    this.run = run;
    history = live.find(run.experimentId()).map(LiveRuns.Live::history).orElseGet(RunHistory::new);
    makesCheckpoints =
        CheckpointFormat.size(plan) < Runtime.getRuntime().maxMemory() / CHECKPOINT_SHARE_OF_MEMORY;
  }

  Wishes wishes() {
    return wishes;
  }

  long experimentId() {
    return run.experimentId();
  }

  /** A flag, not an interrupt: H2 closes its files when a thread in it is interrupted. */
  private boolean mustEnd() {
    return wishes.end() != null;
  }

  /**
   * Does the whole run. What waits may be a virtual thread; training, which leaves a core to
   * nobody, has one of its own.
   */
  void run(Engines engines, int threads, DataLibrary library) throws InterruptedException {
    AtomicBoolean hasWork = new AtomicBoolean();
    guarded(() -> hasWork.set(awaitWork(null)));
    if (hasWork.get()) {
      Thread.ofPlatform()
          .daemon()
          .name("training-" + run.id())
          .start(
              () -> {
                Niceness.standBack(); // the pages come first
                guarded(() -> train(engines, threads, library));
              })
          .join();
    } else if (!run.status().isOver()) {
      finish(null);
    }
    giveTurn();
  }

  /** A part of a run. */
  private interface Part {
    void run() throws InterruptedException;
  }

  private void guarded(Part part) {
    try {
      part.run();
    } catch (InterruptedException | CancellationException e) {
      LOG.info("Run {} of \"{}\" ended before it trained", run.id(), title, e);
      finish(null);
    } catch (OutOfMemoryError e) {
      LOG.warn("Run {} of \"{}\" ran out of memory", run.id(), title, e);
      fail(
          Message.of(
              "run.memory",
              plan.network().shape(),
              plan.batch(),
              Runtime.getRuntime().maxMemory() >> 20));
    } catch (EngineFailureException e) {
      LOG.warn("Run {} of \"{}\" failed with its engine", run.id(), title, e);
      fail(e.reason());
    } catch (RuntimeException e) {
      LOG.warn("Run {} of \"{}\" failed", run.id(), title, e);
      fail(Message.of("run.failed", String.valueOf(e.getMessage())));
    }
  }

  /**
   * Waits until there is something to do: its turn, or a single step, which needs none.
   *
   * @param trainer null before there is one
   * @return false if the run shall end
   */
  private boolean awaitWork(@Nullable Trainer trainer) throws InterruptedException {
    while (!mustEnd()) {
      if (!wishes.isPaused()) {
        if (hasTurn || takeTurn()) {
          return true;
        }
      } else {
        giveTurn();
        applyRate(trainer);
        if (run.status() != RunStatus.PAUSED) {
          checkpoint(trainer);
          show(run.in(RunStatus.PAUSED));
          keep();
        }
        if (trainer == null ? wishes.wantsStep() : wishes.takeStep()) {
          return true;
        }
        wishes.awaitChange(trainer != null);
      }
    }
    return false;
  }

  private boolean takeTurn() throws InterruptedException {
    if (run.status() != RunStatus.QUEUED) {
      show(run.in(RunStatus.QUEUED));
      keep();
    }
    hasTurn = turns.take(run.id(), () -> mustEnd() || wishes.isPaused());
    return hasTurn;
  }

  private void giveTurn() {
    if (hasTurn) {
      hasTurn = false;
      turns.give();
    }
  }

  @Override
  public boolean goesOn(Trainer trainer) throws InterruptedException {
    if (!wishes.isCalm() || !hasTurn) {
      trainer.settle();
      if (trainer.steps() > run.progress().steps()) {
        showStep(trainer.steps());
      }
      long from = System.nanoTime();
      boolean more = awaitWork(trainer);
      long waited = System.nanoTime() - from;
      trainingStarted += waited;
      lastShown += waited;
      if (!more) {
        checkpoint(trainer);
        return false;
      }
      applyRate(trainer); // it may have come together with the wish to go on
      if (hasTurn && run.status() != RunStatus.RUNNING) {
        show(run.in(RunStatus.RUNNING));
        keep();
      }
    }
    long sinceCheckpoint = System.nanoTime() - lastCheckpoint;
    if (sinceCheckpoint > CHECKPOINT_NANOS || (epochEnded && sinceCheckpoint > STORE_NANOS)) {
      checkpoint(trainer);
    }
    epochEnded = false;
    if (watch != null) {
      watch.betweenSteps(trainer, System.nanoTime());
    }
    return true;
  }

  private void applyRate(@Nullable Trainer trainer) {
    Double rate = trainer == null ? null : wishes.takeRate();
    if (trainer != null && rate != null && rate != trainer.rate()) {
      trainer.setRate(rate);
      RateChange change = new RateChange(trainer.steps() + 1, rate);
      history.addRate(change);
      books.store().addRate(run.id(), change);
      show(run);
    }
  }

  /** Keeps where the training stands; figures first, so that none is missing before it. */
  private void checkpoint(@Nullable Trainer trainer) {
    if (trainer == null || !makesCheckpoints) {
      return;
    }
    trainer.settle();
    if (trainer.steps() > checkpointStep) {
      keep();
      checkpointStep = trainer.steps();
      byte[] state = CheckpointFormat.write(plan, trainer.checkpoint());
      if (!books.checkpoints().save(run.id(), checkpointStep, state)) {
        wishes.end(RunStatus.INTERRUPTED);
      }
      lastCheckpoint = System.nanoTime();
    }
  }

  private void train(Engines engines, int threads, DataLibrary library)
      throws InterruptedException {
    show(run.preparing(Message.of("run.data"), Instant.now()));
    keep();
    Engines.Choice choice = engines.choose(Engines.AUTO);
    DataPair data =
        library.find(
            plan.data(),
            (file, bytes, all) ->
                showFetching(
                    Message.of(
                        "run.fetching", file, bytes / 1_000_000, all < 0 ? "?" : all / 1_000_000)));
    show(
        run.training(
            new Run.Setup(
                choice.provider().name(),
                choice.provider().description(),
                choice.why(),
                data.origin())));
    keep();
    Checkpoint from =
        books
            .checkpoints()
            .find(run.id())
            .map(state -> CheckpointFormat.read(plan, state))
            .orElse(null);
    checkpointStep = from == null ? 0 : from.steps();
    TrainingJob.Result result =
        new TrainingJob(plan, data, choice.provider(), threads, this).run(this, from);
    showSteps();
    keep();
    finish(result);
  }

  private void showFetching(Message note) {
    if (mustEnd()) {
      throw new CancellationException("the run was ended while its data were fetched");
    }
    if (System.nanoTime() - lastShown > SHOW_NANOS) {
      lastShown = System.nanoTime();
      show(run.preparing(note, Instant.now()));
    }
  }

  @Override
  public void onEngine(Engine engine, Dataset training) {
    if (plan.network().parameterCount() <= Probe.MOST_PARAMETERS) {
      watch = new Watch(plan, training, engine, checkpointStep, this::keepProbe);
    }
  }

  private void keepProbe(ProbeResult probe) {
    history.addProbe(probe);
    books.store().addProbe(run.id(), probe);
  }

  @Override
  public void onStart(long steps, int trainingImages) {
    allSteps = steps;
    epochs = run.progress().epochs();
    long now = System.nanoTime();
    trainingStarted = now - (long) (1e9 * run.progress().seconds());
    lastShown = now;
    lastStored = now;
    lastCheckpoint = now;
  }

  @Override
  public void onStep(long step, StepResult result, int images) {
    float accuracy = (float) result.correct() / images;
    toShow.add(step, result.loss(), accuracy);
    toStore.add(step, result.loss(), accuracy);
    imagesSinceShown += images;
    long now = System.nanoTime();
    if (watch != null) {
      watch.onStep(step, result.loss());
    }
    if (now - lastShown > SHOW_NANOS) {
      showStep(step);
    }
    if (now - lastStored > STORE_NANOS) {
      lastStored = now;
      keep();
    }
  }

  private void showStep(long step) {
    long now = System.nanoTime();
    double pace = imagesSinceShown / ((now - lastShown) / 1e9);
    run =
        run.advanced(new Run.Progress(step, allSteps, epochs, (now - trainingStarted) / 1e9, pace));
    imagesSinceShown = 0;
    lastShown = now;
    showSteps();
  }

  @Override
  public void onEpoch(EpochResult result, double seconds, double samplesPerSecond) {
    epochs = result.epoch();
    long step = allSteps / plan.epochs() * epochs;
    run =
        run.advanced(
            new Run.Progress(
                step,
                allSteps,
                epochs,
                (System.nanoTime() - trainingStarted) / 1e9,
                samplesPerSecond));
    Evaluation validation = result.validation();
    EpochRecord epoch =
        new EpochRecord(
            epochs,
            step,
            result.trainLoss(),
            result.trainAccuracy(),
            validation == null ? null : validation.loss(),
            validation == null ? null : validation.accuracy(),
            samplesPerSecond);
    history.addEpoch(epoch);
    books.store().addEpoch(run.id(), epoch);
    epochEnded = true;
    wishes.epochEnded();
    showSteps();
  }

  private void showSteps() {
    if (!toShow.isEmpty()) {
      history.addSteps(toShow.take());
    }
    show(run);
  }

  private void show(Run now) {
    run = now;
    live.publish(run, history);
  }

  /** Writes how things stand. A run that was deleted or taken over meanwhile ends. */
  private void keep() {
    if (!toStore.isEmpty()) {
      books.store().addSteps(run.id(), toStore.take());
    }
    if (!books.store().update(run)) {
      wishes.end(RunStatus.INTERRUPTED);
    }
  }

  /**
   * Tests are done, or there was nothing to test: {@code result} is null if the training did not
   * begin.
   */
  private void finish(TrainingJob.@Nullable Result result) {
    Outcome outcome = result == null ? null : result.outcome();
    RunStatus asked = wishes.end();
    if (outcome == null && asked == RunStatus.INTERRUPTED) {
      release();
      return;
    }
    Evaluation test = result == null ? null : result.test();
    if (result != null && test != null) {
      byte[] file =
          NetworkFormat.write(title, NetworkFile.MNIST_28, plan.loss(), result.parameters());
      String id = NetworkFormat.read(file).id();
      books.models().save(new ModelInfo(id, title, plan.network().toString()), file);
      run = run.tested(new Run.TestResult(test.accuracy(), test.loss(), test.confusion()), id);
    }
    if (outcome == Outcome.DIVERGED) {
      fail(Message.of("run.diverged", run.progress().steps(), rate()));
    } else if (outcome == null) {
      end(asked == null ? RunStatus.DONE : asked, null);
    } else {
      books.checkpoints().delete(run.id());
      end(RunStatus.DONE, outcome == Outcome.LOSS_FLAT ? Message.of("run.flat", epochs) : null);
    }
  }

  /** The server ends, or lost the run: whoever has it from now on goes on with it. */
  private void release() {
    books.store().release(run.status() == RunStatus.PAUSED ? run : run.in(RunStatus.QUEUED));
    live.publish(run.over(RunStatus.INTERRUPTED, null, Instant.now()), history);
  }

  /** The plan's, or what it was set to last. */
  private double rate() {
    List<RateChange> changes = history.rates();
    return changes.isEmpty() ? plan.rate() : changes.getLast().rate();
  }

  private void fail(Message why) {
    end(RunStatus.FAILED, why);
  }

  private void end(RunStatus status, @Nullable Message note) {
    run = run.over(status, note, Instant.now());
    try {
      books.store().update(run);
      books.store().thinOut(run.id());
    } catch (RuntimeException e) {
      LOG.error(
          "The end of run {} ({}) could not be written; it will go on from its checkpoint",
          run.id(),
          status,
          e);
    }
    live.publish(run, history);
  }
}
