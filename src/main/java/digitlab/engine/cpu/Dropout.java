package digitlab.engine.cpu;

import digitlab.math.Rng;
import digitlab.net.DropoutMask;
import java.util.Arrays;

/** The masks of dropout, the same as {@link DropoutMask} has them. */
final class Dropout {
  private Dropout() {}

  /**
   * Writes what the outputs of some neurons are multiplied with: 0, or 1/(1 − probability).
   *
   * @param index of the layer
   * @param first the number of the first row within the batch
   */
  static void write(
      Layer layer,
      DropoutMask mask,
      int index,
      int first,
      int rows,
      int column,
      int width,
      float[] memory) {
    float probability = (float) layer.shape().dropout();
    float scale = 1 / (1 - probability);
    long key = mask.layerKey(index);
    int out = layer.shape().out();
    int end = Math.min(out, column + width);
    for (int row = 0; row < rows; row++) {
      int at = layer.maskAt() + row * layer.stride();
      if (mask.isNone()) {
        Arrays.fill(memory, at + column, at + end, 1);
        continue;
      }
      long counter = (long) (first + row) * out;
      for (int neuron = column; neuron < end; neuron++) {
        memory[at + neuron] = Rng.floatAt(key, counter + neuron) < probability ? 0 : scale;
      }
    }
  }
}
