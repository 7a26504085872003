package digitlab.datasets;

/** Brings images of any size and orientation into ours. */
final class Pictures {
  private Pictures() {}

  /** All images of a file as (count, side, side). */
  static byte[] prepared(UploadedFile file, int side, Upload.Corrections corrections) {
    byte[] from = file.pixels();
    boolean asTheyAre =
        file.width() == side
            && file.height() == side
            && !corrections.transpose()
            && !corrections.invert();
    if (asTheyAre) {
      return from;
    }
    byte[] to = new byte[file.count() * side * side];
    float[] image = new float[file.width() * file.height()];
    for (int n = 0; n < file.count(); n++) {
      int at = n * image.length;
      for (int i = 0; i < image.length; i++) {
        int value = from[at + i] & 255;
        image[i] = corrections.invert() ? 255 - value : value;
      }
      scale(image, file.width(), file.height(), to, n * side * side, side, corrections.transpose());
    }
    return to;
  }

  /**
   * Scales by area: each new pixel is the mean of what it covers of the old ones, so that thin
   * lines neither vanish nor change their weight.
   */
  private static void scale(
      float[] image, int width, int height, byte[] to, int at, int side, boolean transpose) {
    double stepX = (double) width / side;
    double stepY = (double) height / side;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double mean =
            area(image, width, height, x * stepX, (x + 1) * stepX, y * stepY, (y + 1) * stepY);
        to[at + (transpose ? x * side + y : y * side + x)] = (byte) Math.round(mean);
      }
    }
  }

  private static double area(
      float[] image, int width, int height, double left, double right, double top, double bottom) {
    double sum = 0;
    double covered = 0;
    for (int y = (int) top; y < Math.min(height, Math.ceil(bottom)); y++) {
      double tall = Math.min(bottom, y + 1) - Math.max(top, y);
      for (int x = (int) left; x < Math.min(width, Math.ceil(right)); x++) {
        double share = tall * (Math.min(right, x + 1) - Math.max(left, x));
        sum += share * image[y * width + x];
        covered += share;
      }
    }
    return sum / covered;
  }
}
