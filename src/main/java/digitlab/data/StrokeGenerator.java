package digitlab.data;

import digitlab.ink.Rasterizer;
import digitlab.ink.Stroke;
import digitlab.math.Rng;
import java.util.List;

/**
 * Pen digits without any data: picks one of the {@link PenStyles}, moves its points a little,
 * slants, stretches and turns it as a hand would, and draws it with our own {@link Rasterizer}. The
 * same seed gives the same digits on every platform.
 */
public final class StrokeGenerator {
  /** What the data set is called. */
  public static final String NAME = "pen digits";

  private final List<List<PenStyle>> styles = PenStyles.all();
  private final Rng rng;

  public StrokeGenerator(long seed) {
    rng = Rng.named(seed, "pen digits");
  }

  /** {@code size} digits, each of the ten as often as the others, in random order. */
  public Dataset dataset(int size) {
    byte[] pixels = new byte[size * Rasterizer.PIXELS];
    byte[] labels = new byte[size];
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i % 10;
    }
    rng.shuffle(order);
    for (int i = 0; i < size; i++) {
      labels[i] = (byte) order[i];
      byte[] image = new Rasterizer(penRadius(rng)).raster(draw(order[i]));
      System.arraycopy(image, 0, pixels, i * Rasterizer.PIXELS, Rasterizer.PIXELS);
    }
    return new Dataset(NAME, Rasterizer.SIDE, Rasterizer.SIDE, 10, pixels, labels);
  }

  /** From a fine pen to a thick one, as MNIST has them. */
  static float penRadius(Rng rng) {
    return (float) rng.nextDouble(0.75, 1.75);
  }

  /** The strokes of one digit, as a new hand writes it. */
  public List<Stroke> draw(int digit) {
    List<PenStyle> choices = styles.get(digit);
    PenStyle style = choices.get(rng.nextInt(choices.size()));
    return Hand.any(rng).write(style, rng);
  }
}
