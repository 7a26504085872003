package digitlab.train;

import org.jspecify.annotations.Nullable;

/**
 * What one epoch came to.
 *
 * @param epoch from 1
 * @param trainLoss the mean over the epoch, while the network was changing
 * @param trainAccuracy likewise, 0…1
 * @param validation at the end of the epoch; null if no images are set aside
 */
public record EpochResult(
    int epoch, double trainLoss, double trainAccuracy, @Nullable Evaluation validation) {
  /** The loss that {@link Stopping} watches. */
  public double watchedLoss() {
    return validation == null ? trainLoss : validation.loss();
  }
}
