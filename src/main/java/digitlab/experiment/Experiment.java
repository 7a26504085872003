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

  /**
   * The name without blanks around it.
   *
   * @throws IllegalArgumentException if it is empty or too long
   */
  static String requireName(String name) {
    String trimmed = name.strip();
    if (trimmed.isEmpty() || trimmed.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "The name has " + trimmed.length() + " characters; it needs 1 to " + LONGEST_NAME + ".");
    }
    return trimmed;
  }
}
