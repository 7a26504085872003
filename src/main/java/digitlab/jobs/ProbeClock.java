package digitlab.jobs;

/**
 * When to look into a training: often enough to watch it, seldom enough that looking costs no more
 * than a fortieth of the time; and ever less often, so that a day gives a few thousand looks. Times
 * are nanoseconds. Not thread-safe.
 */
final class ProbeClock {
  private static final long SHORTEST_PAUSE = 50_000_000;
  private static final long PAUSES_PER_LOOK = 40;
  private static final long LOOKS_SO_FAR = 400;

  private final long start;
  private long end; // of the look before
  private long cost;

  ProbeClock(long now) {
    start = now;
    end = now;
  }

  boolean isDue(long now) {
    long pause = Math.max(SHORTEST_PAUSE, PAUSES_PER_LOOK * cost);
    return now - end >= Math.max(pause, (now - start) / LOOKS_SO_FAR);
  }

  /** A look was taken. */
  void looked(long from, long to) {
    cost = to - from;
    end = to;
  }
}
