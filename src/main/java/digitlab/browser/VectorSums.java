package digitlab.browser;

import digitlab.net.Network;
import digitlab.net.Parameters;

/**
 * The weighted sums of a network that looks at one image at a time and does not change: its weights
 * lie in linear memory once and for all. The sums are those of {@link digitlab.net.PlainKernels},
 * bit for bit.
 */
final class VectorSums implements Network.Sums, AutoCloseable {
  private final LinearMemory memory = new LinearMemory();
  private final VectorLayer[] layers;
  private final int weights;
  private final int image; // as numbers
  private final int x;
  private final int z;
  private final int list;

  VectorSums(Parameters parameters) {
    layers = VectorLayer.of(parameters);
    weights = memory.take(layers[layers.length - 1].end());
    int widest = 0;
    for (VectorLayer layer : layers) {
      layer.write(parameters.values(), weights);
      widest = Math.max(widest, Math.max(layer.in(), layer.out()));
    }
    image = memory.take(layers[0].in());
    x = memory.take(widest);
    z = memory.take(widest);
    list = memory.take(2 * widest + 64); // pairs
  }

  /** Takes in an image from an address: a byte for each input, a multiple of 16. */
  void show(int pixels) {
    VectorInstructions.lighten(pixels, pixels + layers[0].layer().in(), image);
  }

  /** Copies the image, as numbers in [0, 1]. */
  void readImage(float[] to) {
    LinearMemory.read(image, layers[0].layer().in(), to, 0);
  }

  @Override
  public void ofImage(float[] z) {
    multiply(layers[0], image, z);
  }

  @Override
  public void of(int layer, float[] below, float[] z) {
    VectorLayer dense = layers[layer];
    LinearMemory.write(below, 0, dense.layer().in(), x);
    int bytes = 4 * dense.layer().in();
    VectorInstructions.clear(x + bytes, dense.in() - bytes); // a wider layer was here
    multiply(dense, x, z);
  }

  private void multiply(VectorLayer layer, int from, float[] to) {
    VectorInstructions.dense(
        1,
        layer.in(),
        layer.out(),
        from,
        weights + layer.weightsAt(),
        weights + layer.biasesAt(),
        z,
        list);
    LinearMemory.read(z, layer.layer().out(), to, 0);
  }

  @Override
  public void close() {
    memory.close();
  }
}
