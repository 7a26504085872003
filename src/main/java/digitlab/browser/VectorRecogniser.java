package digitlab.browser;

import digitlab.ink.Rasterizer;
import digitlab.net.NetworkFile;

/** A recogniser that looks at pixels in linear memory, with WebAssembly's vector instructions. */
final class VectorRecogniser extends Recogniser {
  private final VectorSums sums;

  VectorRecogniser(NetworkFile file) {
    super(file);
    sums = new VectorSums(network().parameters());
  }

  /** Looks at the 784 bytes at an address. Returns the answer. */
  int look(int pixels) {
    sums.show(pixels);
    network().look(sums);
    return network().answer();
  }

  @Override
  float[] input() {
    float[] input = new float[Rasterizer.PIXELS];
    sums.readImage(input);
    return input;
  }

  @Override
  public void close() {
    sums.close();
  }
}
