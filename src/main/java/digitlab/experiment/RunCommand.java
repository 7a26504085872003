package digitlab.experiment;

/** What people may want of a run that goes on. */
public enum RunCommand {
  PLAY,
  /** Holds it where it is; others may train meanwhile. */
  PAUSE,
  /** One batch, then a pause. */
  STEP,
  /** To the end of the epoch, then a pause. */
  EPOCH,
  /** Ends it; what it learned is kept, and it can go on later. */
  STOP
}
