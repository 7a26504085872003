package digitlab.train;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a training went so far, in what {@link Diagnosis} needs of it.
 *
 * @param epochs that are finished
 * @param probes looks into the network, the earliest first; empty if nobody looked
 * @param outcome null while it goes on, and if it was stopped
 * @param steps done
 */
public record Course(
    TrainingPlan plan,
    List<Epoch> epochs,
    List<ProbeResult> probes,
    @Nullable Outcome outcome,
    long steps) {

  public Course {
    epochs = List.copyOf(epochs);
    probes = List.copyOf(probes);
  }

  /**
   * One epoch.
   *
   * @param trainAccuracy 0…1
   * @param validationLoss null if no images are set aside
   */
  public record Epoch(double trainLoss, double trainAccuracy, @Nullable Double validationLoss) {
    /** The loss that tells whether it still learns. */
    double watchedLoss() {
      return validationLoss == null ? trainLoss : validationLoss;
    }
  }
}
