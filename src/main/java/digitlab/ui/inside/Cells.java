package digitlab.ui.inside;

import java.util.Base64;

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

  /** The largest size of all values. */
  static double most(float[] values) {
    double most = 0;
    for (float value : values) {
      most = Math.max(most, Math.abs(value));
    }
    return most;
  }
}
