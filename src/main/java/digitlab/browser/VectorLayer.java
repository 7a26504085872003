package digitlab.browser;

import digitlab.net.DenseLayer;
import digitlab.net.Parameters;

/**
 * Where the parameters of a layer lie in linear memory, and their gradients likewise: rows of
 * weights filled up with zeros to multiples of four, as {@link VectorInstructions} wants them, then
 * the biases.
 *
 * @param layer its place in the flat array of {@link Parameters}
 * @param in bytes of a row of inputs, filled up
 * @param out bytes of a row of outputs, filled up
 * @param weightsAt where its weights begin, in bytes from the first layer's
 */
record VectorLayer(DenseLayer layer, int in, int out, int weightsAt) {
  /** The layers of a network, one behind the other. */
  static VectorLayer[] of(Parameters parameters) {
    VectorLayer[] layers = new VectorLayer[parameters.layerCount()];
    int at = 0;
    for (int l = 0; l < layers.length; l++) {
      DenseLayer layer = parameters.layer(l);
      layers[l] = new VectorLayer(layer, filledUp(layer.in()), filledUp(layer.out()), at);
      at = layers[l].end();
    }
    return layers;
  }

  /** The bytes of so many numbers, filled up to whole vectors. */
  static int filledUp(int numbers) {
    return (numbers + 3) / 4 * 16;
  }

  int biasesAt() {
    return weightsAt + in / 4 * out;
  }

  int end() {
    return biasesAt() + out;
  }

  /** Copies the layer's parameters to linear memory. */
  void write(float[] values, int base) {
    for (int i = 0; i < layer.in(); i++) {
      LinearMemory.write(values, layer.weightAt(i, 0), layer.out(), base + weightsAt + i * out);
    }
    LinearMemory.write(values, layer.biasesAt(), layer.out(), base + biasesAt());
  }

  /** Copies the layer's parameters from linear memory. */
  void read(int base, float[] values) {
    for (int i = 0; i < layer.in(); i++) {
      LinearMemory.read(base + weightsAt + i * out, layer.out(), values, layer.weightAt(i, 0));
    }
    LinearMemory.read(base + biasesAt(), layer.out(), values, layer.biasesAt());
  }
}
