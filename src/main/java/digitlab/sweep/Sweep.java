package digitlab.sweep;

import digitlab.train.TrainingPlan;
import java.time.Instant;

/**
 * A sweep, as it is kept.
 *
 * @param plan what the experiments have in common
 * @param space how they differ
 */
public record Sweep(long id, String name, TrainingPlan plan, SweepSpace space, Instant created) {}
