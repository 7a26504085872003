package digitlab.engine.cpu;

import static digitlab.engine.cpu.Vectors.FLOATS;
import static digitlab.engine.cpu.Vectors.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Copies weights to their transposed place: squares of vectors, in rounds that exchange lanes
 * between rows 1, 2, 4 … apart. Not thread-safe: it has scratch memory.
 */
final class Transposer {
  private static final VectorMask<Float> SECOND_OF_1 = second(1);
  private static final VectorMask<Float> SECOND_OF_2 = second(2);
  private static final VectorMask<Float> SECOND_OF_4 = second(4);
  private static final VectorMask<Float> SECOND_OF_8 = second(8);

  private static VectorMask<Float> second(int distance) {
    boolean[] lanes = new boolean[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      lanes[lane] = (lane & distance) != 0;
    }
    return VectorMask.fromArray(FLOATS, lanes, 0);
  }

  private final float[] square = new float[LANES * LANES];

  /** Brings the transposed weights of some inputs up to date, for the neurons of one panel. */
  void copy(Layer layer, int panel, float[] weights, int fromRow, int toRow, float[] scratch) {
    Panels panels = layer.panels();
    Panels back = layer.back();
    int end = Math.min(layer.shape().out(), (panel + 1) * panels.width());
    for (int column = panel * panels.width(); column < end; column += LANES) {
      int count = Math.min(LANES, end - column);
      int row = fromRow;
      for (; row + LANES <= toRow; row += LANES) {
        load(weights, layer.weightsAt() + panels.at(row, column), panels.width());
        transposeSquare();
        store(count, scratch, layer.backAt() + back.at(column, row), back.width());
      }
      for (; row < toRow; row++) {
        int at = layer.weightsAt() + panels.at(row, column);
        for (int i = 0; i < count; i++) {
          scratch[layer.backAt() + back.at(column + i, row)] = weights[at + i];
        }
      }
    }
  }

  private void load(float[] from, int at, int stride) {
    for (int i = 0; i < LANES; i++) {
      FloatVector.fromArray(FLOATS, from, at + i * stride).intoArray(square, i * LANES);
    }
  }

  private void transposeSquare() {
    exchange(1, Vectors.SWAP_1, SECOND_OF_1);
    exchange(2, Vectors.SWAP_2, SECOND_OF_2);
    if (LANES > 4) {
      exchange(4, Vectors.SWAP_4, SECOND_OF_4);
    }
    if (LANES > 8) {
      exchange(8, Vectors.SWAP_8, SECOND_OF_8);
    }
  }

  /** Exchanges the upper row's second lanes with the lower row's first ones, for all pairs. */
  private void exchange(int distance, VectorShuffle<Float> swap, VectorMask<Float> second) {
    for (int pair = 0; pair < LANES / 2; pair++) {
      int i = (pair / distance * 2 * distance + pair % distance) * LANES;
      int j = i + distance * LANES;
      FloatVector upper = FloatVector.fromArray(FLOATS, square, i);
      FloatVector lower = FloatVector.fromArray(FLOATS, square, j);
      upper.blend(lower.rearrange(swap), second).intoArray(square, i);
      upper.rearrange(swap).blend(lower, second).intoArray(square, j);
    }
  }

  private void store(int count, float[] to, int at, int stride) {
    for (int i = 0; i < count; i++) {
      FloatVector.fromArray(FLOATS, square, i * LANES).intoArray(to, at + i * stride);
    }
  }
}
