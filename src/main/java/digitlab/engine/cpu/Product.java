package digitlab.engine.cpu;

import static digitlab.engine.cpu.Vectors.FLOATS;
import static digitlab.engine.cpu.Vectors.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * The dense products of a layer, all of one form: C += α·A·B, where a row of B and of C is some
 * vectors wide and A is read number by number. Forward A is the layer's input and B its weights;
 * backward A is δ and B the weights transposed; for the gradient A is the input transposed, which
 * takes no more than other strides, and B is δ.
 *
 * <p>A block of sums stays in registers while the kernel goes through the depth of the product,
 * which is cut so that B's part stays in the first-level cache for all rows of A.
 *
 * <p>The kernels call the Vector API itself, not helpers: the JIT compiler stops inlining ordinary
 * methods when a method has grown to 8,000 bytecodes, and a vector that is handed to a method that
 * was not inlined is a new object.
 */
final class Product {
  /** How many steps of depth are done for all rows before the next ones. */
  private static final int DEPTH = 256;

  private Product() {}

  /**
   * Adds α·A·B to one panel of C.
   *
   * @param rows of A and C
   * @param depth columns of A, rows of B
   * @param aRow from one row of A to the next, {@code aStep} from one column to the next
   * @param vectors of B and C: 1, 2 or 4
   */
  static void add(
      int rows,
      int depth,
      float alpha,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bRow,
      int vectors,
      float[] c,
      int cAt,
      int cRow) {
    int block = vectors == 1 ? 8 : 4;
    for (int from = 0; from < depth; from += DEPTH) {
      int steps = Math.min(DEPTH, depth - from);
      int aFrom = aAt + from * aStep;
      int bFrom = bAt + from * bRow;
      int row = 0;
      for (; row + block <= rows; row += block) {
        int i = aFrom + row * aRow;
        int j = cAt + row * cRow;
        switch (vectors) {
          case 4 -> fourByFour(steps, alpha, a, i, aRow, aStep, b, bFrom, bRow, c, j, cRow);
          case 2 -> fourByTwo(steps, alpha, a, i, aRow, aStep, b, bFrom, bRow, c, j, cRow);
          default -> eightByOne(steps, alpha, a, i, aRow, aStep, b, bFrom, bRow, c, j, cRow);
        }
      }
      for (; row < rows; row++) {
        int i = aFrom + row * aRow;
        int j = cAt + row * cRow;
        for (int v = 0; v < vectors * LANES; v += LANES) {
          oneByOne(steps, alpha, a, i, aStep, b, bFrom + v, bRow, c, j + v);
        }
      }
    }
  }

