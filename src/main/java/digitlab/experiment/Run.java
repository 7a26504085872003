package digitlab.experiment;

import digitlab.text.Message;
import digitlab.train.ConfusionMatrix;
import digitlab.train.Course;
import digitlab.train.Outcome;
import digitlab.train.TrainingPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One training of an experiment, as far as it has come. Immutable: each change gives a new one.
 *
 * @param note what is to be said about its status: what it waits for, why it failed; null if
 *     nothing
 * @param setup null before it starts
 * @param result null before it is over
 * @param model the id of the trained network; null if there is none
 * @param started null before it starts
 * @param finished null before it is over
 */
public record Run(
    long id,
    long experimentId,
    RunStatus status,
    @Nullable Message note,
    @Nullable Setup setup,
    Progress progress,
    @Nullable TestResult result,
    @Nullable String model,
    Instant queued,
    @Nullable Instant started,
    @Nullable Instant finished) {

  /**
   * What a run trains with.
   *
   * @param engine its name: "reference"
   * @param engineDescription what it trains on here
   * @param engineWhy why this engine
   * @param data which images these are
   */
  public record Setup(String engine, Message engineDescription, Message engineWhy, Message data) {}

  /**
   * How far a run is.
   *
   * @param steps done
   * @param allSteps of the whole plan
   * @param epochs finished
   * @param seconds spent so far
   * @param samplesPerSecond lately
   */
  public record Progress(
      long steps, long allSteps, int epochs, double seconds, double samplesPerSecond) {
    public static final Progress NONE = new Progress(0, 0, 0, 0, 0);

    /** The share of the work that is done, 0…1. */
    public double share() {
      return allSteps == 0 ? 0 : (double) steps / allSteps;
    }

    /** Seconds until the plan is done at this pace; 0 if that is not known. */
    public double secondsLeft() {
      return steps == 0 ? 0 : seconds / steps * (allSteps - steps);
    }
  }

  /** How the trained network did on the test images. */
  public record TestResult(double accuracy, double loss, ConfusionMatrix confusion) {}

  /** A run that waits for its turn. */
  public static Run queued(long id, long experimentId, Instant now) {
    return new Run(
        id, experimentId, RunStatus.QUEUED, null, null, Progress.NONE, null, null, now, null, null);
  }

  /** The run has its turn; {@code note} says what it is busy with before it trains. */
  public Run preparing(@Nullable Message note, Instant now) {
    return new Run(
        id,
        experimentId,
        RunStatus.RUNNING,
        note,
        setup,
        progress,
        result,
        model,
        queued,
        started == null ? now : started,
        finished);
  }

  /** It begins to train, or goes on: what came of it before counts no more. */
  public Run training(Setup with) {
    return new Run(
        id,
        experimentId,
        RunStatus.RUNNING,
        null,
        with,
        progress,
        null,
        null,
        queued,
        started,
        finished);
  }

  /** The run goes on, is paused, or waits for another turn. */
  public Run in(RunStatus state) {
    return new Run(
        id, experimentId, state, null, setup, progress, result, model, queued, started, null);
  }

  public Run advanced(Progress to) {
    return new Run(
        id, experimentId, status, note, setup, to, result, model, queued, started, finished);
  }

  public Run tested(TestResult with, String modelId) {
    return new Run(
        id, experimentId, status, note, setup, progress, with, modelId, queued, started, finished);
  }

  public Run over(RunStatus end, @Nullable Message why, Instant now) {
    return new Run(
        id, experimentId, end, why, setup, progress, result, model, queued, started, now);
  }

  /** From start to end, or to {@code now} if it goes on; zero if it did not start. */
  public Duration duration(Instant now) {
    return started == null
        ? Duration.ZERO
        : Duration.between(started, finished == null ? now : finished);
  }

  /** How it went so far, for {@link digitlab.train.Diagnosis}. */
  Course course(TrainingPlan plan, RunHistory history) {
    List<Course.Epoch> finished =
        history.epochs().stream()
            .map(
                epoch ->
                    new Course.Epoch(
                        epoch.trainLoss(), epoch.trainAccuracy(), epoch.validationLoss()))
            .toList();
    return new Course(plan, finished, history.probes(0), outcome(), progress.steps());
  }

  private @Nullable Outcome outcome() {
    String why = note == null ? "" : note.key();
    return switch (status) {
      case DONE -> why.equals("run.flat") ? Outcome.LOSS_FLAT : Outcome.EPOCHS_DONE;
      case FAILED -> why.equals("run.diverged") ? Outcome.DIVERGED : null;
      default -> null;
    };
  }
}
