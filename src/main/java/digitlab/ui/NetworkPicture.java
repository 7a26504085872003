package digitlab.ui;

import digitlab.net.Activation;
import digitlab.net.LayerSpec;
import digitlab.net.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A network as an SVG picture: the image, a column of circles for each layer, lines between them.
 * Of many neurons the first and last are drawn, with dots between; circles of layers with dropout
 * are dashed. Takes its colours from the page.
 */
final class NetworkPicture {
  private static final int MOST_CIRCLES = 9; // of one layer
  private static final int MOST_COLUMNS = 9; // of one network
  private static final int COLUMN = 104;
  private static final int TOP = 12;
  private static final int PITCH = 21; // from one circle to the next
  private static final int RADIUS = 7;
  private static final int MIDDLE = TOP + PITCH * MOST_CIRCLES / 2;
  private static final int HEIGHT = TOP + PITCH * MOST_CIRCLES + 48;
  private static final int IMAGE = 84; // the side of the drawn image
  private static final int CELLS = 7;
  private static final int OMITTED = -1;

  private final NetworkSpec network;
  private final Function<Activation, String> names;
  private final StringBuilder lines = new StringBuilder();
  private final StringBuilder shapes = new StringBuilder();

  private NetworkPicture(NetworkSpec network, Function<Activation, String> names) {
    this.network = network;
    this.names = names;
  }

  /**
   * Draws a network.
   *
   * @param names what activations are called
   */
  static String svg(NetworkSpec network, Function<Activation, String> names) {
    return new NetworkPicture(network, names).draw();
  }

  private String draw() {
    List<Integer> columns = columns();
    int width = COLUMN * (columns.size() + 1) + 16;
    drawImage();
    List<Integer> before = List.of();
    int x = COLUMN / 2 + 8;
    for (int layer : columns) {
      x += COLUMN;
      if (layer == OMITTED) {
        write("more", x, MIDDLE, "… " + (network.layers().size() - MOST_COLUMNS + 1) + " …");
        before = List.of();
      } else {
        before = drawLayer(network.layers().get(layer), x, before, layer == 0);
      }
    }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"network-picture\" role=\"img\" viewBox=\"0 0 "
        + width
        + " "
        + HEIGHT
        + "\" aria-label=\""
        + network
        + "\">"
        + lines
        + shapes
        + "</svg>";
  }

  /** Which layers have a column: all, or the first and last ones with {@link #OMITTED} between. */
  private List<Integer> columns() {
    int layers = network.layers().size();
    List<Integer> columns = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      boolean shown =
          layers <= MOST_COLUMNS || layer < MOST_COLUMNS / 2 || layer >= layers - MOST_COLUMNS / 2;
      if (shown) {
        columns.add(layer);
      } else if (columns.getLast() != OMITTED) {
        columns.add(OMITTED);
      }
    }
    return columns;
  }

  private void drawImage() {
    int left = 8 + (COLUMN - IMAGE) / 2;
    int top = MIDDLE - IMAGE / 2;
    for (int i = 0; i <= CELLS; i++) {
      int step = IMAGE * i / CELLS;
      line("cell", left + step, top, left + step, top + IMAGE);
      line("cell", left, top + step, left + IMAGE, top + step);
    }
    write("count", left + IMAGE / 2, HEIGHT - 26, Integer.toString(network.inputs()));
  }

  /** Returns the heights of its circles. */
  private List<Integer> drawLayer(
      LayerSpec layer, int x, List<Integer> before, boolean behindImage) {
    int circles = Math.min(layer.neurons(), MOST_CIRCLES);
    boolean dots = layer.neurons() > MOST_CIRCLES;
    List<Integer> heights = new ArrayList<>();
    for (int i = 0; i < circles; i++) {
      int y = MIDDLE + (int) Math.round((i - (circles - 1) / 2.0) * PITCH);
      if (dots && i == circles / 2) {
        write("more", x, y + 5, "⋮");
        continue;
      }
      heights.add(y);
      shapes.append(
          String.format(
              Locale.ROOT,
              "<circle class=\"neuron%s\" cx=\"%d\" cy=\"%d\" r=\"%d\"/>",
              layer.dropout() > 0 ? " drops" : "",
              x,
              y,
              RADIUS));
      if (behindImage) {
        line("edge", x - COLUMN + IMAGE / 2, MIDDLE, x - RADIUS, y);
      }
      for (int from : before) {
        line("edge", x - COLUMN + RADIUS, from, x - RADIUS, y);
      }
    }
    write("count", x, HEIGHT - 26, Integer.toString(layer.neurons()));
    write("activation", x, HEIGHT - 8, names.apply(layer.activation()));
    return heights;
  }

  private void line(String kind, int x1, int y1, int x2, int y2) {
    lines.append(
        String.format(
            Locale.ROOT,
            "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>",
            kind,
            x1,
            y1,
            x2,
            y2));
  }

  private void write(String kind, int x, int y, String words) {
    String safe = words.replace("&", "&amp;").replace("<", "&lt;");
    shapes.append(
        String.format(
            Locale.ROOT, "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>", kind, x, y, safe));
  }
}
