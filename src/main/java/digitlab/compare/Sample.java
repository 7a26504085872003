package digitlab.compare;

import java.util.Arrays;
import java.util.Collection;

/**
 * A few values of the same quantity, from runs with different seeds.
 *
 * @param deviation the standard deviation, with n − 1; 0 for a single value
 */
public record Sample(int count, double mean, double deviation) {
  private static final double CONFIDENCE = 0.95;

  /**
   * Of at least one value.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Sample of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("A mean needs at least one value.");
    }
    double mean = Arrays.stream(values).sum() / values.length;
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return new Sample(
        values.length, mean, values.length == 1 ? 0 : Math.sqrt(squares / (values.length - 1)));
  }

  /** See {@link #of(double...)}. */
  public static Sample of(Collection<Double> values) {
    return of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * Half the width of the interval that holds the true mean with a confidence of 95 %, by Student's
   * t; infinite for a single value, which says nothing of chance.
   */
  public double halfWidth() {
    return count == 1
        ? Double.POSITIVE_INFINITY
        : StudentT.quantile(CONFIDENCE, count - 1) * deviation / Math.sqrt(count);
  }

  /** Whether zero lies within that interval: then no difference can be seen. */
  public boolean mayBeZero() {
    return Math.abs(mean) <= halfWidth();
  }
}
