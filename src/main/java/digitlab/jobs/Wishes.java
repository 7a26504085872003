package digitlab.jobs;

import digitlab.experiment.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * What people want of a run that goes on; the thread that trains looks here before each step.
 * Thread-safe.
 */
final class Wishes {
  private enum Mode {
    PLAY,
    PAUSE,
    /** Plays to the end of the epoch. */
    EPOCH
  }

  private Mode mode;
  private int steps; // single ones that were asked for
  private @Nullable Double rate;
  private @Nullable RunStatus end;
  private volatile boolean calm; // nothing to see to: train on

  /**
   * @param paused whether the run shall wait before its first step
   */
  Wishes(boolean paused) {
    mode = paused ? Mode.PAUSE : Mode.PLAY;
    calm = !paused;
  }

  private void changed() {
    calm = mode != Mode.PAUSE && end == null && rate == null;
    notifyAll();
  }

  synchronized void play() {
    mode = Mode.PLAY;
    changed();
  }

  synchronized void pause() {
    mode = Mode.PAUSE;
    steps = 0;
    changed();
  }

  /** One batch, then a pause. */
  synchronized void step() {
    mode = Mode.PAUSE;
    steps++;
    changed();
  }

  /** To the end of the epoch, then a pause. */
  synchronized void epoch() {
    mode = Mode.EPOCH;
    changed();
  }

  synchronized void epochEnded() {
    if (mode == Mode.EPOCH) {
      pause();
    }
  }

  synchronized void setRate(double wanted) {
    rate = wanted;
    changed();
  }

  /** The rate that was asked for since the last call; null if none was. */
  synchronized @Nullable Double takeRate() {
    Double wanted = rate;
    rate = null;
    changed();
    return wanted;
  }

  /**
   * The run shall end: {@link RunStatus#STOPPED} by a person, {@link RunStatus#INTERRUPTED} because
   * the server ends. The first one counts.
   */
  synchronized void end(RunStatus how) {
    end = end == null ? how : end;
    changed();
  }

  synchronized @Nullable RunStatus end() {
    return end;
  }

  synchronized boolean isPaused() {
    return mode == Mode.PAUSE;
  }

  /** Whether nothing has changed that needs seeing to; costs next to nothing. */
  boolean isCalm() {
    return calm;
  }

  synchronized boolean wantsStep() {
    return steps > 0;
  }

  /** Whether one more single step is wanted; it is taken off. */
  synchronized boolean takeStep() {
    if (steps == 0) {
      return false;
    }
    steps--;
    return true;
  }

  /**
   * Waits until something is wanted other than a pause.
   *
   * @param rateCounts whether another rate is reason enough
   */
  synchronized void awaitChange(boolean rateCounts) throws InterruptedException {
    while (mode == Mode.PAUSE && steps == 0 && end == null && !(rateCounts && rate != null)) {
      wait();
    }
  }
}
