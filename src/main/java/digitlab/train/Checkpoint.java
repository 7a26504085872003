package digitlab.train;

import digitlab.net.TrainingState;

/**
 * A training between two steps: a {@link Trainer} that is given it goes on as if nothing had
 * happened.
 *
 * @param state what the engine needs
 * @param steps done so far
 * @param epochLoss the sum over the images of the epoch that is going on
 * @param epochCorrect likewise, how many were recognised
 * @param lowestLoss what {@link Stopping} compares with
 * @param epochsWithoutFall what {@link Stopping} counts
 * @param rate the learning rate before the schedule: the plan's, or what a person set it to
 */
public record Checkpoint(
    TrainingState state,
    long steps,
    double epochLoss,
    int epochCorrect,
    double lowestLoss,
    int epochsWithoutFall,
    double rate) {}
