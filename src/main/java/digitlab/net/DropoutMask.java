package digitlab.net;

import digitlab.math.Rng;

/**
 * Which outputs are switched off in one training step (inverted dropout): those that stay grow by
 * 1/(1 − probability), so that nothing changes when the trained network is used. Whether a neuron
 * stays depends on seed, step, layer, row and neuron alone, so that every engine drops the same
 * ones in whatever order it works.
 */
public final class DropoutMask {
  /** Nothing is dropped: for predictions and for gradients that are looked at. */
  public static final DropoutMask NONE = new DropoutMask(0, -1);

  private final long key;
  private final long step;

  private DropoutMask(long key, long step) {
    this.key = key;
    this.step = step;
  }

  /** The mask of step {@code step}, from 1. */
  public static DropoutMask of(long seed, long step) {
    return new DropoutMask(Rng.key(seed, "dropout"), step);
  }

  /** Whether nothing is dropped. */
  public boolean isNone() {
    return step < 0;
  }

  /**
   * The key of one layer: neuron {@code o} of row {@code r} stays if float number {@code r·out + o}
   * reaches its dropout.
   */
  public long layerKey(int layer) {
    return Rng.at(key, step * NetworkSpec.MOST_LAYERS + layer);
  }

  /** Copies what passes; {@code from} and {@code to} are (rows, out) and may be one array. */
  void pass(int index, DenseLayer layer, int rows, float[] from, float[] to) {
    int size = rows * layer.out();
    if (isNone() || layer.dropout() == 0) {
      System.arraycopy(from, 0, to, 0, size);
      return;
    }
    long layerKey = layerKey(index);
    float probability = (float) layer.dropout();
    float scale = 1 / (1 - probability);
    for (int i = 0; i < size; i++) {
      to[i] = Rng.floatAt(layerKey, i) < probability ? 0 : from[i] * scale;
    }
  }
}
