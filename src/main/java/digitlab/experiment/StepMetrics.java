package digitlab.experiment;

/**
 * Loss and accuracy of consecutive steps.
 *
 * @param firstStep from 1
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record StepMetrics(long firstStep, float[] losses, float[] accuracies) {}
