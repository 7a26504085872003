package digitlab.train;

/** Why a training is over. */
public enum Outcome {
  /** All epochs of the plan are done. */
  EPOCHS_DONE,
  /** The loss no longer fell: {@link Stopping}. */
  LOSS_FLAT,
  /** The loss became infinite or no number at all; the network is of no use. */
  DIVERGED
}
