package digitlab.data;

import digitlab.math.Functions;
import digitlab.math.Rng;
import digitlab.net.Images;

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
  private final float[] fieldX; // (height, width): how far each pixel moves
  private final float[] fieldY;
  private final float[] gaussian = new float[2 * REACH + 1];

  Augmenter(Augmentation augmentation, int width, int height) {
    this.augmentation = augmentation;
    this.width = width;
    this.height = height;
    source = new float[width * height];
    fieldX = new float[width * height];
    fieldY = new float[width * height];
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
    double middleX = (width - 1) / 2.0;
    double middleY = (height - 1) / 2.0;
    for (int line = 0; line < height; line++) {
      for (int column = 0; column < width; column++) {
        int at = line * width + column;
        double x = column - middleX - shiftX + (elastic ? fieldX[at] : 0);
        double y = line - middleY - shiftY + (elastic ? fieldY[at] : 0);
        double sheared = x + shear * y;
        double sourceX = (cos * sheared + sin * y) * scaleX + middleX;
        double sourceY = (cos * y - sin * sheared) * scaleY + middleY;
        into.pixels()[row * size + at] =
            (byte) (int) (sample((float) sourceX, (float) sourceY) + 0.5f);
      }
    }
  }

  private static double symmetric(Rng rng, double most) {
    return most == 0 ? 0 : rng.nextDouble(-most, most);
  }

  /** Random numbers in [−1, 1), smoothed by a Gaussian along rows, then along columns, times α. */
  private void fillField(float[] field, Rng rng) {
    float[] rough = new float[field.length];
    float[] rows = new float[field.length];
    for (int i = 0; i < rough.length; i++) {
      rough[i] = 2 * rng.nextFloat() - 1;
    }
    smooth(rough, rows, width, 1, height, width);
    smooth(rows, field, height, width, width, 1);
    for (int i = 0; i < field.length; i++) {
      field[i] *= (float) augmentation.elastic();
    }
  }

  /**
   * Smooths {@code lines} lines of {@code length} values: neighbours lie {@code step} apart, lines
   * {@code lineStep}.
   */
  private void smooth(float[] from, float[] to, int length, int step, int lines, int lineStep) {
    for (int line = 0; line < lines; line++) {
      for (int i = 0; i < length; i++) {
        int first = i - REACH < 0 ? 0 : i - REACH;
        int last = i + REACH > length - 1 ? length - 1 : i + REACH;
        float sum = 0;
        for (int j = first; j <= last; j++) {
          sum += gaussian[j - i + REACH] * from[line * lineStep + j * step];
        }
        to[line * lineStep + i * step] = sum;
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
