package digitlab.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongToIntFunction;

/** Lets some runs train at a time; the others wait, first come, first served. Thread-safe. */
final class Turns {
  private final LongToIntFunction atOnce;
  private final Runnable moved;
  private final List<Long> waiting = new ArrayList<>();
  private int taken;

  /**
   * @param atOnce beside how many others, itself included, a run may train; asked when its turn has
   *     come
   * @param moved is run when those that wait have moved up
   */
  Turns(LongToIntFunction atOnce, Runnable moved) {
    this.atOnce = atOnce;
    this.moved = moved;
  }

  /** Takes a place at the end of those who wait. */
  synchronized void enqueue(long run) {
    if (!waiting.contains(run)) {
      waiting.add(run);
    }
  }

  /**
   * Waits until it is this run's turn; {@link #give} must follow.
   *
   * @param giveUp is asked whenever something has changed; after {@link #wake}, for one
   * @return false if {@code giveUp} said so: the run no longer waits
   */
  boolean take(long run, BooleanSupplier giveUp) throws InterruptedException {
    boolean hasTurn = awaitTurn(run, giveUp);
    moved.run();
    return hasTurn;
  }

  private synchronized boolean awaitTurn(long run, BooleanSupplier giveUp)
      throws InterruptedException {
    enqueue(run);
    try {
      while (!giveUp.getAsBoolean()) {
        if (waiting.getFirst() == run && taken < atOnce.applyAsInt(run)) {
          taken++;
          return true;
        }
        wait();
      }
      return false;
    } finally {
      waiting.remove(run);
      notifyAll();
    }
  }

  /** The run that had a turn needs it no more. */
  synchronized void give() {
    taken--;
    notifyAll();
  }

  /** Lets those who wait ask again whether they still want to. */
  synchronized void wake() {
    notifyAll();
  }

  /** From 1; 0 if the run does not wait. */
  synchronized int position(long run) {
    return waiting.indexOf(run) + 1;
  }

  /** The runs that wait, in their order. */
  synchronized List<Long> waiting() {
    return List.copyOf(waiting);
  }
}
