package digitlab.jobs;

import digitlab.datasets.DataLibrary;
import digitlab.datasets.DataPair;
import digitlab.engine.EngineFailureException;
import digitlab.engine.Engines;
import digitlab.experiment.EpochRecord;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentStore;
import digitlab.experiment.LiveRuns;
import digitlab.experiment.ModelInfo;
import digitlab.experiment.ModelStore;
import digitlab.experiment.Run;
import digitlab.experiment.RunHistory;
import digitlab.experiment.RunStatus;
import digitlab.net.NetworkFile;
import digitlab.net.NetworkFormat;
import digitlab.net.StepResult;
import digitlab.text.Message;
import digitlab.train.EpochResult;
import digitlab.train.Evaluation;
import digitlab.train.Outcome;
import digitlab.train.TrainingPlan;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the queue: trains, keeps the books in the store once a second, and shows how it goes
 * several times a second.
 */
final class BackgroundRun implements TrainingJob.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundRun.class);
  private static final long SHOW_NANOS = 200_000_000;
  private static final long STORE_NANOS = 1_000_000_000;

  private final TrainingPlan plan;
  private final String title;
  private final ExperimentStore store;
  private final ModelStore models;
  private final LiveRuns live;
  private final RunHistory history = new RunHistory();
  private final StepBuffer toShow = new StepBuffer();
  private final StepBuffer toStore = new StepBuffer();

  private volatile @Nullable RunStatus asked; // STOPPED or INTERRUPTED, once somebody asked for it

  private Run run;
  private long allSteps;
  private int epochs;
  private long trainingStarted; // nanoseconds
  private long lastShown;
  private long lastStored;
  private long imagesSinceShown;

  BackgroundRun(
      Experiment experiment, Run run, ExperimentStore store, ModelStore models, LiveRuns live) {
    this.plan = experiment.plan();
    this.title = experiment.name();
    this.store = store;
    this.models = models;
    this.live = live;
    this.run = run;
  }

  /**
   * Asks the run to end: {@link RunStatus#STOPPED} keeps what was learned, {@link
   * RunStatus#INTERRUPTED} is for a server that ends.
   */
  void end(RunStatus how) {
    asked = how; // a flag, not an interrupt: H2 closes its files when a thread in it is interrupted
  }

  private boolean mustEnd() {
    return asked != null;
  }

  void run(Engines engines, int threads, DataLibrary library) {
    try {
      if (mustEnd()) {
        finish(null);
      } else {
        train(engines, threads, library);
      }
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
    TrainingJob.Result result =
        new TrainingJob(plan, data, choice.provider(), threads, this).run(this::mustEnd);
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
  public void onStart(long steps, int trainingImages) {
    allSteps = steps;
    trainingStarted = System.nanoTime();
    lastShown = trainingStarted;
    lastStored = trainingStarted;
  }

  @Override
  public void onStep(long step, StepResult result, int images) {
    float accuracy = (float) result.correct() / images;
    toShow.add(step, result.loss(), accuracy);
    toStore.add(step, result.loss(), accuracy);
    imagesSinceShown += images;
    long now = System.nanoTime();
    if (now - lastShown > SHOW_NANOS) {
      double pace = imagesSinceShown / ((now - lastShown) / 1e9);
      run =
          run.advanced(
              new Run.Progress(step, allSteps, epochs, (now - trainingStarted) / 1e9, pace));
      imagesSinceShown = 0;
      lastShown = now;
      showSteps();
    }
    if (now - lastStored > STORE_NANOS) {
      lastStored = now;
      keep();
    }
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
    store.addEpoch(run.id(), epoch);
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

  /** Writes how things stand. A run that was deleted or taken for dead meanwhile ends. */
  private void keep() {
    if (!toStore.isEmpty()) {
      store.addSteps(run.id(), toStore.take());
    }
    if (!store.update(run)) {
      asked = RunStatus.INTERRUPTED;
    }
  }

  /**
   * Tests are done, or there was nothing to test: {@code result} is null if the training did not
   * begin.
   */
  private void finish(TrainingJob.@Nullable Result result) {
    Evaluation test = result == null ? null : result.test();
    if (result != null && test != null) {
      byte[] file =
          NetworkFormat.write(title, NetworkFile.MNIST_28, plan.loss(), result.parameters());
      String id = NetworkFormat.read(file).id();
      models.save(new ModelInfo(id, title, plan.network().toString()), file);
      run = run.tested(new Run.TestResult(test.accuracy(), test.loss(), test.confusion()), id);
    }
    Outcome outcome = result == null ? null : result.outcome();
    RunStatus ended = asked == null ? RunStatus.DONE : asked;
    if (outcome == Outcome.DIVERGED) {
      fail(Message.of("run.diverged", run.progress().steps(), plan.rate()));
    } else {
      end(
          outcome == null ? ended : RunStatus.DONE,
          outcome == Outcome.LOSS_FLAT ? Message.of("run.flat", epochs) : null);
    }
  }

  private void fail(Message why) {
    end(RunStatus.FAILED, why);
  }

  private void end(RunStatus status, @Nullable Message note) {
    run = run.over(status, note, Instant.now());
    try {
      store.update(run);
    } catch (RuntimeException e) {
      LOG.error(
          "The end of run {} ({}) could not be written; it will be shown as interrupted",
          run.id(),
          status,
          e);
    }
    live.publish(run, history);
  }
}
