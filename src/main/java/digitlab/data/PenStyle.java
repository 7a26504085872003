package digitlab.data;

import digitlab.text.Decimals;
import digitlab.text.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * One way of writing one sign: strokes on a sheet of 100×140, y downwards. A stroke is a smooth
 * curve through its points.
 *
 * <pre>
 * 6,6 !94,4 64,64 38,140 / ~22,72 ~86,68
 * </pre>
 *
 * <p>Strokes are divided by /, points by blanks. At a point marked with ! the curve has a corner. A
 * point marked with ~ is one that hands put in very different places, such as the end of a bar.
 */
record PenStyle(List<List<Point>> strokes) {
  /**
   * A point of a curve; the sheet is 1 wide.
   *
   * @param corner whether the curve has a corner there
   * @param free whether hands differ much in it
   */
  record Point(double x, double y, boolean corner, boolean free) {}

  static List<PenStyle> parseAll(String... styles) {
    List<PenStyle> parsed = new ArrayList<>();
    for (String style : styles) {
      parsed.add(parse(style));
    }
    return parsed;
  }

  static PenStyle parse(String style) {
    List<List<Point>> strokes = new ArrayList<>();
    for (String stroke : Words.split(style, '/')) {
      List<Point> points = new ArrayList<>();
      for (String word : Words.of(stroke)) {
        points.add(point(word));
      }
      strokes.add(points);
    }
    return new PenStyle(strokes);
  }

  private static Point point(String word) {
    boolean corner = word.charAt(0) == '!';
    boolean free = word.charAt(corner ? 1 : 0) == '~';
    List<String> numbers = Words.split(word.substring((corner ? 1 : 0) + (free ? 1 : 0)), ',');
    double x = Decimals.parse(numbers.get(0), "x");
    double y = Decimals.parse(numbers.get(1), "y");
    return new Point(x / 100, y / 100, corner, free);
  }
}
