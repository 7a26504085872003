package digitlab.datasets;

import digitlab.train.DataChoice;
import java.time.Instant;

/**
 * A data set that somebody brought along.
 *
 * @param training how many images there are to train on
 * @param test how many to test with
 */
public record OwnSet(
    String name, Instant created, int width, int height, int classes, int training, int test) {
  /** How a plan asks for it. */
  public DataChoice choice() {
    return DataChoice.own(name);
  }
}
