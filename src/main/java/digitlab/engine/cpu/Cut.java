package digitlab.engine.cpu;

import digitlab.net.NetworkSpec;

/**
 * How a step is cut into parts that threads can take. What is summed is the same whatever the
 * number of threads, and in the same order, so a run gives the same bits on one thread as on
 * several.
 *
 * <ul>
 *   <li>A narrow first layer (one or two vectors of neurons) is cut by its pixels: each part sums
 *       over its own, and the sums of all parts are added where the threads meet.
 *   <li>A wide one is cut by its neurons. The second layer is then cut by its inputs, which are
 *       those neurons; its sums are added where the threads meet.
 *   <li>What comes behind is small as a rule; each thread does it whole, on parameters of its own.
 * </ul>
 *
 * So no weight is written by two threads, and a step meets once.
 *
 * @param narrow whether the first layer is cut by its pixels
 * @param parts a power of two
 */
record Cut(boolean narrow, int parts) {
  private static final int MOST_PARTS = 8;

  /** Adding the parts' sums takes time, too: no more parts than pay for it. */
  private static final int COLUMNS_PER_PART = 256;

  static Cut of(NetworkSpec network) {
    Panels first = Panels.of(network.inputs(), network.layers().getFirst().neurons());
    if (first.vectors() <= 2 && first.count() == 1) {
      return new Cut(true, NonZeroPixels.PARTS);
    }
    if (network.layers().size() == 1) {
      return new Cut(false, 1);
    }
    int wanted = Math.clamp(first.columns() / COLUMNS_PER_PART, 2, MOST_PARTS);
    return new Cut(false, Integer.highestOneBit(Math.min(wanted, first.count())));
  }

  /** How many threads it pays to use, if {@code most} are allowed: a power of two. */
  int threads(int most) {
    return Integer.highestOneBit(Math.max(1, Math.min(most, parts)));
  }

  /** The layer whose sums are added where the threads meet. */
  int summedLayer() {
    return narrow || parts == 1 ? 0 : 1;
  }

  /** The first of {@code count} things that belong to part {@code part}. */
  int begin(int part, int count) {
    return count * part / parts;
  }
}
