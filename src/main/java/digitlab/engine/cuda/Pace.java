package digitlab.engine.cuda;

/**
 * How many steps a launch takes: so many that launching costs little beside them, so few that
 * charts move and a training can be stopped at once.
 */
final class Pace {
  private static final long SHORT = 10_000_000; // nanoseconds
  private static final long LONG = 30_000_000;

  private volatile int steps = 8; // is looked at by all who gather

  int steps() {
    return steps;
  }

  /** Learns that a launch of so many steps took so long. */
  void took(int count, long nanos) {
    if (nanos > LONG) {
      steps = Math.max(1, Math.min(steps, count) / 2);
    } else if (nanos < SHORT && count == steps) {
      steps = Math.min(Group.MOST_STEPS, 2 * steps);
    }
  }
}
