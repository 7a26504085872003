package digitlab.net;

/**
 * Where a layer's numbers lie in the flat array of {@link Parameters}: weights (in, out), row after
 * row, then biases (out).
 */
public record DenseLayer(
    int in, int out, Activation activation, double dropout, int weightsAt, int biasesAt) {
  /** The index of the first number behind this layer. */
  public int end() {
    return biasesAt + out;
  }

  /** The index of the weight from input {@code i} to neuron {@code o}. */
  public int weightAt(int i, int o) {
    return weightsAt + i * out + o;
  }
}
