package digitlab.data;

import digitlab.ink.Rasterizer;
import digitlab.ink.Stroke;
import digitlab.math.Functions;
import digitlab.math.Rng;
import java.util.ArrayList;
import java.util.List;

/**
 * Pen digits without any data: picks one of the {@link PenStyles}, moves its points a little,
 * slants, stretches and turns it as a hand would, and draws it with our own {@link Rasterizer}. The
 * same seed gives the same digits on every platform.
 */
public final class StrokeGenerator {
  /** What the data set is called. */
  public static final String NAME = "pen digits";

  private static final int POINTS_PER_CURVE = 8;

  private final List<List<List<List<PenStyles.Point>>>> styles = PenStyles.all();
  private final Rng rng;

  public StrokeGenerator(long seed) {
    rng = Rng.named(seed, "pen digits");
  }

  /** {@code size} digits, each of the ten as often as the others, in random order. */
  public Dataset dataset(int size) {
    byte[] pixels = new byte[size * Rasterizer.PIXELS];
    byte[] labels = new byte[size];
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i % 10;
    }
    rng.shuffle(order);
    for (int i = 0; i < size; i++) {
      labels[i] = (byte) order[i];
      byte[] image = new Rasterizer((float) rng.nextDouble(0.75, 1.75)).raster(draw(order[i]));
      System.arraycopy(image, 0, pixels, i * Rasterizer.PIXELS, Rasterizer.PIXELS);
    }
    return new Dataset(NAME, Rasterizer.SIDE, Rasterizer.SIDE, 10, pixels, labels);
  }

  /** The strokes of one digit, as a new hand writes it. */
  public List<Stroke> draw(int digit) {
    List<List<List<PenStyles.Point>>> choices = styles.get(digit);
    List<List<PenStyles.Point>> style = choices.get(rng.nextInt(choices.size()));
    Hand hand = Hand.any(rng);
    List<Stroke> strokes = new ArrayList<>();
    for (List<PenStyles.Point> stroke : style) {
      double driftX = 0.04 * rng.nextGaussian();
      double driftY = 0.04 * rng.nextGaussian();
      List<PenStyles.Point> moved = new ArrayList<>();
      for (PenStyles.Point point : stroke) {
        double x = point.x() - 0.5 + driftX + hand.wobble * rng.nextGaussian();
        double y = point.y() - 0.7 + driftY + hand.wobble * rng.nextGaussian();
        moved.add(hand.place(x, y, point.corner()));
      }
      strokes.add(curve(moved));
    }
    return strokes;
  }

  /**
   * How one hand deforms what it writes; for a point around the middle of the digit.
   *
   * @param wobble how far points stray
   * @param taper how much wider the bottom is than the top
   * @param sag how far the middle lies below its place
   * @param bow how far the middle lies to the right
   */
  private record Hand(
      double wobble,
      double width,
      double taper,
      double sag,
      double bow,
      double slant,
      double cos,
      double sin) {
    static Hand any(Rng rng) {
      double angle = 0.12 * rng.nextGaussian();
      return new Hand(
          rng.nextDouble(0.01, 0.09),
          rng.nextDouble(0.6, 1.6),
          0.3 * rng.nextGaussian(),
          0.12 * rng.nextGaussian(),
          0.12 * rng.nextGaussian(),
          0.22 + 0.3 * rng.nextGaussian(),
          Functions.cos(angle),
          Functions.sin(angle));
    }

    PenStyles.Point place(double x, double y, boolean corner) {
      double fromMiddle = 1 - y * y / 0.49;
      double wide = x * width * (1 + taper * y) + bow * fromMiddle - slant * y;
      double high = y + sag * fromMiddle;
      return new PenStyles.Point(cos * wide - sin * high, sin * wide + cos * high, corner);
    }
  }

  /** A Catmull–Rom spline through the points, in parts that end at corners. */
  private static Stroke curve(List<PenStyles.Point> points) {
    int last = points.size() - 1;
    float[] xs = new float[last * POINTS_PER_CURVE + 1];
    float[] ys = new float[xs.length];
    xs[0] = (float) points.getFirst().x();
    ys[0] = (float) points.getFirst().y();
    int at = 1;
    for (int i = 0; i < last; i++) {
      PenStyles.Point from = points.get(i);
      PenStyles.Point to = points.get(i + 1);
      PenStyles.Point before = i == 0 || from.corner() ? from : points.get(i - 1);
      PenStyles.Point after = i + 1 == last || to.corner() ? to : points.get(i + 2);
      for (int k = 1; k <= POINTS_PER_CURVE; k++) {
        double t = (double) k / POINTS_PER_CURVE;
        xs[at] = (float) spline(before.x(), from.x(), to.x(), after.x(), t);
        ys[at] = (float) spline(before.y(), from.y(), to.y(), after.y(), t);
        at++;
      }
    }
    return new Stroke(xs, ys);
  }

  private static double spline(double before, double from, double to, double after, double t) {
    double slopeFrom = (to - before) / 2;
    double slopeTo = (after - from) / 2;
    double a = 2 * from - 2 * to + slopeFrom + slopeTo;
    double b = -3 * from + 3 * to - 2 * slopeFrom - slopeTo;
    return ((a * t + b) * t + slopeFrom) * t + from;
  }
}
