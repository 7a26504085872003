package digitlab.net;

/**
 * Something that trains one network: plain Java, vectorised Java, a GPU, PyTorch. It owns the
 * parameters, so that they can stay where it computes. All engines give the same numbers but for
 * rounding; the contract test holds them to it.
 *
 * <p>Not thread-safe: one thread at a time.
 */
public interface Engine extends AutoCloseable {
  /**
   * Takes over these parameters and starts anew: the optimiser's memory is cleared, the next step
   * is the first.
   */
  void load(Parameters parameters);

  /**
   * Whether it changes images itself where a batch says so ({@link Batch#alteration}); others are
   * given images that were changed.
   */
  default boolean alters() {
    return false;
  }

  /** One step of the optimiser with this learning rate. Dropout is on. */
  StepResult step(Batch batch, float rate);

  /** Is told what came of steps, in their order. */
  interface Results {
    void accept(StepResult result);
  }

  /**
   * Takes a step on, without having to wait until it is done: an engine that works apart from this
   * thread takes many on. Tells what came of those that are done by now, perhaps none. The batch
   * may be selected again at once.
   */
  default void begin(Batch batch, float rate, Results results) {
    results.accept(step(batch, rate));
  }

  /** Waits for all steps that were taken on, and tells what came of them. */
  default void finish(Results results) {}

  /**
   * The gradient of the mean loss of this batch, without L2 and without dropout; changes nothing in
   * the engine.
   */
  void gradients(Batch batch, Parameters into);

  /**
   * The outputs of the network for each image, (rows, outputs), without dropout; and how right they
   * are. Changes nothing.
   */
  StepResult predict(Batch batch, float[] outputs);

  /** Copies the parameters as they are after all steps that were taken on. */
  void save(Parameters into);

  /**
   * Copies all that the next step depends on. An engine that keeps its optimiser's memory out of
   * reach leaves the state incomplete: that of the parameters alone.
   */
  default void save(TrainingState into) {
    save(into.parameters());
  }

  /**
   * Goes on from a state: the next step is what it would have been where the state was saved. From
   * an incomplete one the optimiser begins anew, as after {@link #load}.
   */
  default void resume(TrainingState from) {
    load(from.parameters());
  }

  /** Frees what the engine holds. */
  @Override
  void close();
}
