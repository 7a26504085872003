package digitlab.jobs;

import digitlab.net.EngineSettings;
import digitlab.net.LayerSpec;

/** Whether a training fits into Java's memory: said before it starts, not after an hour. */
final class MemoryCheck {
  private static final int FLOATS_PER_MEGABYTE = 1 << 18;
  private static final int MOST_ROWS = 1024; // larger batches are worked on in pieces

  private MemoryCheck() {}

  /**
   * Counts what any engine needs at least.
   *
   * @throws IllegalArgumentException with the sum, if that is more than Java may use
   */
  static void check(EngineSettings settings) {
    check(settings, Runtime.getRuntime().maxMemory() >> 20);
  }

  static void check(EngineSettings settings, long megabytes) {
    long parameters = settings.network().parameterCount();
    int copies =
        2 + settings.optimizer().slots(); // the parameters, their gradient, the optimiser's
    long neurons = settings.network().inputs();
    for (LayerSpec layer : settings.network().layers()) {
      neurons += 2L * layer.neurons(); // outputs and deltas
    }
    long rows = Math.min(MOST_ROWS, settings.batchSize());
    long training = (parameters * copies) / FLOATS_PER_MEGABYTE + 1;
    long batch = (rows * neurons) / FLOATS_PER_MEGABYTE + 1;
    if (training + batch > megabytes) {
      throw new IllegalArgumentException(
          "The training needs at least "
              + (training + batch)
              + " MB: "
              + parameters
              + " parameters "
              + copies
              + " times over make "
              + training
              + " MB, a batch of "
              + rows
              + " images "
              + batch
              + " MB. Java may use "
              + megabytes
              + " MB. Make the network or the batches smaller, or give it more: java -Xmx8g …");
    }
  }
}
