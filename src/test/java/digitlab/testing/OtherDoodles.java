package digitlab.testing;

import digitlab.ink.Stroke;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringTokenizer;

/**
 * Drawings that are no digit, made in other ways than {@link digitlab.data.DoodleGenerator} makes
 * those that networks are trained on: letters of straight lines, random walks, Lissajous figures,
 * circles within circles, grids. To measure with.
 */
public final class OtherDoodles {
  /** Strokes divided by blanks; a letter of a stroke is a point of a grid of 5×5, row by row. */
  private static final List<String> LETTERS =
      List.of(
          "UKCOY KO", // A
          "EAUY KN", // E
          "EAU KN", // F
          "AU EY KO", // H
          "AU EKY", // K
          "UAMEY", // M
          "UAYE", // N
          "UADJNK MY", // R
          "AQMSE", // W
          "AY EU", // X
          "EKY AU CW", // Ж
          "AUYE CW", // Ш
          "AUE", // И
          "UPCEY", // Л
          "UACEY KO", // lower bar, as in Д
          "EAMUY", // Σ
          "AKOE CW", // Ψ
          "UCYU", // Δ
          "ACWYE UC", // no letter at all
          "KO CW AY EU", // star of eight
          "KO", // minus
          "FJ PT", // equals
          "CW KO", // plus
          "FJ PT BV DX", // hash
          "WCK CO", // arrow
          "AEYUAY EU", // crossed box
          "KGMIO", // zigzag
          "KVE"); // tick

  private final Random random;

  public OtherDoodles(long seed) {
    random = new Random(seed);
  }

  /** A letter or sign, a little moved, slanted and stretched. */
  public List<Stroke> letter() {
    double width = random.nextDouble(0.7, 1.1);
    double slant = random.nextDouble(-0.15, 0.35);
    List<Stroke> strokes = new ArrayList<>();
    StringTokenizer letter = new StringTokenizer(LETTERS.get(random.nextInt(LETTERS.size())));
    while (letter.hasMoreTokens()) {
      String points = letter.nextToken();
      float[] xs = new float[points.length()];
      float[] ys = new float[xs.length];
      for (int i = 0; i < xs.length; i++) {
        int at = points.charAt(i) - 'A';
        int row = at / 5;
        double y = 1.3 * row + 0.12 * random.nextGaussian();
        xs[i] = (float) (at % 5 * width - slant * y + 0.12 * random.nextGaussian());
        ys[i] = (float) y;
      }
      strokes.add(new Stroke(xs, ys));
    }
    return strokes;
  }

  /** A scribble: a walk that keeps turning, a Lissajous figure, rings, a grid. */
  public List<Stroke> scribble() {
    return switch (random.nextInt(4)) {
      case 0 -> List.of(walk());
      case 1 -> List.of(lissajous());
      case 2 -> rings();
      default -> grid();
    };
  }

  private Stroke walk() {
    float[] xs = new float[random.nextInt(150, 400)];
    float[] ys = new float[xs.length];
    double angle = random.nextDouble(2 * Math.PI);
    double turn = 0;
    double x = 0;
    double y = 0;
    for (int i = 0; i < xs.length; i++) {
      turn = 0.9 * turn + 0.1 * random.nextGaussian();
      angle += turn;
      x = 0.98 * x + 0.1 * Math.cos(angle);
      y = 0.98 * y + 0.1 * Math.sin(angle);
      xs[i] = (float) x;
      ys[i] = (float) y;
    }
    return new Stroke(xs, ys);
  }

  private Stroke lissajous() {
    int across = random.nextInt(3, 6);
    int down = across + 1 + random.nextInt(3);
    double phase = random.nextDouble(2 * Math.PI);
    float[] xs = new float[200];
    float[] ys = new float[xs.length];
    for (int i = 0; i < xs.length; i++) {
      double t = 2 * Math.PI * i / (xs.length - 1);
      xs[i] = (float) Math.sin(across * t);
      ys[i] = (float) Math.cos(down * t + phase);
    }
    return new Stroke(xs, ys);
  }

  private List<Stroke> rings() {
    List<Stroke> strokes = new ArrayList<>();
    int count = random.nextInt(2, 5);
    for (int ring = 1; ring <= count; ring++) {
      strokes.add(circle(0, 0, (double) ring / count));
    }
    if (count == 2) { // a face
      strokes.set(0, circle(-0.35, -0.3, 0.1));
      strokes.add(circle(0.35, -0.3, 0.1));
      strokes.add(new Stroke(new float[] {-0.4f, 0, 0.4f}, new float[] {0.4f, 0.6f, 0.4f}));
    }
    return strokes;
  }

  private Stroke circle(double middleX, double middleY, double radius) {
    float[] xs = new float[25];
    float[] ys = new float[xs.length];
    double flat = random.nextDouble(0.8, 1.2);
    for (int i = 0; i < xs.length; i++) {
      double t = 2 * Math.PI * i / (xs.length - 1);
      xs[i] = (float) (middleX + radius * flat * Math.cos(t));
      ys[i] = (float) (middleY + radius * Math.sin(t));
    }
    return new Stroke(xs, ys);
  }

  private List<Stroke> grid() {
    List<Stroke> strokes = new ArrayList<>();
    int lines = random.nextInt(2, 6);
    for (int i = 0; i < lines; i++) {
      float at = i + (float) (0.1 * random.nextGaussian());
      strokes.add(new Stroke(new float[] {0, lines}, new float[] {at, at}));
      if (lines < 5) { // else hatching
        strokes.add(new Stroke(new float[] {at, at}, new float[] {0, lines}));
      }
    }
    return strokes;
  }
}
