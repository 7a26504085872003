package digitlab.browser;

import digitlab.net.Activation;
import digitlab.net.Batch;
import digitlab.net.PlainKernels;

/**
 * The numbers of a batch on its way through the layers, in linear memory: pixels, weighted sums,
 * outputs and their gradients, in rows that are filled up with zeros.
 */
final class VectorBatch implements AutoCloseable {
  private final LinearMemory memory = new LinearMemory();
  private final PlainKernels plain = new PlainKernels();
  private final VectorLayer[] layers;
  private final int capacity; // rows
  private final VectorImages images;
  private final int x;
  private final int list;
  private final int[] z;
  private final int[] y;
  private final int[] delta;
  private final float[] copyOfZ; // (rows, out) of one layer, for what Java computes
  private final float[] copyOfY;
  private final float[] copyOfDelta;
  private int rows;

  VectorBatch(VectorLayer[] layers, VectorImages images, int capacity) {
    this.layers = layers;
    this.images = images;
    this.capacity = capacity;
    int inputs = layers[0].layer().in();
    x = memory.take(capacity * layers[0].in());
    z = new int[layers.length];
    y = new int[layers.length];
    delta = new int[layers.length];
    int widest = 0; // layer
    for (int l = 0; l < layers.length; l++) {
      int bytes = capacity * layers[l].out();
      z[l] = memory.take(bytes);
      y[l] = memory.take(bytes);
      delta[l] = memory.take(bytes);
      widest = Math.max(widest, layers[l].layer().out());
    }
    list = memory.take(8 * Math.max(Math.max(widest, inputs) + 4, 4 * (capacity + 1))); // pairs
    copyOfZ = new float[capacity * widest];
    copyOfY = new float[capacity * widest];
    copyOfDelta = new float[capacity * widest];
  }

  int capacity() {
    return capacity;
  }

  /** Puts the pixels of a batch in, as numbers in [0, 1]. */
  void put(Batch batch) {
    rows = batch.rows();
    int inputs = batch.inputs();
    for (int row = 0; row < rows; row++) {
      int pixels = images.address(batch.images(), batch.number(row));
      VectorInstructions.lighten(pixels, pixels + inputs, x + row * layers[0].in());
    }
  }

  private int inputOf(int layer) {
    return layer == 0 ? x : y[layer - 1];
  }

  /** From the images to the outputs. */
  void forward(int weights) {
    for (int l = 0; l < layers.length; l++) {
      VectorLayer layer = layers[l];
      VectorInstructions.dense(
          rows,
          layer.in(),
          layer.out(),
          inputOf(l),
          weights + layer.weightsAt(),
          weights + layer.biasesAt(),
          z[l],
          list);
      if (layer.layer().activation() == Activation.RELU) {
        VectorInstructions.relu(z[l], z[l] + rows * layer.out(), y[l]);
      } else {
        read(l, z, copyOfZ);
        plain.activate(layer.layer(), rows, copyOfZ, copyOfY);
        write(l, copyOfY, y);
      }
    }
  }

  /** The weighted sums of the output layer, (rows, outputs); valid until the next call. */
  float[] sums() {
    read(layers.length - 1, z, copyOfZ);
    return copyOfZ;
  }

  /** The outputs, (rows, outputs); valid until the next call. */
  float[] outputs() {
    read(layers.length - 1, y, copyOfY);
    return copyOfY;
  }

  /** Where to write the gradient with respect to the outputs, (rows, outputs). */
  float[] outputDelta() {
    return copyOfDelta;
  }

  /**
   * From {@link #outputDelta} back to the first layer.
   *
   * @param isJoined whether the gradient is already that of the sums, not of the outputs
   * @param transposed room for the largest matrix of weights
   * @param gradient takes the gradient of all parameters
   */
  void backward(boolean isJoined, int weights, int transposed, int gradient) {
    int last = layers.length - 1;
    write(last, copyOfDelta, delta);
    if (!isJoined) {
      multiplySlope(last);
    }
    VectorInstructions.clear(gradient, layers[last].end());
    for (int l = last; l >= 0; l--) {
      VectorLayer layer = layers[l];
      VectorInstructions.denseGradient(
          rows,
          layer.in(),
          layer.out(),
          inputOf(l),
          delta[l],
          gradient + layer.weightsAt(),
          gradient + layer.biasesAt(),
          list);
      if (l > 0) {
        VectorInstructions.transpose(
            layer.in(), layer.out(), weights + layer.weightsAt(), transposed);
        VectorInstructions.denseBack(
            rows, layer.in(), layer.out(), delta[l], transposed, delta[l - 1]);
        multiplySlope(l - 1);
      }
    }
  }

  private void multiplySlope(int l) {
    VectorLayer layer = layers[l];
    if (layer.layer().activation() == Activation.RELU) {
      VectorInstructions.multiplyReluSlope(z[l], z[l] + rows * layer.out(), delta[l]);
      return;
    }
    read(l, z, copyOfZ);
    read(l, y, copyOfY);
    read(l, delta, copyOfDelta);
    plain.multiplySlope(layer.layer(), rows, copyOfZ, copyOfY, copyOfDelta);
    write(l, copyOfDelta, delta);
  }

  /** Copies a layer's numbers from linear memory, leaving out what fills the rows up. */
  private void read(int l, int[] from, float[] to) {
    int out = layers[l].layer().out();
    for (int row = 0; row < rows; row++) {
      LinearMemory.read(from[l] + row * layers[l].out(), out, to, row * out);
    }
  }

  private void write(int l, float[] from, int[] to) {
    int out = layers[l].layer().out();
    for (int row = 0; row < rows; row++) {
      LinearMemory.write(from, row * out, out, to[l] + row * layers[l].out());
    }
  }

  @Override
  public void close() {
    memory.close();
  }
}
