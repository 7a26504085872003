package digitlab.data;

import digitlab.ink.Stroke;
import digitlab.math.Functions;
import digitlab.math.Rng;
import java.util.ArrayList;
import java.util.List;

/**
 * How one hand deforms what it writes; for points around the middle of a sign that is 1 wide and
 * 1.4 high.
 *
 * @param wobble how far points stray
 * @param width how many times as wide it writes
 * @param taper how much wider the bottom is than the top
 * @param sag how far the middle lies below its place
 * @param bow how far the middle lies to the right
 * @param slant how far to the right the top leans, for each unit of height
 * @param cos of the angle by which everything is turned
 * @param sin of that angle
 */
record Hand(
    double wobble,
    double width,
    double taper,
    double sag,
    double bow,
    double slant,
    double cos,
    double sin) {
  private static final int POINTS_PER_CURVE = 8;

  /** How far the points stray that hands differ in. */
  private static final double FREE_WOBBLE = 0.1;

  static Hand any(Rng rng) {
    double angle = 0.12 * rng.nextGaussian();
    return new Hand(
        rng.nextDouble(0.01, 0.07),
        Functions.exp(0.25 * rng.nextGaussian()),
        0.3 * rng.nextGaussian(),
        0.12 * rng.nextGaussian(),
        0.12 * rng.nextGaussian(),
        0.22 + 0.3 * rng.nextGaussian(),
        Functions.cos(angle),
        Functions.sin(angle));
  }

  /** The strokes of one sign. */
  List<Stroke> write(PenStyle style, Rng rng) {
    List<Stroke> strokes = new ArrayList<>();
    for (List<PenStyle.Point> stroke : style.strokes()) {
      double driftX = 0.04 * rng.nextGaussian();
      double driftY = 0.04 * rng.nextGaussian();
      List<PenStyle.Point> moved = new ArrayList<>();
      for (PenStyle.Point point : stroke) {
        double stray = point.free() ? FREE_WOBBLE : wobble;
        double x = point.x() - 0.5 + driftX + stray * rng.nextGaussian();
        double y = point.y() - 0.7 + driftY + stray * rng.nextGaussian();
        moved.add(place(x, y, point.corner()));
      }
      strokes.add(curve(moved));
    }
    return strokes;
  }

  private PenStyle.Point place(double x, double y, boolean corner) {
    double fromMiddle = 1 - y * y / 0.49;
    double wide = x * width * (1 + taper * y) + bow * fromMiddle - slant * y;
    double high = y + sag * fromMiddle;
    return new PenStyle.Point(cos * wide - sin * high, sin * wide + cos * high, corner, false);
  }

  /** A Catmull–Rom spline through at least two points, in parts that end at corners. */
  static Stroke curve(List<PenStyle.Point> points) {
    int last = points.size() - 1;
    float[] xs = new float[last * POINTS_PER_CURVE + 1];
    float[] ys = new float[xs.length];
    xs[0] = (float) points.getFirst().x();
    ys[0] = (float) points.getFirst().y();
    int at = 1;
    for (int i = 0; i < last; i++) {
      PenStyle.Point from = points.get(i);
      PenStyle.Point to = points.get(i + 1);
      PenStyle.Point before = i == 0 || from.corner() ? from : points.get(i - 1);
      PenStyle.Point after = i + 1 == last || to.corner() ? to : points.get(i + 2);
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
