package digitlab.compare;

import digitlab.experiment.EpochRecord;
import digitlab.experiment.ListedExperiment;
import digitlab.experiment.Run;
import digitlab.train.TrainingPlan;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A run that is compared with others, and its epochs. */
public record ComparedRun(ListedExperiment listed, Run run, List<EpochRecord> epochs) {
  /** What is compared. */
  public enum Measure {
    VALIDATION_ACCURACY,
    VALIDATION_LOSS,
    TRAINING_ACCURACY,
    TRAINING_LOSS;

    /** Whether it is a share of 1, of which more is better. */
    public boolean isAccuracy() {
      return this == VALIDATION_ACCURACY || this == TRAINING_ACCURACY;
    }

    @Nullable Double of(EpochRecord epoch) {
      return switch (this) {
        case VALIDATION_ACCURACY -> epoch.validationAccuracy();
        case VALIDATION_LOSS -> epoch.validationLoss();
        case TRAINING_ACCURACY -> epoch.trainAccuracy();
        case TRAINING_LOSS -> epoch.trainLoss();
      };
    }
  }

  public String name() {
    return listed.experiment().name();
  }

  public TrainingPlan plan() {
    return listed.experiment().plan();
  }

  /** The values after each epoch, as far as there are any. */
  public double[] curve(Measure measure) {
    return epochs.stream()
        .map(measure::of)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /** After the last epoch. */
  public OptionalDouble validation() {
    double[] curve = curve(Measure.VALIDATION_ACCURACY);
    return curve.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(curve[curve.length - 1]);
  }

  /** On the test images; empty if it has not come so far, or is hidden. */
  public OptionalDouble test() {
    Run.TestResult result = run.result();
    return result == null ? OptionalDouble.empty() : OptionalDouble.of(result.accuracy());
  }
}
