package digitlab.ink;

import java.util.Arrays;
import java.util.List;

/**
 * From pen strokes to a 28×28 image, as MNIST was made (LeCun, Cortes, Burges: "size-normalized to
 * fit in a 20×20 pixel box while preserving their aspect ratio … by computing the center of mass of
 * the pixels, and translating the image so as to position this point at the center of the 28×28
 * field"): the ink is scaled so that its longest side is 20 pixels, drawn with a round pen with
 * soft edges, and moved so that its centre of mass lies in the middle.
 *
 * <p>So a drawing that is moved or scaled gives the same image, whatever pen drew it. Not
 * thread-safe: it has scratch memory.
 */
public final class Rasterizer {
  /** The side of the image in pixels. */
  public static final int SIDE = 28;

  /** The number of pixels. */
  public static final int PIXELS = SIDE * SIDE;

  /** The longest side of the ink in pixels. */
  static final float INK_SIDE = 20;

  private static final float MIDDLE = 0.5f * SIDE;

  private final float penRadius;
  private final float[] coverage = new float[PIXELS]; // 0…1
  private Placement placement = Placement.NONE;

  public Rasterizer() {
    this(1.1f);
  }

  /** With a pen of another radius, in pixels of the image; at most 4. */
  public Rasterizer(float penRadius) {
    if (!(penRadius > 0 && penRadius <= 4)) {
      throw new IllegalArgumentException(
          "The pen radius is " + penRadius + " pixels; it must lie between 0 and 4.");
    }
    this.penRadius = penRadius;
  }

  /**
   * The image, {@link #PIXELS} bytes, row after row, 0 for paper and 255 for ink; all paper if
   * there is no stroke.
   */
  public byte[] raster(List<Stroke> strokes) {
    return raster(strokes, Normalisation.MNIST);
  }

  /** The same with only some of MNIST's steps. */
  public byte[] raster(List<Stroke> strokes, Normalisation steps) {
    byte[] image = new byte[PIXELS];
    Arrays.fill(coverage, 0);
    placement = Placement.NONE;
    if (!strokes.isEmpty()) {
      placement = fit(strokes, steps);
      draw(strokes);
      if (steps
          .centring()) { // drawn twice: the centre of mass is that of the ink, not of the points
        placement = centred();
        draw(strokes);
      }
    }
    for (int i = 0; i < PIXELS; i++) {
      int ink = (int) (coverage[i] * 255 + 0.5f);
      image[i] = (byte) (steps.polarity() ? ink : 255 - ink);
    }
    return image;
  }

  /** Where the last drawing came to lie. */
  public Placement placement() {
    return placement;
  }

  private Placement fit(List<Stroke> strokes, Normalisation steps) {
    float minX = Float.POSITIVE_INFINITY;
    float minY = Float.POSITIVE_INFINITY;
    float maxX = Float.NEGATIVE_INFINITY;
    float maxY = Float.NEGATIVE_INFINITY;
    for (Stroke stroke : strokes) {
      for (int i = 0; i < stroke.size(); i++) {
        float x = stroke.x(i);
        float y = stroke.y(i);
        minX = x < minX ? x : minX;
        maxX = x > maxX ? x : maxX;
        minY = y < minY ? y : minY;
        maxY = y > maxY ? y : maxY;
      }
    }
    float width = maxX - minX;
    float height = maxY - minY;
    float longest = width > height ? width : height;
    float scale = steps.scaling() ? scale(longest, steps) : SIDE;
    float middleX = steps.centring() ? MIDDLE : (minX + maxX) / 2 * SIDE;
    float middleY = steps.centring() ? MIDDLE : (minY + maxY) / 2 * SIDE;
    float radius = steps.penWidth() ? penRadius : steps.drawnWidth() / 2 * scale;
    return new Placement(
        minX, minY, scale, middleX - width * scale / 2, middleY - height * scale / 2, radius);
  }

  /** What makes the ink's longest side, the pen included, {@link #INK_SIDE} pixels. */
  private float scale(float longest, Normalisation steps) {
    if (!steps.penWidth()) {
      return INK_SIDE / (longest + steps.drawnWidth());
    }
    return longest > 0 ? (INK_SIDE - 2 * penRadius) / longest : 0; // a dot stays a dot
  }

  private Placement centred() {
    double mass = 0;
    double momentX = 0;
    double momentY = 0;
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        float ink = coverage[row * SIDE + column];
        mass += ink;
        momentX += ink * (column + 0.5);
        momentY += ink * (row + 0.5);
      }
    }
    if (mass == 0) { // all ink lies outside the field
      return placement;
    }
    return new Placement(
        placement.originX(),
        placement.originY(),
        placement.scale(),
        (float) (placement.left() + MIDDLE - momentX / mass),
        (float) (placement.top() + MIDDLE - momentY / mass),
        placement.penRadius());
  }

  private void draw(List<Stroke> strokes) {
    Arrays.fill(coverage, 0);
    for (Stroke stroke : strokes) {
      float fromX = placement.x(stroke.x(0));
      float fromY = placement.y(stroke.y(0));
      if (stroke.size() == 1) {
        drawLine(fromX, fromY, fromX, fromY);
      }
      for (int i = 1; i < stroke.size(); i++) {
        float toX = placement.x(stroke.x(i));
        float toY = placement.y(stroke.y(i));
        drawLine(fromX, fromY, toX, toY);
        fromX = toX;
        fromY = toY;
      }
    }
  }

  /**
   * Darkens every pixel by how much of it the pen covers: 1 within the radius, falling to 0 over
   * one pixel at its edge.
   */
  private void drawLine(float fromX, float fromY, float toX, float toY) {
    float reach = placement.penRadius() + 0.5f;
    int left = clamp((fromX < toX ? fromX : toX) - reach);
    int right = clamp((fromX < toX ? toX : fromX) + reach);
    int top = clamp((fromY < toY ? fromY : toY) - reach);
    int bottom = clamp((fromY < toY ? toY : fromY) + reach);
    float dx = toX - fromX;
    float dy = toY - fromY;
    float lengthSquared = dx * dx + dy * dy;
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        float px = column + 0.5f - fromX;
        float py = row + 0.5f - fromY;
        float along = lengthSquared > 0 ? (px * dx + py * dy) / lengthSquared : 0;
        along = along < 0 ? 0 : along > 1 ? 1 : along;
        float awayX = px - along * dx;
        float awayY = py - along * dy;
        float distance = (float) Math.sqrt(awayX * awayX + awayY * awayY);
        float cover = reach - distance;
        cover = cover < 0 ? 0 : cover > 1 ? 1 : cover;
        int at = row * SIDE + column;
        coverage[at] = cover > coverage[at] ? cover : coverage[at];
      }
    }
  }

  private static int clamp(float coordinate) {
    int pixel = (int) coordinate;
    return pixel < 0 ? 0 : pixel > SIDE - 1 ? SIDE - 1 : pixel;
  }
}
