package digitlab.data;

import digitlab.ink.Rasterizer;
import digitlab.ink.Stroke;
import digitlab.math.Functions;
import digitlab.math.Rng;
import java.util.ArrayList;
import java.util.List;

/**
 * What people draw on a pad that is no digit: letters and signs, scribbles, hatching, lines across,
 * dots, two digits at once, nothing. A network that has seen such things can say that it is not
 * sure. The same seed gives the same drawings on every platform.
 */
public final class DoodleGenerator {
  /** What the data set is called. */
  public static final String NAME = "doodles";

  private final List<PenStyle> signs = SignStyles.all();
  private final StrokeGenerator digits;
  private final Rng rng;

  public DoodleGenerator(long seed) {
    rng = Rng.named(seed, "doodles");
    digits = new StrokeGenerator(rng.nextLong());
  }

  /** {@code size} drawings, all of them {@link Dataset#NO_CLASS}. */
  public Dataset dataset(int size) {
    byte[] pixels = new byte[size * Rasterizer.PIXELS];
    byte[] labels = new byte[size];
    for (int i = 0; i < size; i++) {
      labels[i] = Dataset.NO_CLASS;
      byte[] image = new Rasterizer(StrokeGenerator.penRadius(rng)).raster(draw());
      System.arraycopy(image, 0, pixels, i * Rasterizer.PIXELS, Rasterizer.PIXELS);
    }
    return new Dataset(NAME, Rasterizer.SIDE, Rasterizer.SIDE, 10, pixels, labels);
  }

  /** The strokes of one drawing. */
  public List<Stroke> draw() {
    int chance = rng.nextInt(100);
    if (chance < 45) {
      return Hand.any(rng).write(signs.get(rng.nextInt(signs.size())), rng);
    } else if (chance < 75) {
      return scribble();
    } else if (chance < 84) {
      return hatching();
    } else if (chance < 89) {
      return lineAcross();
    } else if (chance < 93) {
      return dots();
    } else if (chance < 99) {
      return twoDigits();
    }
    return List.of();
  }

  /** One to three curves through points anywhere on the sheet. */
  private List<Stroke> scribble() {
    List<Stroke> strokes = new ArrayList<>();
    int count = 1 + rng.nextInt(3);
    for (int i = 0; i < count; i++) {
      int points = 6 - count + rng.nextInt(11 - 2 * count);
      List<PenStyle.Point> curve = new ArrayList<>();
      double corners = rng.nextDouble() < 0.3 ? 1 : 0; // a jagged one
      for (int p = 0; p < points; p++) {
        curve.add(point(rng.nextDouble(), 1.2 * rng.nextDouble(), rng.nextDouble() < corners));
      }
      strokes.add(Hand.curve(curve));
    }
    return strokes;
  }

  /** A zigzag, or lines beside one another, at any angle. */
  private List<Stroke> hatching() {
    double angle = rng.nextDouble(0, Math.PI);
    double cos = Functions.cos(angle);
    double sin = Functions.sin(angle);
    int lines = 4 + rng.nextInt(6);
    double length = rng.nextDouble(0.3, 1.5);
    boolean lifted = rng.nextDouble() < 0.4;
    List<Stroke> strokes = new ArrayList<>();
    List<PenStyle.Point> zigzag = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      double across = (double) i / (lines - 1) + 0.04 * rng.nextGaussian();
      double from = 0.1 * rng.nextGaussian();
      double to = length + 0.1 * rng.nextGaussian();
      PenStyle.Point near = point(cos * from - sin * across, sin * from + cos * across, true);
      PenStyle.Point far = point(cos * to - sin * across, sin * to + cos * across, true);
      if (lifted) {
        strokes.add(Hand.curve(List.of(near, far)));
      } else {
        zigzag.add(i % 2 == 0 ? near : far);
        zigzag.add(i % 2 == 0 ? far : near);
      }
    }
    if (!lifted) {
      strokes.add(Hand.curve(zigzag));
    }
    return strokes;
  }

  /** A line that lies, or falls to the right: no one stands like that. */
  private List<Stroke> lineAcross() {
    double angle = rng.nextDouble(-0.3, 0.7);
    double bend = 0.1 * rng.nextGaussian();
    PenStyle.Point from = point(0, 0, false);
    PenStyle.Point to = point(Functions.cos(angle), Functions.sin(angle), false);
    PenStyle.Point middle = point((to.x() - bend * to.y()) / 2, (to.y() + bend) / 2, false);
    return List.of(Hand.curve(List.of(from, middle, to)));
  }

  private List<Stroke> dots() {
    List<Stroke> strokes = new ArrayList<>();
    int count = 1 + rng.nextInt(4);
    for (int i = 0; i < count; i++) {
      float x = rng.nextFloat();
      float y = rng.nextFloat();
      strokes.add(new Stroke(new float[] {x}, new float[] {y}));
    }
    return strokes;
  }

  /** Side by side. */
  private List<Stroke> twoDigits() {
    List<Stroke> strokes = new ArrayList<>(digits.draw(rng.nextInt(10)));
    float right = (float) rng.nextDouble(1.1, 1.6);
    for (Stroke stroke : digits.draw(rng.nextInt(10))) {
      float[] xs = new float[stroke.size()];
      float[] ys = new float[stroke.size()];
      for (int i = 0; i < xs.length; i++) {
        xs[i] = stroke.x(i) + right;
        ys[i] = stroke.y(i);
      }
      strokes.add(new Stroke(xs, ys));
    }
    return strokes;
  }

  private static PenStyle.Point point(double x, double y, boolean corner) {
    return new PenStyle.Point(x, y, corner, false);
  }
}
