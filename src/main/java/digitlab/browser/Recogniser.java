package digitlab.browser;

import digitlab.ink.Rasterizer;
import digitlab.ink.Stroke;
import digitlab.net.Network;
import digitlab.net.NetworkFile;
import digitlab.net.NetworkFormat;
import digitlab.net.NetworkSpec;
import java.util.ArrayList;
import java.util.List;

/** One network behind one pad: strokes in, image, probabilities and lit neurons out. */
final class Recogniser {
  private final NetworkFile file;
  private final Network network;
  private final Rasterizer rasterizer = new Rasterizer();
  private final float[] input = new float[Rasterizer.PIXELS];
  private byte[] image = new byte[Rasterizer.PIXELS];

  /**
   * Opens a network file.
   *
   * @throws IllegalArgumentException if it is no network that reads drawings
   */
  Recogniser(byte[] bytes) {
    file = NetworkFormat.read(bytes);
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

  NetworkSpec spec() {
    return network.spec();
  }

  /** Three lines: title, network, id. */
  String description() {
    return file.title() + "\n" + network.spec() + "\n" + file.id();
  }

  /** Rasterises the strokes and looks at them. Returns the answer. */
  int recognise(List<Stroke> strokes) {
    image = rasterizer.raster(strokes);
    for (int i = 0; i < input.length; i++) {
      input[i] = (image[i] & 255) / 255f;
    }
    network.look(input);
    return network.answer();
  }

  byte[] image() {
    return image;
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
