package digitlab.ui.inside;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Numbers on their way to a picture in the browser: a byte each, which is more than an eye sees.
 */
final class Cells {
  private Cells() {}

  /** An image: 0 is black, 255 is white. */
  static String image(byte[] pixels) {
    return Base64.getEncoder().encodeToString(pixels);
  }

  /** Signed numbers in proportion to {@code most}, which gets the full colour. */
  static String signed(float[] values, double most) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      double share = most > 0 ? values[i] / most : 0;
      bytes[i] = (byte) Math.round(127 * Math.clamp(share, -1, 1));
    }
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * What nearly all values (99 %) stay below: where a few are much larger than the rest, the rest
   * can still be seen.
   */
  static double nearlyMost(List<float[]> all) {
    float[] sizes = new float[all.stream().mapToInt(values -> values.length).sum()];
    int n = 0;
    for (float[] values : all) {
      for (float value : values) {
        sizes[n++] = Math.abs(value);
      }
    }
    Arrays.sort(sizes);
    return n == 0 ? 0 : sizes[(int) (0.99 * (n - 1))];
  }

  /** The largest size of all values. */
  static double most(float[] values) {
    double most = 0;
    for (float value : values) {
      most = Math.max(most, Math.abs(value));
    }
    return most;
  }
}
