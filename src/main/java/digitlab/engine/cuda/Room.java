package digitlab.engine.cuda;

import digitlab.net.DenseLayer;
import digitlab.net.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the numbers of a small network lie in the shared memory of one block (train_resident), in
 * floats from where the block's own bookkeeping ends. Rows are padded to fours, and so that rows
 * which are read together lie in different banks.
 *
 * <p>Weights and pixels decide: 784 → 16 with batches of 32 needs 63 KB for the weights of its
 * first layer and 51 KB for the pixels of a batch, so that it fits into the 163 KB of an A100 and
 * the 227 KB of an H100, but not into the 99 KB that a block has on sm_86, sm_89 and sm_120: there
 * all blocks train it. 784 → 128 needs 400 KB and fits nowhere.
 *
 * @param layers where those of each layer lie
 * @param slots where the optimiser's memory lies, if there is room; else −1
 * @param sums how many partial sums there is room for
 */
record Room(
    List<Layer> layers, int paddedRows, int pixels, int slots, int sumsAt, int sums, int all) {
  /** Most rows of a batch: as many as the block has threads. */
  static final int MOST_ROWS = 512;

  private static final int DESK =
      12_592; // bytes in front: sizeof(Desk) in resident.cuh, rounded up to 16
  private static final int WARPS = MOST_ROWS / 32; // each adds up a part of the pixels
  private static final int BF16_PER_FLOAT = 2;

  /**
   * Where the numbers of one layer lie.
   *
   * @param weightStride from one row of weights to the next
   * @param weights (biasLine and four lines for the biases, weightStride)
   * @param unitStride from one row of units to the next
   * @param units z, y and delta, each (padded rows, unitStride)
   * @param biasLine the biases are this row of the weights
   */
  record Layer(int weightStride, int weights, int unitStride, int units, int biasLine) {}

  /**
   * Room for this network, if it fits.
   *
   * @param slotCount how many numbers the optimiser remembers for each parameter
   * @param imageStride bytes from one image to the next in the card's memory
   * @param sharedBytes what a block can have
   */
  static @Nullable Room of(
      Parameters shape, int slotCount, int rows, int imageStride, int sharedBytes) {
    int paddedRows = padded(rows, 16);
    int have = (sharedBytes - DESK) / Float.BYTES;
    if (rows > MOST_ROWS || shape.values().length > have) {
      return null;
    }
    List<Layer> layers = new ArrayList<>();
    int at = 0;
    int least =
        paddedRows * padded(shape.layer(0).out(), 8); // sums, one for each number of a product
    int enough = WARPS * least;
    for (int l = 0; l < shape.layerCount(); l++) {
      DenseLayer layer = shape.layer(l);
      int biasLine = l == 0 ? imageStride : padded(layer.in(), 4);
      int stride = apart(layer.out());
      int units = at + (biasLine + 4) * stride;
      layers.add(new Layer(stride, at, stride, units, biasLine));
      at = units + 3 * paddedRows * stride;
      if (l > 0) {
        least = Math.max(least, paddedRows * padded(Math.max(layer.in(), layer.out()), 4));
      }
    }
    int pixels = at;
    at += paddedRows * (imageStride + 8) / BF16_PER_FLOAT;
    if (at + (long) least > have) {
      return null;
    }
    enough = Math.max(enough, least);
    int slotsAt = -1;
    long forSlots = padded(slotCount * shape.values().length, 4);
    if (slotCount > 0 && at + forSlots + Math.max(least, enough / 2) <= have) {
      slotsAt = at;
      at += (int) forSlots;
    }
    int sums = Math.min(have - at, enough);
    return new Room(layers, paddedRows, pixels, slotsAt, at, sums, at + sums);
  }

  private static int padded(int n, int multiple) {
    return (n + multiple - 1) / multiple * multiple;
  }

  /** Padded so that eight rows, four numbers of each, lie in 32 different banks. */
  private static int apart(int n) {
    int fours = padded(n, 4);
    return fours / 4 % 2 == 0 ? fours + 4 : fours;
  }

  /** What a block needs, in bytes. */
  int bytes() {
    return DESK + Float.BYTES * all;
  }
}
