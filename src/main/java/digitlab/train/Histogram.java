package digitlab.train;

/**
 * How numbers spread: their range in equal bins, and how many fall into each. Numbers that are not
 * finite have no place in it.
 *
 * @param low the lower end of the first bin
 * @param high the upper end of the last bin
 * @param counts (bins)
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Histogram(double low, double high, int[] counts) {
  public static final int BINS = 24;

  /** Of {@code count} numbers, from the least of them to the largest. */
  public static Histogram of(float[] values, int count) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      if (Float.isFinite(values[i])) {
        low = values[i] < low ? values[i] : low;
        high = values[i] > high ? values[i] : high;
      }
    }
    return low > high ? new Histogram(0, 0, new int[BINS]) : of(values, count, low, high);
  }

  /** Of {@code count} numbers, which lie between {@code low} and {@code high}. */
  public static Histogram of(float[] values, int count, double low, double high) {
    int[] counts = new int[BINS];
    double scale = high > low ? BINS / (high - low) : 0;
    for (int i = 0; i < count; i++) {
      if (Float.isFinite(values[i])) {
        int bin = (int) ((values[i] - low) * scale);
        counts[bin < 0 ? 0 : bin < BINS ? bin : BINS - 1]++;
      }
    }
    return new Histogram(low, high, counts);
  }
}
