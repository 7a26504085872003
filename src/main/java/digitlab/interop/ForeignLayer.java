package digitlab.interop;

import digitlab.net.Activation;
import org.jspecify.annotations.Nullable;

/**
 * A dense layer as another tool wrote it. Its sizes fit its tensors.
 *
 * @param weights (out, in) if {@code outFirst}, else (in, out)
 * @param biases (out); null: all zero
 */
record ForeignLayer(
    String name,
    int in,
    int out,
    boolean outFirst,
    TensorData weights,
    @Nullable TensorData biases,
    Activation activation) {

  ForeignLayer with(Activation other) {
    return new ForeignLayer(name, in, out, outFirst, weights, biases, other);
  }

  ForeignLayer with(TensorData other) {
    return new ForeignLayer(name, in, out, outFirst, weights, other, activation);
  }

  float weight(int i, int o) {
    return weights.get(outFirst ? o * in + i : i * out + o);
  }
}
