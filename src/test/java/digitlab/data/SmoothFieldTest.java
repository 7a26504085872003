package digitlab.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.math.Rng;
import org.junit.jupiter.api.Test;

class SmoothFieldTest {
  private static final int SIGMA = 4;
  private static final int ALPHA = 34;

  /**
   * As Simard's, with a number for each pixel: uniform in [−1, 1), so 1/√3 far, times the sum of
   * the squared weights of a Gaussian in two dimensions, 1/(4πσ²), under the root; neighbours at a
   * distance d go together as exp(−d²/4σ²).
   */
  @Test
  void movesAsFarAndAsSmoothlyAsSimardsWithANumberForEachPixel() {
    SmoothField field = new SmoothField(28, 28, SIGMA, ALPHA);
    Rng rng = new Rng(5);
    float[] moves = new float[28 * 28];
    double squares = 0;
    double besides = 0;
    double below = 0;
    int count = 4000;
    int middle = 14 * 28 + 14;
    for (int i = 0; i < count; i++) {
      field.draw(rng, moves);
      squares += (double) moves[middle] * moves[middle] / count;
      besides += (double) moves[middle] * moves[middle + 5] / count;
      below += (double) moves[middle] * moves[middle + 5 * 28] / count;
    }
    double expected = ALPHA / Math.sqrt(3) / Math.sqrt(4 * Math.PI * SIGMA * SIGMA);
    assertEquals(expected, Math.sqrt(squares), 0.05 * expected);
    double together = Math.exp(-25.0 / (4 * SIGMA * SIGMA));
    assertEquals(together, besides / squares, 0.06);
    assertEquals(together, below / squares, 0.06);
  }

  @Test
  void neighboursMoveAlmostAlikeWhateverTheSize() {
    for (int[] size : new int[][] {{28, 28}, {7, 7}, {1, 3}, {9, 4}}) {
      float[] moves = new float[size[0] * size[1]];
      new SmoothField(size[0], size[1], SIGMA, ALPHA).draw(new Rng(2), moves);
      for (int i = 1; i < moves.length; i++) {
        if (i % size[0] != 0) {
          assertTrue(Math.abs(moves[i] - moves[i - 1]) < 1.5, "at " + i);
        }
      }
    }
  }
}
