package digitlab.data;

import digitlab.math.Functions;
import digitlab.math.Rng;
import java.util.Arrays;

/**
 * A random number for each pixel that changes smoothly from one to the next: how far an elastic
 * distortion moves them. Random numbers in [−1, 1) for all pixels are smoothed by a Gaussian and
 * multiplied by α (Simard, Steinkraus, Platt 2003, section 2).
 *
 * <p>What is so smooth is known well enough at every second pixel of every second line; those in
 * between get the mean of their neighbours. Not thread-safe: it has scratch memory.
 */
public final class SmoothField {
  /** The smoothness of elastic distortions in pixels. */
  static final int SIGMA = 4;

  private static final int SPACING = 2;

  private final int width;
  private final int height;
  private final int columns; // points, SPACING pixels apart
  private final int lines;
  private final int reach; // of the Gaussian, in points
  private final int stride; // from one line of points to the next: columns, and a gap of reach
  private final float[] gaussian;
  private final float strength;
  private final float[] rough; // (lines, stride) behind reach
  private final float[] smoothLines;
  private final float[] smooth;

  /**
   * @param sigma of the Gaussian, in pixels
   */
  SmoothField(int width, int height, int sigma, double alpha) {
    this.width = width;
    this.height = height;
    columns = points(width);
    lines = points(height);
    reach = 3 * sigma / SPACING;
    stride = columns + reach;
    gaussian = new float[2 * reach + 1];
    float sum = 0;
    float squares = 0;
    for (int i = -reach; i <= reach; i++) {
      float distance = (float) i * SPACING / sigma;
      float weight = (float) Functions.exp(-0.5 * distance * distance);
      gaussian[i + reach] = weight;
      sum += weight;
      squares += weight * weight;
    }
    for (int i = 0; i < gaussian.length; i++) {
      gaussian[i] /= sum;
    }
    // the mean of fewer numbers strays further: by the ratio of the sums of squared weights
    double squaresOfAll = 0.5 / (sigma * Math.sqrt(Math.PI));
    strength = (float) (alpha * squaresOfAll * sum * sum / squares);
    rough = new float[lines * stride + 2 * reach];
    smoothLines = new float[rough.length];
    smooth = new float[rough.length];
  }

  /** An elastic distortion of strength α. */
  public SmoothField(int width, int height, double alpha) {
    this(width, height, SIGMA, alpha);
  }

  /** How many points there are along so many pixels. */
  public static int points(int pixels) {
    return pixels / SPACING + 1;
  }

  /** The weights of a point's neighbours, from one side to the other, which add up to 1. */
  public float[] gaussian() {
    return gaussian.clone();
  }

  /** What rough numbers in [−1, 1) are multiplied with before they are smoothed. */
  public float strength() {
    return strength;
  }

  /** Writes a new field to {@code into} (height, width). */
  void draw(Rng rng, float[] into) {
    for (int line = 0; line < lines; line++) {
      for (int column = 0; column < columns; column++) {
        rough[reach + line * stride + column] = (2 * rng.nextFloat() - 1) * strength;
      }
    }
    smooth(rough, smoothLines, 1);
    smooth(smoothLines, smooth, stride);
    for (int line = 0; line < height; line++) {
      int above = reach + line / SPACING * stride;
      int below = above + line % SPACING * stride;
      for (int column = 0; column < width; column++) {
        int left = column / SPACING;
        int right = left + column % SPACING;
        into[line * width + column] =
            (smooth[above + left]
                    + smooth[above + right]
                    + smooth[below + left]
                    + smooth[below + right])
                / 4;
      }
    }
  }

  /**
   * Smooths; neighbours lie {@code step} apart. The loop runs along the whole field for each
   * distance, so that the JIT compiler vectorises it: the gap between two lines, which holds zeros,
   * is wide enough that nothing comes over from one to the other.
   */
  private void smooth(float[] from, float[] to, int step) {
    Arrays.fill(to, 0);
    int end = from.length - reach;
    for (int distance = -reach; distance <= reach; distance++) {
      float weight = gaussian[distance + reach];
      int shift = distance * step;
      int first = reach + shift < 0 ? -shift : reach;
      int last = end + shift > from.length ? from.length - shift : end;
      for (int i = first; i < last; i++) {
        to[i] += weight * from[i + shift];
      }
    }
  }
}
