package digitlab.net;

/**
 * All that an engine must know before it can train.
 *
 * @param l2 weight decay, see {@link Optimizer}
 * @param batchSize the largest number of images in one step
 * @param seed of dropout; initial parameters are made with {@link Parameters#initial} and loaded
 */
public record EngineSettings(
    NetworkSpec network, Loss loss, Optimizer optimizer, double l2, int batchSize, long seed) {
  /** Settings for looking only: predictions and gradients. */
  public static EngineSettings forInference(NetworkSpec network, Loss loss, int batchSize) {
    return new EngineSettings(network, loss, new Optimizer.Sgd(), 0, batchSize, 0);
  }

  /**
   * For engines, before they look at a batch.
   *
   * @throws IllegalArgumentException if the network can't read these images, or there is none
   */
  public void checkFit(Batch batch) {
    if (batch.rows() == 0) {
      throw new IllegalArgumentException("The batch is empty; a step needs at least one image.");
    }
    if (batch.inputs() != network.inputs()) {
      throw new IllegalArgumentException(
          "The batch has images of "
              + batch.inputs()
              + " pixels; the network "
              + network.shape()
              + " expects "
              + network.inputs()
              + ". Rasterise or scale the images first.");
    }
  }
}
