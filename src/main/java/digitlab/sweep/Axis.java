package digitlab.sweep;

import digitlab.math.Rng;
import digitlab.text.Decimals;
import digitlab.text.Message;
import digitlab.text.RangeException;
import digitlab.text.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * A field that varies, and over what: values from a list, or numbers of a range.
 *
 * <pre>
 * activation: relu, tanh
 * rate: 0.001…1 log 4
 * </pre>
 */
public sealed interface Axis {
  /** One of {@link SweepField#ALL}. */
  String field();

  /** The points of a grid. */
  List<String> values();

  /** A point at random. */
  String sample(Rng rng);

  /** Values as they stand. */
  record Choices(String field, List<String> values) implements Axis {
    public Choices {
      values = List.copyOf(values);
    }

    @Override
    public String sample(Rng rng) {
      return values.get(rng.nextInt(values.size()));
    }

    @Override
    public String toString() {
      return field + ": " + String.join(", ", values);
    }
  }

  /**
   * Numbers between two ends.
   *
   * @param logarithmic whether equal ratios, not equal differences, are equally likely
   * @param points of a grid, both ends among them
   */
  record Range(String field, double least, double most, boolean logarithmic, int points)
      implements Axis {
    public Range {
      if (!SweepField.isNumber(field)) {
        throw new SweepException(
            field,
            Message.of("sweep.error.names"),
            "The values of " + field + " are no numbers. List them: a, b, c.");
      }
      if (!(least < most) || (logarithmic && least <= 0)) {
        throw new SweepException(
            field,
            Message.of(
                logarithmic ? "sweep.error.ends.log" : "sweep.error.ends",
                Decimals.format(least),
                Decimals.format(most)),
            "The range of "
                + field
                + " goes from "
                + Decimals.format(least)
                + " to "
                + Decimals.format(most)
                + "; the first must be smaller"
                + (logarithmic ? " and above 0 for log." : "."));
      }
      Decimals.requireRange(points, "number of points", 2, SweepSpace.MOST_RUNS);
    }

    @Override
    public List<String> values() {
      List<String> values = new ArrayList<>();
      for (int i = 0; i < points; i++) {
        String value = at((double) i / (points - 1));
        if (!values.contains(value)) { // whole numbers may fall together
          values.add(value);
        }
      }
      return values;
    }

    @Override
    public String sample(Rng rng) {
      return at(rng.nextDouble());
    }

    private String at(double share) {
      double value =
          logarithmic ? least * Math.pow(most / least, share) : least + share * (most - least);
      return SweepField.isWhole(field)
          ? Long.toString(Math.round(value))
          : Decimals.format(rounded(value));
    }

    /** Three digits: more would only be longer to read. */
    private static double rounded(double value) {
      if (value == 0) {
        return 0;
      }
      double scale = Math.pow(10, 2 - Math.floor(Math.log10(Math.abs(value))));
      return Math.round(value * scale) / scale;
    }

    @Override
    public String toString() {
      return field
          + ": "
          + Decimals.format(least)
          + "…"
          + Decimals.format(most)
          + (logarithmic ? " log " : " ")
          + points;
    }
  }

  /** How many points a range has on a grid, if it does not say. */
  int USUAL_POINTS = 5;

  /**
   * Reads "rate: 0.1, 0.01" or "rate: 0.001…1 log 4"; two or three full stops stand for "…", and
   * log and the number of points may be left out.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  static Axis parse(String text) {
    int colon = text.indexOf(':');
    String field = colon < 0 ? text.trim() : text.substring(0, colon).trim();
    if (!SweepField.ALL.contains(field)) {
      throw new IllegalArgumentException(
          "There is no field \""
              + field
              + "\" to vary; choose "
              + Words.choices(SweepField.ALL)
              + ".");
    }
    return parse(field, colon < 0 ? "" : text.substring(colon + 1));
  }

  /** The same with the field apart. */
  static Axis parse(String field, String values) {
    String points = values.replace("...", "…").replace("..", "…");
    if (points.contains("…")) {
      return range(field, points);
    }
    List<String> choices =
        Words.split(values, ',').stream()
            .map(String::strip)
            .filter(value -> !value.isEmpty())
            .distinct()
            .toList();
    if (choices.isEmpty()) {
      throw new SweepException(
          field,
          Message.of("sweep.error.none"),
          "No values of "
              + field
              + " are given. List them (a, b, c), or give a range of numbers: 0.001…1 log 4.");
    }
    return new Choices(field, choices);
  }

  private static Axis range(String field, String text) {
    try {
      return readRange(field, text);
    } catch (SweepException e) {
      throw e;
    } catch (RangeException e) {
      throw new SweepException(
          field, Message.of("sweep.error.range", e.given(), e.least(), e.most()), e);
    } catch (IllegalArgumentException e) {
      throw new SweepException(field, Message.of("sweep.error.syntax", text.strip()), e);
    }
  }

  private static Axis readRange(String field, String text) {
    int dots = text.indexOf('…');
    List<String> behind = new ArrayList<>(Words.of(text.substring(dots + 1)));
    double least = Decimals.parse(text.substring(0, dots).strip(), "first end of the range");
    double most =
        Decimals.parse(behind.isEmpty() ? "" : behind.removeFirst(), "second end of the range");
    boolean logarithmic = behind.remove("log");
    int points =
        behind.isEmpty()
            ? USUAL_POINTS
            : Decimals.parseInt(behind.removeFirst(), "number of points", 2, SweepSpace.MOST_RUNS);
    if (!behind.isEmpty()) {
      throw new IllegalArgumentException(
          "The range \"" + text.strip() + "\" is not understood. Write it like 0.001…1 log 4.");
    }
    return new Range(field, least, most, logarithmic, points);
  }
}
