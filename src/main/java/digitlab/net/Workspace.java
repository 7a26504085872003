package digitlab.net;

/**
 * Scratch memory of {@link Backprop} for batches of up to {@link #rows} images. What it holds
 * between calls means nothing; every call writes before it reads.
 */
final class Workspace {
  private final int rows;
  private final float[][] z; // per layer (rows, out): weighted sums
  private final float[][] y; // per layer (rows, out): outputs
  private final float[][]
      passed; // per layer (rows, out): outputs after dropout; the same array as y where there is
  // none
  private final float[][] delta; // per layer (rows, out): gradient of the loss with respect to z

  Workspace(NetworkSpec spec, int rows) {
    this.rows = rows;
    int layers = spec.layers().size();
    z = new float[layers][];
    y = new float[layers][];
    passed = new float[layers][];
    delta = new float[layers][];
    for (int l = 0; l < layers; l++) {
      LayerSpec layer = spec.layers().get(l);
      int size = rows * layer.neurons();
      z[l] = new float[size];
      y[l] = new float[size];
      passed[l] = layer.dropout() > 0 ? new float[size] : y[l];
      delta[l] = new float[size];
    }
  }

  int rows() {
    return rows;
  }

  float[] z(int layer) {
    return z[layer];
  }

  float[] y(int layer) {
    return y[layer];
  }

  float[] passed(int layer) {
    return passed[layer];
  }

  float[] delta(int layer) {
    return delta[layer];
  }
}
