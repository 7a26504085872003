package digitlab.ink;

/**
 * Where a drawing comes to lie in the image: a point (x, y) goes to ((x − originX)·scale + left, (y
 * − originY)·scale + top), in pixels of the image.
 *
 * @param penRadius of the pen that draws it there, in pixels
 */
public record Placement(
    float originX, float originY, float scale, float left, float top, float penRadius) {
  /** Nothing drawn: the unit square fills the field. */
  static final Placement NONE = new Placement(0, 0, Rasterizer.SIDE, 0, 0, 0);

  float x(float x) {
    return (x - originX) * scale + left;
  }

  float y(float y) {
    return (y - originY) * scale + top;
  }
}
