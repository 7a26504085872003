package digitlab.experiment;

/**
 * A person set another learning rate while a run went on.
 *
 * @param step the first step with it, from 1
 */
public record RateChange(long step, double rate) {}
