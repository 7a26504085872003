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
    byte[] image = new byte[PIXELS];
    if (strokes.isEmpty()) {
      return image;
    }
    Placement placement = fit(strokes);
    draw(strokes, placement);
    // drawn twice: the centre of mass is that of the ink, not of the points
    draw(strokes, centre(placement));
    for (int i = 0; i < PIXELS; i++) {
      image[i] = (byte) (int) (coverage[i] * 255 + 0.5f);
    }
    return image;
  }

  /** Where a point (x, y) comes to lie: (x − originX)·scale + left, likewise for y. */
  private record Placement(float originX, float originY, float scale, float left, float top) {}

  private Placement fit(List<Stroke> strokes) {
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
    float scale = longest > 0 ? (INK_SIDE - 2 * penRadius) / longest : 0; // a dot stays a dot
    return new Placement(
        minX, minY, scale, MIDDLE - width * scale / 2, MIDDLE - height * scale / 2);
  }

  private Placement centre(Placement placement) {
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
    return new Placement(
        placement.originX,
        placement.originY,
        placement.scale,
        (float) (placement.left + MIDDLE - momentX / mass),
        (float) (placement.top + MIDDLE - momentY / mass));
  }

  private void draw(List<Stroke> strokes, Placement placement) {
    Arrays.fill(coverage, 0);
    for (Stroke stroke : strokes) {
      float fromX = (stroke.x(0) - placement.originX) * placement.scale + placement.left;
      float fromY = (stroke.y(0) - placement.originY) * placement.scale + placement.top;
      if (stroke.size() == 1) {
        drawLine(fromX, fromY, fromX, fromY);
      }
      for (int i = 1; i < stroke.size(); i++) {
        float toX = (stroke.x(i) - placement.originX) * placement.scale + placement.left;
        float toY = (stroke.y(i) - placement.originY) * placement.scale + placement.top;
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
    float reach = penRadius + 0.5f;
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
