package digitlab.net;

import java.util.List;

/**
 * One neuron with real numbers, forward and back, for one image: z = Σ w·x + b, y = f(z), and δ =
 * ∂C/∂z.
 *
 * @param sum z
 * @param slope f′(z); NaN for softmax, which acts on the whole layer
 * @param pull ∂C/∂y: for a hidden layer the sum of w·δ over the neurons above; NaN where loss and
 *     activation are joined, or the activation is softmax, so that δ comes at once
 * @param delta δ
 * @param inputs the terms of z that weigh most, the largest first
 * @param above the terms of {@code pull} that weigh most; empty for the output layer
 */
public record NeuronStudy(
    int layer,
    int neuron,
    Activation activation,
    double bias,
    double sum,
    double output,
    double slope,
    double pull,
    double delta,
    List<Term> inputs,
    List<Term> above) {

  /**
   * A weight and what it is multiplied with.
   *
   * @param index the neuron, or the pixel, at the other end
   */
  public record Term(int index, double weight, double factor) {
    public double product() {
      return weight * factor;
    }
  }
}
