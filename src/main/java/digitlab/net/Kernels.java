package digitlab.net;

/**
 * The inner loops of a dense layer. Matrices are row after row in flat arrays; a weight matrix is
 * (in, out) at {@code layer.weightsAt()}. An implementation may own scratch memory: one thread at a
 * time.
 */
public interface Kernels {
  /** z = x·W + b: x (rows, in), z (rows, out). */
  void dense(DenseLayer layer, int rows, float[] x, float[] parameters, float[] z);

  /** Adds xᵀ·δ to the gradient of W and the column sums of δ to that of b: δ (rows, out). */
  void denseGradient(DenseLayer layer, int rows, float[] x, float[] delta, float[] gradient);

  /** dx = δ·Wᵀ: dx (rows, in). */
  void denseBack(DenseLayer layer, int rows, float[] delta, float[] parameters, float[] dx);

  /** y = activation(z), both (rows, out). */
  void activate(DenseLayer layer, int rows, float[] z, float[] y);

  /** δ ← δ × activation′(z): turns the gradient with respect to y into that with respect to z. */
  void multiplySlope(DenseLayer layer, int rows, float[] z, float[] y, float[] delta);
}
