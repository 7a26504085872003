package digitlab.engine.cpu;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do each piece of work together, the caller among them as member 0. Pieces follow
 * each other within microseconds, so a member waits by spinning for a while before it sleeps. The
 * caller does not wait for the others at the end of a piece: it is held up where they {@link
 * #meet}, which every piece must do at least once.
 */
final class Team implements AutoCloseable {
  /** What each member does with its share. */
  interface Work {
    void run(int member);
  }

  private static final int SPINS = 5_000;
  private static final long NAP = 20_000; // nanoseconds
  private static final long LONG_NAP = 500_000;
  private static final int RING = 4; // the caller is never more than one piece ahead

  /** A counter on a cache line of its own, so that members do not slow each other down. */
  @SuppressWarnings("unused") // the padding is what it is for
  private static final class Counter {
    private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, pa, pb, pc, pd, pe, pf;
    volatile long value;
    private long q0, q1, q2, q3, q4, q5, q6, q7, q8, q9, qa, qb, qc, qd, qe, qf;
  }

  private final Counter posted = new Counter();
  private final Work[] ring = new Work[RING];
  private final Counter[] met;
  private final Thread[] others;
  private volatile boolean closed;
  private volatile @Nullable Throwable failure;

  Team(int members) {
    met = new Counter[members];
    for (int member = 0; member < members; member++) {
      met[member] = new Counter();
    }
    others = new Thread[members - 1];
    for (int i = 0; i < others.length; i++) {
      int member = i + 1;
      others[i] =
          Thread.ofPlatform().daemon().name("cpu-engine-" + member).start(() -> serve(member));
    }
  }

  int members() {
    return met.length;
  }

  /** Has everybody do this; returns when member 0, the caller, is done. */
  void run(Work work) {
    if (others.length > 0) {
      long number = posted.value + 1;
      ring[(int) (number % RING)] = work;
      posted.value = number;
    }
    work.run(0);
  }

  /** Waits until every member has come here as often as this one. */
  void meet(int member) {
    if (others.length == 0) {
      return;
    }
    long times = met[member].value + 1;
    met[member].value = times;
    for (Counter other : met) {
      for (int spins = 0; other.value < times; spins++) {
        pause(spins);
        if (spins > SPINS && (failure != null || closed)) {
          throw new IllegalStateException("Another thread of the engine failed", failure);
        }
      }
    }
  }

  private static void pause(int spins) {
    if (spins < SPINS) {
      Thread.onSpinWait();
    } else {
      LockSupport.parkNanos(spins < SPINS + 100 ? NAP : LONG_NAP);
    }
  }

  private void serve(int member) {
    try {
      for (long number = 1; ; number++) {
        for (int spins = 0; posted.value < number; spins++) {
          pause(spins);
          if (closed) {
            return;
          }
        }
        ring[(int) (number % RING)].run(member);
      }
    } catch (Throwable e) { // told to the caller, who waits in meet
      failure = e;
    }
  }

  /** The other threads end when their piece is done; nobody waits for them. */
  @Override
  public void close() {
    closed = true;
  }
}