  private static void fourByFour(
      int depth,
      float alpha,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bRow,
      float[] c,
      int cAt,
      int cRow) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector c00 = zero, c01 = zero, c02 = zero, c03 = zero;
    FloatVector c10 = zero, c11 = zero, c12 = zero, c13 = zero;
    FloatVector c20 = zero, c21 = zero, c22 = zero, c23 = zero;
    FloatVector c30 = zero, c31 = zero, c32 = zero, c33 = zero;
    int a1 = aRow;
    int a2 = 2 * aRow;
    int a3 = 3 * aRow;
    for (int k = 0, i = aAt, j = bAt; k < depth; k++, i += aStep, j += bRow) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, j);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, j + LANES);
      FloatVector b2 = FloatVector.fromArray(FLOATS, b, j + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(FLOATS, b, j + 3 * LANES);
      FloatVector x = FloatVector.broadcast(FLOATS, a[i]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(FLOATS, a[i + a1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(FLOATS, a[i + a2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(FLOATS, a[i + a3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
    }
    FloatVector scale = FloatVector.broadcast(FLOATS, alpha);
    c00.fma(scale, FloatVector.fromArray(FLOATS, c, cAt)).intoArray(c, cAt);
    c01.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + LANES)).intoArray(c, cAt + LANES);
    c02.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + 2 * LANES)).intoArray(c, cAt + 2 * LANES);
    c03.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + 3 * LANES)).intoArray(c, cAt + 3 * LANES);
    c10.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + cRow)).intoArray(c, cAt + cRow);
    c11.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + cRow + LANES))
        .intoArray(c, cAt + cRow + LANES);
    c12.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + cRow + 2 * LANES))
        .intoArray(c, cAt + cRow + 2 * LANES);
    c13.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + cRow + 3 * LANES))
        .intoArray(c, cAt + cRow + 3 * LANES);
    c20.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + 2 * cRow)).intoArray(c, cAt + 2 * cRow);
    c21.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + 2 * cRow + LANES))
        .intoArray(c, cAt + 2 * cRow + LANES);
    c22.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + 2 * cRow + 2 * LANES))
        .intoArray(c, cAt + 2 * cRow + 2 * LANES);
    c23.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + 2 * cRow + 3 * LANES))
        .intoArray(c, cAt + 2 * cRow + 3 * LANES);
    c30.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + 3 * cRow)).intoArray(c, cAt + 3 * cRow);
    c31.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + 3 * cRow + LANES))
        .intoArray(c, cAt + 3 * cRow + LANES);
    c32.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + 3 * cRow + 2 * LANES))
        .intoArray(c, cAt + 3 * cRow + 2 * LANES);
    c33.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + 3 * cRow + 3 * LANES))
        .intoArray(c, cAt + 3 * cRow + 3 * LANES);
  }

  private static void fourByTwo(
      int depth,
      float alpha,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bRow,
      float[] c,
      int cAt,
      int cRow) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector c00 = zero, c01 = zero, c10 = zero, c11 = zero;
    FloatVector c20 = zero, c21 = zero, c30 = zero, c31 = zero;
    int a1 = aRow;
    int a2 = 2 * aRow;
    int a3 = 3 * aRow;
    for (int k = 0, i = aAt, j = bAt; k < depth; k++, i += aStep, j += bRow) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, j);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, j + LANES);
      FloatVector x = FloatVector.broadcast(FLOATS, a[i]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(FLOATS, a[i + a1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(FLOATS, a[i + a2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(FLOATS, a[i + a3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
    }
    FloatVector scale = FloatVector.broadcast(FLOATS, alpha);
    c00.fma(scale, FloatVector.fromArray(FLOATS, c, cAt)).intoArray(c, cAt);
    c01.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + LANES)).intoArray(c, cAt + LANES);
    c10.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + cRow)).intoArray(c, cAt + cRow);
    c11.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + cRow + LANES))
        .intoArray(c, cAt + cRow + LANES);
    c20.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + 2 * cRow)).intoArray(c, cAt + 2 * cRow);
    c21.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + 2 * cRow + LANES))
        .intoArray(c, cAt + 2 * cRow + LANES);
    c30.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + 3 * cRow)).intoArray(c, cAt + 3 * cRow);
    c31.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + 3 * cRow + LANES))
        .intoArray(c, cAt + 3 * cRow + LANES);
  }

  private static void eightByOne(
      int depth,
      float alpha,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bRow,
      float[] c,
      int cAt,
      int cRow) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector c0 = zero, c1 = zero, c2 = zero, c3 = zero;
    FloatVector c4 = zero, c5 = zero, c6 = zero, c7 = zero;
    int a1 = aRow;
    int a2 = 2 * aRow;
    int a3 = 3 * aRow;
    int a4 = 4 * aRow;
    int a5 = 5 * aRow;
    int a6 = 6 * aRow;
    int a7 = 7 * aRow;
    for (int k = 0, i = aAt, j = bAt; k < depth; k++, i += aStep, j += bRow) {
      FloatVector row = FloatVector.fromArray(FLOATS, b, j);
      c0 = row.fma(FloatVector.broadcast(FLOATS, a[i]), c0);
      c1 = row.fma(FloatVector.broadcast(FLOATS, a[i + a1]), c1);
      c2 = row.fma(FloatVector.broadcast(FLOATS, a[i + a2]), c2);
      c3 = row.fma(FloatVector.broadcast(FLOATS, a[i + a3]), c3);
      c4 = row.fma(FloatVector.broadcast(FLOATS, a[i + a4]), c4);
      c5 = row.fma(FloatVector.broadcast(FLOATS, a[i + a5]), c5);
      c6 = row.fma(FloatVector.broadcast(FLOATS, a[i + a6]), c6);
      c7 = row.fma(FloatVector.broadcast(FLOATS, a[i + a7]), c7);
    }
    FloatVector scale = FloatVector.broadcast(FLOATS, alpha);
    c0.fma(scale, FloatVector.fromArray(FLOATS, c, cAt)).intoArray(c, cAt);
    c1.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + cRow)).intoArray(c, cAt + cRow);
    c2.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + 2 * cRow)).intoArray(c, cAt + 2 * cRow);
    c3.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + 3 * cRow)).intoArray(c, cAt + 3 * cRow);
    c4.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + 4 * cRow)).intoArray(c, cAt + 4 * cRow);
    c5.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + 5 * cRow)).intoArray(c, cAt + 5 * cRow);
    c6.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + 6 * cRow)).intoArray(c, cAt + 6 * cRow);
    c7.fma(scale, FloatVector.fromArray(FLOATS, c, cAt + 7 * cRow)).intoArray(c, cAt + 7 * cRow);
  }

  private static void oneByOne(
      int depth,
      float alpha,
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      int bRow,
      float[] c,
      int cAt) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int k = 0, i = aAt, j = bAt; k < depth; k++, i += aStep, j += bRow) {
      sum = FloatVector.fromArray(FLOATS, b, j).fma(FloatVector.broadcast(FLOATS, a[i]), sum);
    }
    FloatVector scale = FloatVector.broadcast(FLOATS, alpha);
    sum.fma(scale, FloatVector.fromArray(FLOATS, c, cAt)).intoArray(c, cAt);
  }
}
