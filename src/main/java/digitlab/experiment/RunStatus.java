package digitlab.experiment;

/** Where a run stands. */
public enum RunStatus {
  /** Waits for its turn. */
  QUEUED,
  RUNNING,
  /** Held by a person; it can go on at any step. */
  PAUSED,
  /** Reached the end that its plan has. */
  DONE,
  /** Was stopped by a person; what it learned so far is kept. */
  STOPPED,
  /** Could not go on; its note says why. */
  FAILED,
  /** Servers ended in the middle of it, time and again; a person can let it go on. */
  INTERRUPTED;

  /** Whether it is over, for better or worse. */
  public boolean isOver() {
    return this != QUEUED && this != RUNNING && this != PAUSED;
  }
}
