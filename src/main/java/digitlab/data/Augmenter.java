package digitlab.data;

import digitlab.math.Functions;
import digitlab.math.Rng;
import digitlab.net.Images;

/**
 * Carries an {@link Augmentation} out on images of one size. Not thread-safe: it has scratch
 * memory.
 */
final class Augmenter {
  private final Augmentation augmentation;
  private final int width;
  private final int height;
  private final int stride; // of the source: the width and paper at either side
  private final float[] source; // (height, stride) with a line of paper above and below
  private final float[] asDrawn; // the same, before the lines grow or shrink
  private final SmoothField field;
  private final float[] moveX; // (height, width), zero without elastic distortion
  private final float[] moveY;

  Augmenter(Augmentation augmentation, int width, int height) {
    this.augmentation = augmentation;
    this.width = width;
    this.height = height;
    stride = width + 2;
    source = new float[stride * (height + 2)];
    asDrawn = new float[source.length];
    field = new SmoothField(width, height, augmentation.elastic());
    moveX = new float[width * height];
    moveY = new float[width * height];
  }

  /**
   * Writes image {@code number} of {@code from}, changed, to {@code into} at {@code row}. Each
   * pixel fetches its value from where the change leads back.
   */
  void apply(Images from, int number, Images into, int row, Rng rng) {
    read(from.pixels(), number * width * height);
    into.labels()[row] = from.labels()[number];
    double angle = symmetric(rng, augmentation.rotate()) * Math.PI / 180;
    double scaleX = 1 / (1 + symmetric(rng, augmentation.scale()));
    double scaleY = 1 / (1 + symmetric(rng, augmentation.scale()));
    double shear = symmetric(rng, augmentation.shear());
    double shiftX = symmetric(rng, augmentation.shift());
    double shiftY = symmetric(rng, augmentation.shift());
    double cos = Functions.cos(angle);
    double sin = Functions.sin(angle);
    if (augmentation.elastic() > 0) {
      field.draw(rng, moveX);
      field.draw(rng, moveY);
    }
    if (augmentation.thickness() > 0) {
      thicken((float) symmetric(rng, augmentation.thickness()));
    }
    double middleX = (width - 1) / 2.0;
    double middleY = (height - 1) / 2.0;
    byte[] pixels = into.pixels();
    int to = row * width * height;
    for (int line = 0; line < height; line++) {
      for (int column = 0; column < width; column++) {
        int at = line * width + column;
        double x = column - middleX - shiftX + moveX[at];
        double y = line - middleY - shiftY + moveY[at];
        double sheared = x + shear * y;
        double sourceX = (cos * sheared + sin * y) * scaleX + middleX;
        double sourceY = (cos * y - sin * sheared) * scaleY + middleY;
        pixels[to + at] = (byte) (int) (sample((float) sourceX, (float) sourceY) + 0.5f);
      }
    }
  }

  private void read(byte[] pixels, int from) {
    for (int line = 0; line < height; line++) {
      for (int column = 0; column < width; column++) {
        source[at(column, line)] = pixels[from + line * width + column] & 255;
      }
    }
  }

  private int at(int column, int line) {
    return (line + 1) * stride + column + 1;
  }

  private static double symmetric(Rng rng, double most) {
    return most == 0 ? 0 : rng.nextDouble(-most, most);
  }

  /**
   * Moves the edges of lines outwards by {@code pixels}, inwards below 0: each pixel goes that part
   * of the way to the darkest, or the lightest, of its four neighbours and itself.
   */
  private void thicken(float pixels) {
    System.arraycopy(source, 0, asDrawn, 0, source.length);
    float sign = pixels < 0 ? -1 : 1;
    float share = sign * pixels;
    for (int line = 0; line < height; line++) {
      for (int at = at(0, line); at < at(width, line); at++) {
        float own = sign * asDrawn[at];
        float most = larger(own, larger(sign * asDrawn[at - 1], sign * asDrawn[at + 1]));
        most = larger(most, larger(sign * asDrawn[at - stride], sign * asDrawn[at + stride]));
        source[at] = sign * (own + share * (most - own));
      }
    }
  }

  private static float larger(float a, float b) {
    return a > b ? a : b;
  }

  /** Bilinear interpolation; paper beyond the edges. */
  private float sample(float x, float y) {
    int left = floor(x);
    int top = floor(y);
    if (left < -1 || left >= width || top < -1 || top >= height) {
      return 0;
    }
    float right = x - left;
    float below = y - top;
    int at = at(left, top);
    return (1 - below) * ((1 - right) * source[at] + right * source[at + 1])
        + below * ((1 - right) * source[at + stride] + right * source[at + stride + 1]);
  }

  private static int floor(float x) {
    int truncated = (int) x;
    return x < truncated ? truncated - 1 : truncated;
  }
}
