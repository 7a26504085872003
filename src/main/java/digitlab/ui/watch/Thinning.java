package digitlab.ui.watch;

import java.util.BitSet;

/**
 * Fewer points for a chart, without losing an extreme: of each stretch of points those stay at
 * which some series has its least or its most.
 */
final class Thinning {
  private Thinning() {}

  /**
   * The numbers of the points that stay, in order; the first and the last always do.
   *
   * @param series (series, points); what is no number is passed over
   * @param most how many points may stay, at least as many as two for each series
   */
  static int[] keep(double[][] series, int most) {
    int points = series[0].length;
    BitSet kept = new BitSet(points);
    if (points <= most) {
      kept.set(0, points);
      return kept.stream().toArray();
    }
    int stretches = Math.max(1, (most - 2) / (2 * series.length));
    kept.set(0);
    kept.set(points - 1);
    for (int s = 0; s < stretches; s++) {
      int from = (int) ((long) points * s / stretches);
      int to = (int) ((long) points * (s + 1) / stretches);
      for (double[] values : series) {
        keepExtremes(values, from, to, kept);
      }
    }
    return kept.stream().toArray();
  }

  private static void keepExtremes(double[] values, int from, int to, BitSet kept) {
    int least = -1;
    int most = -1;
    for (int i = from; i < to; i++) {
      if (Double.isFinite(values[i])) {
        least = least < 0 || values[i] < values[least] ? i : least;
        most = most < 0 || values[i] > values[most] ? i : most;
      }
    }
    if (least >= 0) {
      kept.set(least);
      kept.set(most);
    }
  }
}
