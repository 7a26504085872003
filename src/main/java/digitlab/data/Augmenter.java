package digitlab.data;

import digitlab.math.Functions;
import digitlab.math.Rng;
import digitlab.net.Images;
import java.util.Arrays;

/**
 * Carries an {@link Augmentation} out on images of one size. Not thread-safe: it has scratch
 * memory.
 */
final class Augmenter {
  /** The smoothness of elastic distortions in pixels. */
  static final int SIGMA = 4;

  private static final int REACH = 3 * SIGMA;

  private final Augmentation augmentation;
  private final int width;
  private final int height;
  private final float[] source; // (height, width)
  private final float[] asDrawn; // (height, width), before the lines grow or shrink
  private final int stride; // from one line of a field to the next: the width and a gap of REACH
  private final float[] fieldX; // (height, stride) behind REACH: how far each pixel moves
  private final float[] fieldY;
  private final float[] rough;
  private final float[] smoothLines;
  private final float[] gaussian = new float[2 * REACH + 1];

  Augmenter(Augmentation augmentation, int width, int height) {
    this.augmentation = augmentation;
    this.width = width;
    this.height = height;
    source = new float[width * height];
    asDrawn = new float[width * height];
    stride = width + REACH;
    fieldX = new float[height * stride + 2 * REACH];
    fieldY = new float[fieldX.length];
    rough = new float[fieldX.length];
    smoothLines = new float[fieldX.length];
    float sum = 0;
    for (int i = -REACH; i <= REACH; i++) {
      gaussian[i + REACH] = (float) Functions.exp(-0.5 * i * i / (SIGMA * SIGMA));
      sum += gaussian[i + REACH];
    }
    for (int i = 0; i < gaussian.length; i++) {
      gaussian[i] /= sum;
    }
  }

  /**
   * Writes image {@code number} of {@code from}, changed, to {@code into} at {@code row}. Each
   * pixel fetches its value from where the change leads back.
   */
  void apply(Images from, int number, Images into, int row, Rng rng) {
    int size = width * height;
    for (int i = 0; i < size; i++) {
      source[i] = from.pixels()[number * size + i] & 255;
    }
    into.labels()[row] = from.labels()[number];
    double angle = symmetric(rng, augmentation.rotate()) * Math.PI / 180;
    double scaleX = 1 / (1 + symmetric(rng, augmentation.scale()));
    double scaleY = 1 / (1 + symmetric(rng, augmentation.scale()));
    double shear = symmetric(rng, augmentation.shear());
    double shiftX = symmetric(rng, augmentation.shift());
    double shiftY = symmetric(rng, augmentation.shift());
    double cos = Functions.cos(angle);
    double sin = Functions.sin(angle);
    boolean elastic = augmentation.elastic() > 0;
    if (elastic) {
      fillField(fieldX, rng);
      fillField(fieldY, rng);
    }
    if (augmentation.thickness() > 0) {
      thicken((float) symmetric(rng, augmentation.thickness()));
    }
    double middleX = (width - 1) / 2.0;
    double middleY = (height - 1) / 2.0;
    for (int line = 0; line < height; line++) {
      for (int column = 0; column < width; column++) {
        int at = REACH + line * stride + column;
        double x = column - middleX - shiftX + (elastic ? fieldX[at] : 0);
        double y = line - middleY - shiftY + (elastic ? fieldY[at] : 0);
        double sheared = x + shear * y;
        double sourceX = (cos * sheared + sin * y) * scaleX + middleX;
        double sourceY = (cos * y - sin * sheared) * scaleY + middleY;
        into.pixels()[row * size + line * width + column] =
            (byte) (int) (sample((float) sourceX, (float) sourceY) + 0.5f);
      }
    }
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
    for (int line = 0; line < height; line++) {
      for (int column = 0; column < width; column++) {
        int at = line * width + column;
        float own = sign * asDrawn[at];
        float most = own;
        most = larger(most, column > 0 ? sign * asDrawn[at - 1] : own);
        most = larger(most, column < width - 1 ? sign * asDrawn[at + 1] : own);
        most = larger(most, line > 0 ? sign * asDrawn[at - width] : own);
        most = larger(most, line < height - 1 ? sign * asDrawn[at + width] : own);
        source[at] += pixels * (most - own);
      }
    }
  }

  private static float larger(float a, float b) {
    return a > b ? a : b;
  }

  /** Random numbers in [−1, 1), smoothed by a Gaussian along lines, then along columns, times α. */
  private void fillField(float[] field, Rng rng) {
    for (int line = 0; line < height; line++) {
      for (int column = 0; column < width; column++) {
        rough[REACH + line * stride + column] = 2 * rng.nextFloat() - 1;
      }
    }
    smooth(rough, smoothLines, 1);
    smooth(smoothLines, field, stride);
    for (int i = 0; i < field.length; i++) {
      field[i] *= (float) augmentation.elastic();
    }
  }

  /**
   * Smooths a field; neighbours lie {@code step} apart. The loop runs along the whole field for
   * each distance, so that the JIT compiler vectorises it: the gap between two lines, which holds
   * zeros, is wide enough that nothing comes over from one to the other.
   */
  private void smooth(float[] from, float[] to, int step) {
    Arrays.fill(to, 0);
    int end = from.length - REACH;
    for (int distance = -REACH; distance <= REACH; distance++) {
      float weight = gaussian[distance + REACH];
      int shift = distance * step;
      int first = REACH + shift < 0 ? -shift : REACH;
      int last = end + shift > from.length ? from.length - shift : end;
      for (int i = first; i < last; i++) {
        to[i] += weight * from[i + shift];
      }
    }
  }

  /** Bilinear interpolation; paper beyond the edges. */
  private float sample(float x, float y) {
    int left = floor(x);
    int top = floor(y);
    float right = x - left;
    float below = y - top;
    return (1 - below) * ((1 - right) * pixel(left, top) + right * pixel(left + 1, top))
        + below * ((1 - right) * pixel(left, top + 1) + right * pixel(left + 1, top + 1));
  }

  private static int floor(float x) {
    int truncated = (int) x;
    return x < truncated ? truncated - 1 : truncated;
  }

  private float pixel(int column, int line) {
    boolean inside = column >= 0 && column < width && line >= 0 && line < height;
    return inside ? source[line * width + column] : 0;
  }
}
