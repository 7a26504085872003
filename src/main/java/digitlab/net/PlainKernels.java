package digitlab.net;

import digitlab.math.Functions;

/**
 * The kernels in plain Java: what every other engine is held to, and what runs in the browser. Four
 * of five pixels of a handwritten digit are zero, so inputs that are zero are passed over; the
 * others are taken four at a time, so that a row of sums is read and written once for four rows of
 * weights.
 */
public final class PlainKernels implements Kernels {
  private int[] active = new int[0]; // scratch: the inputs, or the rows, that are not zero

  @Override
  public void dense(DenseLayer layer, int rows, float[] x, float[] parameters, float[] z) {
    int in = layer.in();
    int out = layer.out();
    int weightsAt = layer.weightsAt();
    for (int row = 0; row < rows; row++) {
      int zAt = row * out;
      int xAt = row * in;
      System.arraycopy(parameters, layer.biasesAt(), z, zAt, out);
      int count = findActive(x, xAt, in);
      int k = 0;
      for (; k + 4 <= count; k += 4) {
        int i0 = active[k];
        int i1 = active[k + 1];
        int i2 = active[k + 2];
        int i3 = active[k + 3];
        addFourRows(
            parameters,
            weightsAt + i0 * out,
            weightsAt + i1 * out,
            weightsAt + i2 * out,
            weightsAt + i3 * out,
            x[xAt + i0],
            x[xAt + i1],
            x[xAt + i2],
            x[xAt + i3],
            z,
            zAt,
            out);
      }
      for (; k < count; k++) {
        addRow(parameters, weightsAt + active[k] * out, x[xAt + active[k]], z, zAt, out);
      }
    }
  }

  private int findActive(float[] x, int from, int length) {
    if (active.length < length) {
      active = new int[length];
    }
    int count = 0;
    for (int i = 0; i < length; i++) {
      if (x[from + i] != 0) {
        active[count++] = i;
      }
    }
    return count;
  }

  private static void addFourRows(
      float[] w,
      int w0,
      int w1,
      int w2,
      int w3,
      float x0,
      float x1,
      float x2,
      float x3,
      float[] z,
      int zAt,
      int out) {
    for (int o = 0; o < out; o++) {
      z[zAt + o] += (x0 * w[w0 + o] + x1 * w[w1 + o]) + (x2 * w[w2 + o] + x3 * w[w3 + o]);
    }
  }

  private static void addRow(
      float[] from, int fromAt, float factor, float[] to, int toAt, int length) {
    for (int i = 0; i < length; i++) {
      to[toAt + i] += factor * from[fromAt + i];
    }
  }

  /**
   * Goes through the inputs, not the rows, so that a row of gradients is written once for four
   * rows.
   */
  @Override
  public void denseGradient(
      DenseLayer layer, int rows, float[] x, float[] delta, float[] gradient) {
    int in = layer.in();
    int out = layer.out();
    if (active.length < rows) {
      active = new int[rows];
    }
    for (int i = 0; i < in; i++) {
      int count = 0;
      for (int row = 0, at = i; row < rows; row++, at += in) {
        if (x[at] != 0) {
          active[count++] = row;
        }
      }
      int gradientAt = layer.weightsAt() + i * out;
      int k = 0;
      for (; k + 4 <= count; k += 4) {
        int r0 = active[k];
        int r1 = active[k + 1];
        int r2 = active[k + 2];
        int r3 = active[k + 3];
        addFourRows(
            delta,
            r0 * out,
            r1 * out,
            r2 * out,
            r3 * out,
            x[r0 * in + i],
            x[r1 * in + i],
            x[r2 * in + i],
            x[r3 * in + i],
            gradient,
            gradientAt,
            out);
      }
      for (; k < count; k++) {
        addRow(delta, active[k] * out, x[active[k] * in + i], gradient, gradientAt, out);
      }
    }
    for (int row = 0; row < rows; row++) {
      addRow(delta, row * out, 1, gradient, layer.biasesAt(), out);
    }
  }

  @Override
  public void denseBack(DenseLayer layer, int rows, float[] delta, float[] parameters, float[] dx) {
    int in = layer.in();
    int out = layer.out();
    for (int row = 0; row < rows; row++) {
      int deltaAt = row * out;
      int dxAt = row * in;
      int i = 0;
      for (;
          i + 4 <= in;
          i += 4) { // four sums at a time: each alone would wait for its own last addition
        int w0 = layer.weightsAt() + i * out;
        int w1 = w0 + out;
        int w2 = w1 + out;
        int w3 = w2 + out;
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int o = 0; o < out; o++) {
          float d = delta[deltaAt + o];
          s0 += d * parameters[w0 + o];
          s1 += d * parameters[w1 + o];
          s2 += d * parameters[w2 + o];
          s3 += d * parameters[w3 + o];
        }
        dx[dxAt + i] = s0;
        dx[dxAt + i + 1] = s1;
        dx[dxAt + i + 2] = s2;
        dx[dxAt + i + 3] = s3;
      }
      for (; i < in; i++) {
        int weightsAt = layer.weightsAt() + i * out;
        float sum = 0;
        for (int o = 0; o < out; o++) {
          sum += delta[deltaAt + o] * parameters[weightsAt + o];
        }
        dx[dxAt + i] = sum;
      }
    }
  }

  @Override
  public void activate(DenseLayer layer, int rows, float[] z, float[] y) {
    int size = rows * layer.out();
    switch (layer.activation()) {
      case IDENTITY -> System.arraycopy(z, 0, y, 0, size);
      case RELU -> {
        for (int i = 0; i < size; i++) {
          y[i] = z[i] > 0 ? z[i] : 0;
        }
      }
      case SOFTMAX -> {
        for (int at = 0; at < size; at += layer.out()) {
          softmax(z, y, at, layer.out());
        }
      }
      case SIGMOID, TANH, LEAKY_RELU, ELU, GELU -> {
        Activation activation = layer.activation();
        for (int i = 0; i < size; i++) {
          y[i] = (float) activation.apply(z[i]);
        }
      }
    }
  }

  private static void softmax(float[] z, float[] y, int from, int classes) {
    float largest = z[from];
    for (int c = 1; c < classes; c++) {
      largest = z[from + c] > largest ? z[from + c] : largest;
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += Functions.exp(z[from + c] - largest);
    }
    for (int c = 0; c < classes; c++) {
      y[from + c] = (float) (Functions.exp(z[from + c] - largest) / sum);
    }
  }

  @Override
  public void multiplySlope(DenseLayer layer, int rows, float[] z, float[] y, float[] delta) {
    int size = rows * layer.out();
    if (layer.activation() == Activation.SOFTMAX) {
      for (int at = 0; at < size; at += layer.out()) {
        multiplySoftmaxSlope(y, delta, at, layer.out());
      }
      return;
    }
    Activation activation = layer.activation();
    for (int i = 0; i < size; i++) {
      delta[i] = (float) (delta[i] * activation.slope(z[i], y[i]));
    }
  }

  /** δ[i] ← y[i]·(δ[i] − Σ δ[j]·y[j]): the Jacobian of softmax is diag(y) − y·yᵀ. */
  private static void multiplySoftmaxSlope(float[] y, float[] delta, int from, int classes) {
    float dot = 0;
    for (int c = from; c < from + classes; c++) {
      dot += delta[c] * y[c];
    }
    for (int c = from; c < from + classes; c++) {
      delta[c] = y[c] * (delta[c] - dot);
    }
  }
}
