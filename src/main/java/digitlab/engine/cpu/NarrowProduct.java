package digitlab.engine.cpu;

import static digitlab.engine.cpu.Vectors.FLOATS;
import static digitlab.engine.cpu.Vectors.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * The products of a narrow first layer, whose inputs are mostly zero: 81 % of MNIST's pixels are.
 * Each image has a list of the others ({@link NonZeroPixels}), and a row of weights is one vector
 * or two, so that an image is a walk along its list.
 */
final class NarrowProduct {
  private NarrowProduct() {}

  /** y = x·W over the pixels of one part; y (rows, stride) begins at {@code yAt}. */
  static void product(
      Layer layer, Task task, int first, int rows, int part, float[] w, float[] y, int yAt) {
    NonZeroPixels lists = task.nonZero;
    int wAt = layer.weightsAt() + layer.in() * part / NonZeroPixels.PARTS * layer.panels().width();
    for (int row = 0; row < rows; row++) {
      int at = yAt + row * layer.stride();
      int list = task.listOf(first + row);
      int from = lists.start(list, part);
      int to = lists.start(list, part + 1);
      if (layer.panels().vectors() == 1) {
        addRows(lists.entries(), from, to, w, wAt, y, at);
      } else {
        addRowsOfTwo(lists.entries(), from, to, w, wAt, y, at);
      }
    }
  }

  /** dW += α·xᵀ·δ over the pixels of one part. */
  static void addGradient(
      Layer layer,
      Task task,
      int first,
      int rows,
      int part,
      float alpha,
      float[] delta,
      float[] into) {
    NonZeroPixels lists = task.nonZero;
    int wAt = layer.weightsAt() + layer.in() * part / NonZeroPixels.PARTS * layer.panels().width();
    for (int row = 0; row < rows; row++) {
      int at = layer.deltaAt() + row * layer.stride();
      int list = task.listOf(first + row);
      int from = lists.start(list, part);
      int to = lists.start(list, part + 1);
      if (layer.panels().vectors() == 1) {
        addOuter(lists.entries(), from, to, alpha, delta, at, into, wAt);
      } else {
        addOuterOfTwo(lists.entries(), from, to, alpha, delta, at, into, wAt);
      }
    }
  }

  /**
   * y += Σ x·W[pixel] for the entries {@code from…to}; {@code wAt} is where the row of the part's
   * first pixel begins; rows of one vector.
   */
  private static void addRows(
      char[] entries, int from, int to, float[] w, int wAt, float[] y, int yAt) {
    float[] values = NonZeroPixels.VALUES;
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0, s2 = s0, s3 = s0;
    int at = wAt;
    int n = from;
    for (; n + 4 <= to; n += 4) {
      int e0 = entries[n];
      int e1 = entries[n + 1];
      int e2 = entries[n + 2];
      int e3 = entries[n + 3];
      at += (e0 >>> 8) * LANES;
      s0 =
          FloatVector.broadcast(FLOATS, values[e0 & 255])
              .fma(FloatVector.fromArray(FLOATS, w, at), s0);
      at += (e1 >>> 8) * LANES;
      s1 =
          FloatVector.broadcast(FLOATS, values[e1 & 255])
              .fma(FloatVector.fromArray(FLOATS, w, at), s1);
      at += (e2 >>> 8) * LANES;
      s2 =
          FloatVector.broadcast(FLOATS, values[e2 & 255])
              .fma(FloatVector.fromArray(FLOATS, w, at), s2);
      at += (e3 >>> 8) * LANES;
      s3 =
          FloatVector.broadcast(FLOATS, values[e3 & 255])
              .fma(FloatVector.fromArray(FLOATS, w, at), s3);
    }
    for (; n < to; n++) {
      int e0 = entries[n];
      at += (e0 >>> 8) * LANES;
      s0 =
          FloatVector.broadcast(FLOATS, values[e0 & 255])
              .fma(FloatVector.fromArray(FLOATS, w, at), s0);
    }
    s0.add(s1).add(s2.add(s3)).intoArray(y, yAt);
  }

  /** The same with rows of two vectors. */
  private static void addRowsOfTwo(
      char[] entries, int from, int to, float[] w, int wAt, float[] y, int yAt) {
    float[] values = NonZeroPixels.VALUES;
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector t0 = s0, s1 = s0, t1 = s0;
    int at = wAt;
    int n = from;
    for (; n + 2 <= to; n += 2) {
      int e0 = entries[n];
      int e1 = entries[n + 1];
      at += (e0 >>> 8) * 2 * LANES;
      FloatVector x = FloatVector.broadcast(FLOATS, values[e0 & 255]);
      s0 = x.fma(FloatVector.fromArray(FLOATS, w, at), s0);
      t0 = x.fma(FloatVector.fromArray(FLOATS, w, at + LANES), t0);
      at += (e1 >>> 8) * 2 * LANES;
      x = FloatVector.broadcast(FLOATS, values[e1 & 255]);
      s1 = x.fma(FloatVector.fromArray(FLOATS, w, at), s1);
      t1 = x.fma(FloatVector.fromArray(FLOATS, w, at + LANES), t1);
    }
    for (; n < to; n++) {
      int e0 = entries[n];
      at += (e0 >>> 8) * 2 * LANES;
      FloatVector x = FloatVector.broadcast(FLOATS, values[e0 & 255]);
      s0 = x.fma(FloatVector.fromArray(FLOATS, w, at), s0);
      t0 = x.fma(FloatVector.fromArray(FLOATS, w, at + LANES), t0);
    }
    s0.add(s1).intoArray(y, yAt);
    t0.add(t1).intoArray(y, yAt + LANES);
  }

  /** W[pixel] += α·x·δ for the entries {@code from…to}; rows of one vector. */
  private static void addOuter(
      char[] entries,
      int from,
      int to,
      float alpha,
      float[] delta,
      int deltaAt,
      float[] w,
      int wAt) {
    float[] values = NonZeroPixels.VALUES;
    FloatVector d = FloatVector.fromArray(FLOATS, delta, deltaAt).mul(alpha);
    int at = wAt;
    for (int n = from; n < to; n++) {
      int entry = entries[n];
      at += (entry >>> 8) * LANES;
      FloatVector.broadcast(FLOATS, values[entry & 255])
          .fma(d, FloatVector.fromArray(FLOATS, w, at))
          .intoArray(w, at);
    }
  }

  /** The same with rows of two vectors. */
  private static void addOuterOfTwo(
      char[] entries,
      int from,
      int to,
      float alpha,
      float[] delta,
      int deltaAt,
      float[] w,
      int wAt) {
    float[] values = NonZeroPixels.VALUES;
    FloatVector d0 = FloatVector.fromArray(FLOATS, delta, deltaAt).mul(alpha);
    FloatVector d1 = FloatVector.fromArray(FLOATS, delta, deltaAt + LANES).mul(alpha);
    int at = wAt;
    for (int n = from; n < to; n++) {
      int entry = entries[n];
      at += (entry >>> 8) * 2 * LANES;
      FloatVector x = FloatVector.broadcast(FLOATS, values[entry & 255]);
      x.fma(d0, FloatVector.fromArray(FLOATS, w, at)).intoArray(w, at);
      x.fma(d1, FloatVector.fromArray(FLOATS, w, at + LANES)).intoArray(w, at + LANES);
    }
  }
}
