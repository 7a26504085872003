package digitlab.experiment;

import org.jspecify.annotations.Nullable;

/**
 * One epoch of a run, as it is kept.
 *
 * @param step the last step of this epoch
 * @param validationLoss null if no images were set aside
 * @param validationAccuracy likewise
 * @param samplesPerSecond of the training, without the validation
 */
public record EpochRecord(
    int epoch,
    long step,
    double trainLoss,
    double trainAccuracy,
    @Nullable Double validationLoss,
    @Nullable Double validationAccuracy,
    double samplesPerSecond) {}
