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
  private static final int MOST_SPLITS = 16;
  private static final int TILE = 16;

  /**
   * Where the numbers of one layer lie.
   *
   * @param weightStride from one row of weights to the next
   * @param weights (padded inputs and four lines for the biases, weightStride)
   * @param units z, y and delta, each (padded rows, unitStride)
   */
  record Layer(int weightStride, int weights, int unitStride, int units) {}

  /**
   * Room for this network, if it fits.
   *
   * @param slotCount how many numbers the optimiser remembers for each parameter
   * @param imageStride bytes from one image to the next
   * @param sharedBytes what a block can have
   */
  static @Nullable Room of(
      Parameters shape, int slotCount, int rows, int imageStride, int sharedBytes) {
    int paddedRows = fours(rows);
    long have = (sharedBytes - DESK) / Float.BYTES;
    if (rows > MOST_ROWS || shape.values().length > have) {
      return null;
    }
    List<Layer> layers = new ArrayList<>();
    int at = 0;
    int widest = 0;
    for (int l = 0; l < shape.layerCount(); l++) {
      DenseLayer layer = shape.layer(l);
      int weightStride = l == 0 ? fours(layer.out()) : apart(layer.out());
      int unitStride = apart(layer.out());
      int units = at + (fours(layer.in()) + 4) * weightStride;
      layers.add(new Layer(weightStride, at, unitStride, units));
      at = units + 3 * paddedRows * unitStride;
      widest = Math.max(widest, Math.max(fours(layer.out()), l == 0 ? 0 : fours(layer.in())));
    }
    int pixels = at;
    at += paddedRows * imageStride / Float.BYTES;
    int least = paddedRows * widest; // one sum for each number of the largest product
    if (at + (long) least > have) {
      return null;
    }
    int slotsAt = -1;
    long forSlots = (long) slotCount * shape.values().length;
    int enough = least * Math.min(MOST_SPLITS, Math.max(1, MOST_ROWS * TILE / least));
    if (slotCount > 0 && at + forSlots + enough <= have) {
      slotsAt = at;
      at += fours((int) forSlots);
    }
    int sums = (int) Math.min(have - at, enough);
    return new Room(layers, paddedRows, pixels, slotsAt, at, sums, at + sums);
  }

  private static int fours(int n) {
    return (n + 3) / 4 * 4;
  }

  /** Padded so that eight rows, four numbers of each, lie in 32 different banks. */
  private static int apart(int n) {
    int padded = fours(n);
    return padded / 4 % 2 == 0 ? padded + 4 : padded;
  }

  /** What a block needs, in bytes. */
  int bytes() {
    return DESK + Float.BYTES * all;
  }
}
