package digitlab.net;

/**
 * All that the next step of an engine depends on: the parameters, what the optimiser remembers, and
 * how many steps were made. Scratch memory for {@link Engine#save(TrainingState)}; not thread-safe.
 */
public final class TrainingState {
  private final Parameters parameters;
  private final float[][] slots; // (slots of the optimiser, parameters)
  private long steps;
  private boolean complete;

  /** All zero. */
  public TrainingState(NetworkSpec network, Optimizer optimizer) {
    parameters = new Parameters(network);
    slots = new float[optimizer.slots()][parameters.values().length];
  }

  public Parameters parameters() {
    return parameters;
  }

  /** What the optimiser remembers, in the order of {@link Parameters#values}: the arrays itself. */
  public float[][] slots() {
    return slots;
  }

  public long steps() {
    return steps;
  }

  /** Whether {@link #slots} and {@link #steps} are known; if not, an optimiser begins anew. */
  public boolean isComplete() {
    return complete;
  }

  /** Says that the slots are filled, after so many steps. */
  public void complete(long stepsMade) {
    steps = stepsMade;
    complete = true;
  }
}
