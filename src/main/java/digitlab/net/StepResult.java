package digitlab.net;

/**
 * How right the network was on one batch; for a training step, before the step changed it.
 *
 * @param loss the mean over the batch
 * @param correct how many images of the batch had their label as the largest output
 */
public record StepResult(float loss, int correct) {}
