package digitlab.browser;

import digitlab.net.DenseLayer;
import digitlab.net.Kernels;
import digitlab.net.Parameters;
import digitlab.net.PlainKernels;

/**
 * Kernels for a network that looks at one image at a time and does not change: its weights lie in
 * linear memory once and for all. The sums are those of {@link PlainKernels}, bit for bit.
 */
final class VectorKernels implements Kernels {
  private final PlainKernels plain = new PlainKernels();
  private final LinearMemory memory = new LinearMemory();
  private final VectorLayer[] layers;
  private final int weights;
  private final int x;
  private final int z;
  private final int list;

  VectorKernels(Parameters parameters) {
    layers = VectorLayer.of(parameters);
    weights = memory.take(layers[layers.length - 1].end());
    int widest = 0;
    for (VectorLayer layer : layers) {
      layer.write(parameters.values(), weights);
      widest = Math.max(widest, Math.max(layer.in(), layer.out()));
    }
    x = memory.take(widest);
    z = memory.take(widest);
    list = memory.take(2 * widest + 64); // pairs
  }

  @Override
  public void dense(DenseLayer dense, int rows, float[] x, float[] parameters, float[] z) {
    VectorLayer layer = layer(dense);
    LinearMemory.write(x, 0, dense.in(), this.x);
    int bytes = 4 * dense.in();
    VectorInstructions.clear(this.x + bytes, layer.in() - bytes); // a wider layer was here
    VectorInstructions.dense(
        1,
        layer.in(),
        layer.out(),
        this.x,
        weights + layer.weightsAt(),
        weights + layer.biasesAt(),
        this.z,
        list);
    LinearMemory.read(this.z, dense.out(), z, 0);
  }

  private VectorLayer layer(DenseLayer dense) {
    for (VectorLayer layer : layers) {
      if (layer.layer().weightsAt() == dense.weightsAt()) {
        return layer;
      }
    }
    throw new IllegalArgumentException("This layer belongs to another network: " + dense);
  }

  @Override
  public void activate(DenseLayer layer, int rows, float[] z, float[] y) {
    plain.activate(layer, rows, z, y);
  }

  @Override
  public void denseGradient(
      DenseLayer layer, int rows, float[] x, float[] delta, float[] gradient) {
    plain.denseGradient(layer, rows, x, delta, gradient);
  }

  @Override
  public void denseBack(DenseLayer layer, int rows, float[] delta, float[] parameters, float[] dx) {
    plain.denseBack(layer, rows, delta, parameters, dx);
  }

  @Override
  public void multiplySlope(DenseLayer layer, int rows, float[] z, float[] y, float[] delta) {
    plain.multiplySlope(layer, rows, z, y, delta);
  }

  @Override
  public void close() {
    memory.close();
  }
}
