package digitlab.compare;

import digitlab.experiment.EpochRecord;
import digitlab.text.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One plan trained on two engines, turn and turn about, from the same parameters with the same
 * batches: as far as it has come.
 *
 * @param ours the engine that trains here usually
 * @param theirs the one to compare with
 * @param differences of their parameters, after the first steps and after each epoch
 * @param steps done by both
 * @param disturbed whether other trainings were going on: then the times are not to be trusted
 */
public record EngineComparison(
    Side ours,
    Side theirs,
    List<Difference> differences,
    long steps,
    long allSteps,
    boolean disturbed) {
  /**
   * What one engine did.
   *
   * @param seconds spent on steps, without validation
   * @param testAccuracy null as long as it trains
   */
  public record Side(
      String engine,
      Message description,
      int threads,
      double seconds,
      double imagesPerSecond,
      List<EpochRecord> epochs,
      @Nullable Double testAccuracy,
      @Nullable Double testLoss) {}

  /**
   * How far the parameters of both are apart after so many steps.
   *
   * @param largest of all parameters, absolute
   * @param relative root of the mean square, as a share of the parameters' own
   */
  public record Difference(long step, int epoch, double largest, double relative) {
    /** Compares two sets of numbers of one network. */
    public static Difference of(long step, int epoch, float[] one, float[] other) {
      double largest = 0;
      double squares = 0;
      double size = 0;
      for (int i = 0; i < one.length; i++) {
        double difference = Math.abs((double) one[i] - other[i]);
        largest = Math.max(largest, difference);
        squares += difference * difference;
        size += (double) one[i] * one[i];
      }
      return new Difference(
          step, epoch, largest, size == 0 ? Math.sqrt(squares) : Math.sqrt(squares / size));
    }
  }

  public boolean isDone() {
    return ours.testAccuracy() != null && theirs.testAccuracy() != null;
  }
}
