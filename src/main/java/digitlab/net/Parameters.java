package digitlab.net;

import digitlab.math.Rng;

/**
 * All numbers that training changes, in one flat array, so that optimisers, files, uploads and
 * gradient checks are single loops. Gradients have the same shape and are kept in this type, too.
 */
public final class Parameters {
  private final NetworkSpec spec;
  private final DenseLayer[] layers;
  private final float[] values;

  /** All zero. */
  public Parameters(NetworkSpec spec) {
    this.spec = spec;
    layers = new DenseLayer[spec.layers().size()];
    int at = 0;
    for (int l = 0; l < layers.length; l++) {
      LayerSpec layer = spec.layers().get(l);
      int in = spec.inputsOf(l);
      int out = layer.neurons();
      layers[l] = new DenseLayer(in, out, layer.activation(), layer.dropout(), at, at + in * out);
      at = layers[l].end();
    }
    values = new float[at];
  }

  /**
   * Fresh ones for a training that starts; the same seed gives the same numbers on every platform.
   */
  public static Parameters initial(NetworkSpec spec, Initializer initializer, long seed) {
    Parameters parameters = new Parameters(spec);
    Rng rng = Rng.named(seed, "initial parameters");
    for (DenseLayer layer : parameters.layers) {
      initializer.fill(layer, parameters.values, rng);
    }
    return parameters;
  }

  public NetworkSpec spec() {
    return spec;
  }

  public int layerCount() {
    return layers.length;
  }

  public DenseLayer layer(int index) {
    return layers[index];
  }

  /** The array itself, not a copy: {@link NetworkSpec#parameterCount} numbers. */
  public float[] values() {
    return values;
  }

  /** Takes over the numbers of {@code other}, which must describe the same network. */
  public void copyFrom(Parameters other) {
    if (!other.spec.equals(spec)) {
      throw new IllegalArgumentException(
          "These parameters belong to " + other.spec + ", not to " + spec + ".");
    }
    System.arraycopy(other.values, 0, values, 0, values.length);
  }

  /** Whether every number is finite: neither NaN nor infinite. */
  public boolean areFinite() {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
