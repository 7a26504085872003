package digitlab.engine.cpu;

import digitlab.net.DenseLayer;

/**
 * One layer as one member of the team sees it: where its numbers lie. Members share the weights
 * that are cut between them; the others each has for itself.
 *
 * @param shape of the network
 * @param panels of the weights
 * @param weightsAt in the parameters' memory, like {@code biasesAt}
 * @param back panels of the transposed weights (out, in), for the way back
 * @param backAt in the scratch memory, like what follows; −1 where there is none
 * @param zAt weighted sums (rows, stride); the same place as {@code yAt} where nobody asks for them
 * @param yAt outputs
 * @param passedAt outputs after dropout; the same place as {@code yAt} where there is none
 * @param maskAt what dropout multiplies with; −1 where there is none
 * @param deltaAt gradient with respect to z
 * @param stride floats from one row to the next
 */
record Layer(
    DenseLayer shape,
    Panels panels,
    int weightsAt,
    int biasesAt,
    Panels back,
    int backAt,
    int zAt,
    int yAt,
    int passedAt,
    int maskAt,
    int deltaAt,
    int stride) {

  int in() {
    return shape.in();
  }

  int paddedOut() {
    return panels.paddedColumns();
  }
}
