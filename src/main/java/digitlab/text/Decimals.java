package digitlab.text;

/**
 * Numbers in the text forms of plans and networks: as short as they can be read back exactly,
 * without exponents.
 */
public final class Decimals {
  private Decimals() {}

  /** 3, 0.5, 0.0001: never 3.0 or 1.0E-4. */
  public static String format(double value) {
    String text = Double.toString(value);
    int e = text.indexOf('E');
    if (e >= 0) {
      text = shift(text.substring(0, e), Integer.parseInt(text.substring(e + 1)));
    }
    return withoutZero(text);
  }

  /**
   * For people to read: so many digits, and a power of ten where there would be many zeros: 0.0123,
   * 1.23·10⁻⁷.
   */
  public static String rounded(double value, int digits) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
    }
    double size = Math.abs(value);
    int exponent = 0;
    while (size >= 10) {
      size /= 10;
      exponent++;
    }
    while (size < 1 && size > 0) {
      size *= 10;
      exponent--;
    }
    long scale = 1;
    for (int i = 1; i < digits; i++) {
      scale *= 10;
    }
    long mantissa = (long) (size * scale + 0.5);
    if (mantissa == 10 * scale) {
      mantissa = scale;
      exponent++;
    }
    String sign = value < 0 ? "−" : "";
    String number = Double.toString((double) mantissa / scale);
    return exponent < -4 || exponent > 4
        ? sign + withoutZero(number) + "·10" + superscript(exponent)
        : sign + withoutZero(shift(number, exponent));
  }

  private static String withoutZero(String number) {
    return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
  }

  private static String superscript(int number) {
    StringBuilder text = new StringBuilder();
    for (char c : Integer.toString(number).toCharArray()) {
      text.append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0'));
    }
    return text.toString();
  }

  /**
   * Moves the decimal point of a number such as 1.25 by {@code places} to the right, or to the left
   * if negative.
   */
  private static String shift(String mantissa, int places) {
    boolean negative = mantissa.startsWith("-");
    String number = negative ? mantissa.substring(1) : mantissa;
    int point = number.indexOf('.');
    StringBuilder digits =
        new StringBuilder(number.substring(0, point)).append(number.substring(point + 1));
    int position = point + places;
    while (position <= 0) {
      digits.insert(0, '0');
      position++;
    }
    while (digits.length() <= position) {
      digits.append('0');
    }
    digits.insert(position, '.');
    int end = digits.length();
    while (digits.charAt(end - 1) == '0' && digits.charAt(end - 2) != '.') {
      end--;
    }
    return (negative ? "-" : "") + digits.substring(0, end);
  }

  /**
   * The number that {@code text} says.
   *
   * @throws IllegalArgumentException naming {@code what}, if it is no finite number
   */
  public static double parse(String text, String what) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The " + what + " \"" + text + "\" is not a number. Write it like 0.1 or 25.", e);
    }
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "The " + what + " is " + text + "; it must be a finite number.");
    }
    return value;
  }

  /**
   * The whole number that {@code text} says.
   *
   * @throws IllegalArgumentException naming {@code what}, if it is none or lies outside {@code
   *     least}…{@code most}
   */
  public static int parseInt(String text, String what, int least, int most) {
    int value;
    try {
      value = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      if (areDigits(text)) {
        throw new RangeException(what, text, !text.startsWith("-"), least, most);
      }
      throw new IllegalArgumentException(
          "The " + what + " \"" + text + "\" is not a whole number. Write it like 16.", e);
    }
    return requireRange(value, what, least, most);
  }

  /** Whether it is a whole number, though perhaps one that is too long for an int. */
  private static boolean areDigits(String text) {
    int from = text.startsWith("-") ? 1 : 0;
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() > from;
  }

  /**
   * {@code value}, if it lies within {@code least}…{@code most}; otherwise an error that names
   * {@code what}.
   */
  public static int requireRange(int value, String what, int least, int most) {
    if (value < least || value > most) {
      throw new RangeException(what, Integer.toString(value), value > most, least, most);
    }
    return value;
  }

  /** The same for fractions and rates. */
  public static double requireRange(double value, String what, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new RangeException(what, format(value), value > most, least, most);
    }
    return value;
  }
}
