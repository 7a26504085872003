package digitlab.report;

import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A chart of some quantity by epoch, as SVG: axes with round numbers, a line for each series. */
final class SvgChart {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 320;
  private static final int LEFT = 64;
  private static final int RIGHT = 16;
  private static final int TOP = 16;
  private static final int BOTTOM = 40;
  private static final int TICKS = 6;
  private static final int FEW_POINTS = 60;

  /**
   * One line.
   *
   * @param colour as in CSS
   * @param dash as in SVG's stroke-dasharray; empty for a whole line
   * @param epochs where the values stand
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Series(String label, String colour, String dash, double[] epochs, double[] values) {}

  private final String title;
  private final boolean percent;
  private final Locale locale;
  private final List<Series> series;
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;
  private double last = 1;

  /**
   * @param percent whether the values are shares of 1
   */
  SvgChart(String title, boolean percent, Locale locale, List<Series> series) {
    this.title = title;
    this.percent = percent;
    this.locale = locale;
    this.series = series.stream().filter(line -> line.values().length > 0).toList();
    for (Series line : this.series) {
      low = Math.min(low, Arrays.stream(line.values()).min().orElse(low));
      high = Math.max(high, Arrays.stream(line.values()).max().orElse(high));
      last = Math.max(last, Arrays.stream(line.epochs()).max().orElse(last));
    }
    if (!(high > low)) {
      low = Double.isFinite(low) ? low - 0.5 : 0;
      high = low + 1;
    }
  }

  String svg() {
    int key = 20 * series.size();
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
        .append(WIDTH)
        .append(' ')
        .append(HEIGHT + key)
        .append("\" role=\"img\" font-size=\"12\"><title>")
        .append(Html.escape(title))
        .append("</title>\n");
    for (double tick : ticks(low, high)) {
      double y = y(tick);
      line(svg, LEFT, y, WIDTH - RIGHT, y);
      text(svg, LEFT - 8, y + 4, "end", format(tick));
    }
    for (double tick : ticks(0, last)) {
      if (tick == Math.rint(tick)) {
        double x = x(tick);
        line(svg, x, TOP, x, HEIGHT - BOTTOM);
        text(svg, x, HEIGHT - BOTTOM + 18, "middle", number(0).format(tick));
      }
    }
    for (int i = 0; i < series.size(); i++) {
      draw(svg, series.get(i));
      key(svg, series.get(i), HEIGHT + 20 * i);
    }
    return svg.append("</svg>").toString();
  }

  private void draw(StringBuilder svg, Series line) {
    svg.append("<path fill=\"none\" stroke-width=\"2\"").append(stroke(line)).append(" d=\"");
    for (int i = 0; i < line.values().length; i++) {
      svg.append(i == 0 ? 'M' : 'L')
          .append(coordinate(x(line.epochs()[i])))
          .append(' ')
          .append(coordinate(y(line.values()[i])));
    }
    svg.append("\"/>\n");
    for (int i = 0; i < line.values().length && line.values().length <= FEW_POINTS; i++) {
      svg.append("<circle r=\"2.5\" fill=\"")
          .append(line.colour())
          .append("\" cx=\"")
          .append(coordinate(x(line.epochs()[i])))
          .append("\" cy=\"")
          .append(coordinate(y(line.values()[i])))
          .append("\"/>");
    }
  }

  private static String stroke(Series line) {
    String dash = line.dash().isEmpty() ? "" : " stroke-dasharray=\"" + line.dash() + "\"";
    return " stroke=\"" + line.colour() + "\"" + dash;
  }

  private static void key(StringBuilder svg, Series line, int y) {
    svg.append("<path stroke-width=\"3\"")
        .append(stroke(line))
        .append(" d=\"M")
        .append(LEFT)
        .append(' ')
        .append(y)
        .append("h26\"/>");
    text(svg, LEFT + 34, y + 4, "start", line.label());
  }

  private static void line(StringBuilder svg, double x1, double y1, double x2, double y2) {
    svg.append("<path class=\"grid\" stroke=\"#d5dce3\" d=\"M")
        .append(coordinate(x1))
        .append(' ')
        .append(coordinate(y1))
        .append('L')
        .append(coordinate(x2))
        .append(' ')
        .append(coordinate(y2))
        .append("\"/>");
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    svg.append("<text fill=\"currentColor\" x=\"")
        .append(coordinate(x))
        .append("\" y=\"")
        .append(coordinate(y))
        .append("\" text-anchor=\"")
        .append(anchor)
        .append("\">")
        .append(Html.escape(text))
        .append("</text>\n");
  }

  private static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private double x(double epoch) {
    return LEFT + epoch / last * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    double share = (value - low) / (high - low);
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  /** Round numbers between two values: 1, 2 or 5 times a power of ten apart. */
  static List<Double> ticks(double from, double to) {
    double rough = (to - from) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = power;
    for (double factor : new double[] {2, 5, 10}) {
      if (step < rough) {
        step = factor * power;
      }
    }
    List<Double> ticks = new ArrayList<>();
    for (long n = (long) Math.ceil(from / step); n * step <= to * (1 + 1e-12); n++) {
      ticks.add(n * step);
    }
    return ticks;
  }

  private String format(double value) {
    int digits = (int) Math.max(0, Math.ceil(-Math.log10((high - low) / TICKS)));
    return percent
        ? number(Math.max(0, digits - 2)).format(100 * value) + "\u00A0%"
        : number(digits).format(value);
  }

  private NumberFormat number(int digits) {
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    return format;
  }
}
