package digitlab.browser;

import digitlab.ink.Normalisation;
import digitlab.ink.Placement;
import digitlab.ink.Rasterizer;
import digitlab.ink.Stroke;
import digitlab.net.Network;
import digitlab.net.NetworkFile;
import digitlab.net.NetworkSpec;
import java.util.ArrayList;
import java.util.List;

/** One network behind one pad: strokes in, image, probabilities and lit neurons out. */
abstract class Recogniser implements Handles.Closeable {
  private final NetworkFile file;
  private final Network network;
  private final Rasterizer rasterizer = new Rasterizer();

  /**
   * Takes a network.
   *
   * @throws IllegalArgumentException if it does not read drawings
   */
  Recogniser(NetworkFile file) {
    this.file = file;
    if (!file.preprocessing().equals(NetworkFile.MNIST_28)
        || file.parameters().spec().inputs() != Rasterizer.PIXELS) {
      throw new IllegalArgumentException(
          "The network \""
              + file.title()
              + "\" reads "
              + file.preprocessing()
              + " with "
              + file.parameters().spec().inputs()
              + " inputs; the pad draws "
              + NetworkFile.MNIST_28
              + " with "
              + Rasterizer.PIXELS
              + ".");
    }
    network = new Network(file.parameters());
  }

  Network network() {
    return network;
  }

  NetworkSpec spec() {
    return network.spec();
  }

  /** Three lines: title, network, id. */
  String description() {
    return file.title() + "\n" + network.spec() + "\n" + file.id();
  }

  /** Rasterises the strokes as MNIST was made, or with only some of its steps: 784 bytes. */
  byte[] raster(List<Stroke> strokes, Normalisation steps) {
    return rasterizer.raster(strokes, steps);
  }

  /** The image that the network looked at last, as 784 numbers in [0, 1]. */
  abstract float[] input();

  /**
   * Where the drawing lies in the image: x = sheet's x · [0] + [1], y = sheet's y · [0] + [2]; pen
   * radius [3].
   */
  float[] placement() {
    Placement placement = rasterizer.placement();
    return new float[] {
      placement.scale(),
      placement.left() - placement.originX() * placement.scale(),
      placement.top() - placement.originY() * placement.scale(),
      placement.penRadius()
    };
  }

  /** See {@link digitlab.net.Explanation#pull}. */
  float[] pull(int layer, int neuron, int against) {
    float[] pull = new float[Rasterizer.PIXELS];
    network.explanation().pull(layer, neuron, against, pull);
    return pull;
  }

  /** The strongest connections into a neuron: as many pairs of (number below, weight · output). */
  float[] strongest(int layer, int neuron, int most) {
    int[] from = new int[most];
    float[] share = new float[most];
    int count = network.explanation().strongest(layer, neuron, input(), from, share);
    float[] pairs = new float[2 * count];
    for (int i = 0; i < count; i++) {
      pairs[2 * i] = from[i];
      pairs[2 * i + 1] = share[i];
    }
    return pairs;
  }

  /** What a page's four switches and its pen mean: bits 0 to 3 as in {@link Normalisation}. */
  static Normalisation steps(int switches, float drawnWidth) {
    return new Normalisation(
        (switches & 1) != 0,
        (switches & 2) != 0,
        (switches & 4) != 0,
        (switches & 8) != 0,
        drawnWidth);
  }

  float[] probabilities() {
    return network.probabilities();
  }

  float[] outputs(int layer) {
    return network.outputs(layer);
  }

  /** Takes x, y, x, y … apart into strokes of {@code lengths} points. */
  static List<Stroke> strokes(float[] points, int[] lengths) {
    List<Stroke> strokes = new ArrayList<>();
    int at = 0;
    for (int length : lengths) {
      float[] xs = new float[length];
      float[] ys = new float[length];
      for (int i = 0; i < length; i++) {
        xs[i] = points[at++];
        ys[i] = points[at++];
      }
      strokes.add(new Stroke(xs, ys));
    }
    return strokes;
  }
}
