package digitlab.text;

/** A number lies outside its range; who knows where it came from can put it right. */
public final class RangeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String given;
  private final double least;
  private final double most;
  private final boolean above;

  RangeException(String what, String given, boolean above, double least, double most) {
    super(
        "The "
            + what
            + " is "
            + given
            + "; it must lie between "
            + Decimals.format(least)
            + " and "
            + Decimals.format(most)
            + ".");
    this.given = given;
    this.above = above;
    this.least = least;
    this.most = most;
  }

  /** The number as it was written, or as {@link Decimals#format} writes it. */
  public String given() {
    return given;
  }

  public double least() {
    return least;
  }

  public double most() {
    return most;
  }

  /** The end of the range that is next to what was given. */
  public double nearest() {
    return above ? most : least;
  }
}
