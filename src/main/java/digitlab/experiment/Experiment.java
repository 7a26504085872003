package digitlab.experiment;

import digitlab.train.TrainingPlan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A plan with a name, and what came of it.
 *
 * @param run the newest one; null if it was never started
 */
public record Experiment(
    long id, String name, TrainingPlan plan, Instant created, @Nullable Run run) {
  /** The longest name, in characters. */
  public static final int LONGEST_NAME = 100;
}
