package digitlab.engine.cpu;

import static digitlab.engine.cpu.Vectors.FLOATS;
import static digitlab.engine.cpu.Vectors.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * The products of {@link Product} where only some steps of the depth count, which a list names: for
 * inputs that are mostly zero, like pixels. Panels are {@link Panels#MOST_VECTORS} wide.
 *
 * <p>The kernels are those of {@link Product} but for the list, which costs them 10 % where nothing
 * can be left out ({@code KernelBenchmark}): therefore there are both.
 */
final class ListedProduct {
  private ListedProduct() {}

  /**
   * Adds α·A·B to some rows of one panel of C.
   *
   * @param rows four, or two where the panels are {@code 4} vectors wide
   * @param list the steps that count stand from {@code from} to {@code to}
   */
  static void add(
      int rows,
      int[] list,
      int from,
      int to,
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
    if (rows == 2) {
      twoByFour(list, from, to, alpha, a, aAt, aRow, aStep, b, bAt, bRow, c, cAt, cRow);
    } else if (Panels.MOST_VECTORS == 4) {
      fourByFour(list, from, to, alpha, a, aAt, aRow, aStep, b, bAt, bRow, c, cAt, cRow);
    } else {
      fourByTwo(list, from, to, alpha, a, aAt, aRow, aStep, b, bAt, bRow, c, cAt, cRow);
    }
  }

  private static void fourByFour(
      int[] list,
      int from,
      int to,
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
    for (int n = from; n < to; n++) {
      int i = aAt + list[n] * aStep;
      int j = bAt + list[n] * bRow;
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

  private static void twoByFour(
      int[] list,
      int from,
      int to,
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
    int a1 = aRow;
    for (int n = from; n < to; n++) {
      int i = aAt + list[n] * aStep;
      int j = bAt + list[n] * bRow;
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
  }

  private static void fourByTwo(
      int[] list,
      int from,
      int to,
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
    for (int n = from; n < to; n++) {
      int i = aAt + list[n] * aStep;
      int j = bAt + list[n] * bRow;
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
}
