package digitlab.ink;

/**
 * One line drawn without lifting the pen: points in the order they were drawn, y downwards, in any
 * unit. A point alone is a dot.
 */
public final class Stroke {
  private final float[] xs;
  private final float[] ys;

  /**
   * Takes the arrays over, without copying them.
   *
   * @throws IllegalArgumentException if there are not as many x as y, none, or some that are not
   *     finite
   */
  public Stroke(float[] xs, float[] ys) {
    if (xs.length != ys.length || xs.length == 0) {
      throw new IllegalArgumentException(
          "A stroke has "
              + xs.length
              + " x and "
              + ys.length
              + " y; it needs as many of each, and at least one.");
    }
    for (int i = 0; i < xs.length; i++) {
      if (!Float.isFinite(xs[i]) || !Float.isFinite(ys[i])) {
        throw new IllegalArgumentException(
            "Point "
                + i
                + " of a stroke is ("
                + xs[i]
                + ", "
                + ys[i]
                + "); coordinates must be finite.");
      }
    }
    this.xs = xs;
    this.ys = ys;
  }

  public int size() {
    return xs.length;
  }

  public float x(int index) {
    return xs[index];
  }

  public float y(int index) {
    return ys[index];
  }
}
