package digitlab.net;

import digitlab.math.Functions;

/**
 * The same network a second time, in double precision and in the plainest loops we could think of:
 * what the engines are checked against. It shares with them only the activations, whose slopes the
 * gradient check proves.
 */
final class DoubleNet {
  final NetworkSpec spec;
  final Loss loss;
  final double[] values;

  DoubleNet(Parameters parameters, Loss loss) {
    spec = parameters.spec();
    this.loss = loss;
    values = new double[parameters.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = parameters.values()[i];
    }
  }

  /** The mean loss of a batch. */
  double loss(Batch batch) {
    double sum = 0;
    for (int row = 0; row < batch.rows(); row++) {
      double[][][] trace = forward(batch, row);
      double[] z = trace[0][spec.layers().size() - 1];
      double[] y = trace[1][spec.layers().size() - 1];
      for (int c = 0; c < y.length; c++) {
        double t = c == batch.label(row) ? 1 : 0;
        sum +=
            switch (loss) {
              case MSE -> (y[c] - t) * (y[c] - t) / 2;
              case CROSS_ENTROPY -> -t * Functions.log(y[c]);
              case BINARY_CROSS_ENTROPY -> Functions.softplus(z[c]) - t * z[c];
            };
      }
    }
    return sum / batch.rows();
  }

  /** The outputs for one image. */
  double[] outputs(Batch batch, int row) {
    return forward(batch, row)[1][spec.layers().size() - 1];
  }

  /** Weighted sums and outputs of every layer. */
  private double[][][] forward(Batch batch, int row) {
    int count = spec.layers().size();
    double[][][] trace = new double[2][count][];
    double[] x = new double[spec.inputs()];
    for (int i = 0; i < x.length; i++) {
      x[i] = pixel(batch, row, i);
    }
    int at = 0;
    for (int l = 0; l < count; l++) {
      Activation activation = spec.layers().get(l).activation();
      int out = spec.layers().get(l).neurons();
      double[] z = new double[out];
      for (int o = 0; o < out; o++) {
        z[o] = values[at + x.length * out + o];
        for (int i = 0; i < x.length; i++) {
          z[o] += x[i] * values[at + i * out + o];
        }
      }
      double[] y = new double[out];
      for (int o = 0; o < out; o++) {
        y[o] = activation == Activation.SOFTMAX ? softmax(z, o) : activation.apply(z[o]);
      }
      trace[0][l] = z;
      trace[1][l] = y;
      at += (x.length + 1) * out;
      x = y;
    }
    return trace;
  }

  private static double pixel(Batch batch, int row, int i) {
    return (batch.images().pixels()[batch.number(row) * batch.inputs() + i] & 255) / 255.0;
  }

  private static double softmax(double[] z, int o) {
    double sum = 0;
    for (double other : z) {
      sum += Functions.exp(other - z[o]);
    }
    return 1 / sum;
  }

  /** The gradient of {@link #loss}, by backpropagation. */
  double[] gradient(Batch batch) {
    double[] gradient = new double[values.length];
    for (int row = 0; row < batch.rows(); row++) {
      addGradient(batch, row, gradient);
    }
    return gradient;
  }

  private void addGradient(Batch batch, int row, double[] gradient) {
    double[][][] trace = forward(batch, row);
    int count = spec.layers().size();
    double[] delta =
        outputDelta(trace[0][count - 1], trace[1][count - 1], batch.label(row), batch.rows());
    int end = values.length;
    for (int l = count - 1; l >= 0; l--) {
      int in = spec.inputsOf(l);
      int out = spec.layers().get(l).neurons();
      int at = end - (in + 1) * out;
      double[] below = new double[in];
      for (int i = 0; i < in; i++) {
        double x = l == 0 ? pixel(batch, row, i) : trace[1][l - 1][i];
        for (int o = 0; o < out; o++) {
          gradient[at + i * out + o] += x * delta[o];
          below[i] += values[at + i * out + o] * delta[o];
        }
      }
      for (int o = 0; o < out; o++) {
        gradient[at + in * out + o] += delta[o];
      }
      if (l > 0) {
        Activation activation = spec.layers().get(l - 1).activation();
        for (int i = 0; i < in; i++) {
          below[i] *= activation.slope(trace[0][l - 1][i], trace[1][l - 1][i]);
        }
      }
      delta = below;
      end = at;
    }
  }

  private double[] outputDelta(double[] z, double[] y, int label, int rows) {
    double[] delta = new double[y.length];
    double dot = 0;
    for (int c = 0; c < y.length; c++) {
      delta[c] = (y[c] - (c == label ? 1 : 0)) / rows;
      dot += delta[c] * y[c];
    }
    for (int c = 0; c < y.length && loss == Loss.MSE; c++) {
      Activation activation = spec.outputActivation();
      delta[c] =
          activation == Activation.SOFTMAX
              ? y[c] * (delta[c] - dot)
              : delta[c] * activation.slope(z[c], y[c]);
    }
    return delta;
  }
}
