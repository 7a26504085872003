package digitlab.net;

import java.util.Arrays;

/**
 * Backpropagation (Rumelhart, Hinton, Williams 1986): the way of a batch through the layers, and
 * the way of its error back. It computes gradients and changes no parameter.
 */
final class Backprop {
  private final Parameters parameters;
  private final Loss loss;
  private final Kernels kernels;

  Backprop(Parameters parameters, Loss loss, Kernels kernels) {
    this.parameters = parameters;
    this.loss = loss;
    this.kernels = kernels;
  }

  /** Fills z and y of every layer for {@code rows} images x (rows, inputs). */
  void forward(float[] x, int rows, DropoutMask mask, Workspace workspace) {
    for (int l = 0; l < parameters.layerCount(); l++) {
      DenseLayer layer = parameters.layer(l);
      float[] z = workspace.z(l);
      float[] y = workspace.y(l);
      kernels.dense(layer, rows, inputOf(l, x, workspace), parameters.values(), z);
      kernels.activate(layer, rows, z, y);
      if (layer.dropout() > 0) {
        mask.pass(l, layer, rows, y, workspace.passed(l));
      }
    }
  }

  private static float[] inputOf(int layer, float[] x, Workspace workspace) {
    return layer == 0 ? x : workspace.passed(layer - 1);
  }

  /** Loss and hits of the batch that went forward last. */
  StepResult judge(Batch batch, Workspace workspace) {
    int last = parameters.layerCount() - 1;
    return Judge.result(
        batch, loss, parameters.layer(last).out(), workspace.z(last), workspace.y(last));
  }

  /**
   * Writes the gradient of the mean loss of the batch that went forward last as {@code x}, with the
   * same mask.
   */
  void backward(Batch batch, float[] x, DropoutMask mask, Workspace workspace, float[] gradient) {
    int rows = batch.rows();
    Arrays.fill(gradient, 0);
    outputDelta(batch, workspace);
    for (int l = parameters.layerCount() - 1; l >= 0; l--) {
      DenseLayer layer = parameters.layer(l);
      kernels.denseGradient(layer, rows, inputOf(l, x, workspace), workspace.delta(l), gradient);
      if (l > 0) {
        DenseLayer below = parameters.layer(l - 1);
        float[] delta = workspace.delta(l - 1);
        kernels.denseBack(layer, rows, workspace.delta(l), parameters.values(), delta);
        if (below.dropout() > 0) {
          mask.pass(l - 1, below, rows, delta, delta);
        }
        kernels.multiplySlope(below, rows, workspace.z(l - 1), workspace.y(l - 1), delta);
      }
    }
  }

  /**
   * δ of the output layer, times the slope of the activation where the loss is not joined with it.
   */
  private void outputDelta(Batch batch, Workspace workspace) {
    int last = parameters.layerCount() - 1;
    DenseLayer layer = parameters.layer(last);
    float[] y = workspace.y(last);
    float[] delta = workspace.delta(last);
    Judge.delta(batch, layer.out(), y, delta);
    if (!loss.isJoined()) {
      kernels.multiplySlope(layer, batch.rows(), workspace.z(last), y, delta);
    }
  }
}
