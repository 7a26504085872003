package digitlab.bench;

import java.util.List;

/**
 * Several measurements of one thing.
 *
 * @param p10 a tenth of them lie below
 * @param p90 a tenth of them lie above
 */
public record Spread(double median, double p10, double p90) {
  static Spread of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Spread(at(sorted, 0.5), at(sorted, 0.1), at(sorted, 0.9));
  }

  /** The value below which this share lies, between two measurements on the straight line. */
  private static double at(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  double[] range() {
    return new double[] {p10, p90};
  }
}
