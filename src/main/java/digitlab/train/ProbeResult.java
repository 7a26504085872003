package digitlab.train;

import java.util.List;

/**
 * What a {@link Probe} saw.
 *
 * @param step after how many steps
 * @param loss of the probe's images, the mean
 * @param accuracy likewise, 0…1
 * @param layers the first hidden layer first
 */
public record ProbeResult(long step, double loss, double accuracy, List<LayerHealth> layers) {
  /** Above this the next multiplication or square may be too large for a float. */
  private static final double NEAR_OVERFLOW = 1e15;

  public ProbeResult {
    layers = List.copyOf(layers);
  }

  /** The first layer, from 0, whose numbers are too large to be numbers, or nearly; −1 if none. */
  public int firstBroken() {
    for (int l = 0; l < layers.size(); l++) {
      Histogram outputs = layers.get(l).outputs();
      double largest = Math.max(-outputs.low(), outputs.high());
      if (!layers.get(l).finite() || largest > NEAR_OVERFLOW) {
        return l;
      }
    }
    return -1;
  }
}
