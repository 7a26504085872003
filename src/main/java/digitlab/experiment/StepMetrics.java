package digitlab.experiment;

import java.util.Arrays;

/**
 * Loss and accuracy of consecutive steps.
 *
 * @param firstStep from 1
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record StepMetrics(long firstStep, float[] losses, float[] accuracies) {
  /** Those of them that come after {@code step}. */
  public StepMetrics after(long step) {
    int known = Math.clamp(step + 1 - firstStep, 0, losses.length);
    return known == 0
        ? this
        : new StepMetrics(
            firstStep + known,
            Arrays.copyOfRange(losses, known, losses.length),
            Arrays.copyOfRange(accuracies, known, accuracies.length));
  }
}
