package digitlab.train;

import java.util.Arrays;

/**
 * A value for every step, thinned out as it grows, so that millions of steps can be drawn: steps
 * are gathered in buckets of equal width, each with mean, least and most, so that no peak is lost.
 * When there are {@link #MOST_BUCKETS}, neighbours are joined and the width doubles. Not
 * thread-safe.
 */
public final class Curve {
  public static final int MOST_BUCKETS = 1024;

  private final float[] mean = new float[MOST_BUCKETS];
  private final float[] least = new float[MOST_BUCKETS];
  private final float[] most = new float[MOST_BUCKETS];
  private int buckets;
  private int width = 1;

  // the bucket that is being filled
  private int filled;
  private double sum;
  private float low;
  private float high;

  /** Without any steps. */
  public Curve() {}

  /** Goes on where {@link #all} was asked for, behind its last full bucket. */
  public Curve(Part full) {
    buckets = full.mean().length;
    width = full.width();
    System.arraycopy(full.mean(), 0, mean, 0, buckets);
    System.arraycopy(full.least(), 0, least, 0, buckets);
    System.arraycopy(full.most(), 0, most, 0, buckets);
  }

  public void add(float value) {
    low = filled == 0 || value < low ? value : low;
    high = filled == 0 || value > high ? value : high;
    sum += value;
    filled++;
    if (filled == width) {
      mean[buckets] = (float) (sum / width);
      least[buckets] = low;
      most[buckets] = high;
      buckets++;
      filled = 0;
      sum = 0;
      if (buckets == MOST_BUCKETS) {
        halve();
      }
    }
  }

  private void halve() {
    for (int i = 0; i < MOST_BUCKETS / 2; i++) {
      mean[i] = (mean[2 * i] + mean[2 * i + 1]) / 2;
      least[i] = Math.min(least[2 * i], least[2 * i + 1]);
      most[i] = Math.max(most[2 * i], most[2 * i + 1]);
    }
    buckets /= 2;
    width *= 2;
  }

  /**
   * A copy of some full buckets, for a chart that already has others.
   *
   * @param width steps in each bucket
   * @param from the number of the first bucket, from 0; its last step is {@code (from + 1) · width}
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  public record Part(int width, int from, float[] mean, float[] least, float[] most) {
    /** The last step of the last bucket. */
    public long lastStep() {
      return (long) width * (from + mean.length);
    }
  }

  /**
   * The buckets that a chart lacks which has {@code have} of them, {@code widthThere} steps wide:
   * all, if the width is another now, or fewer are left because the training went back.
   */
  public Part missing(int widthThere, int have) {
    int from = widthThere == width && have <= buckets ? have : 0;
    return new Part(
        width,
        from,
        Arrays.copyOfRange(mean, from, buckets),
        Arrays.copyOfRange(least, from, buckets),
        Arrays.copyOfRange(most, from, buckets));
  }

  /** All full buckets. */
  public Part all() {
    return missing(0, 0);
  }
}
