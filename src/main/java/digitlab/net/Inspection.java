package digitlab.net;

/**
 * Looks into a network: shows it some images and keeps every number of their way forward and of
 * their error's way back, without dropout. It has parameters of its own, so that nothing it does
 * reaches a training. Not thread-safe.
 */
public final class Inspection {
  private final Parameters parameters;
  private final Parameters gradient;
  private final Loss loss;
  private final Backprop backprop;
  private final Workspace workspace;
  private final float[] x; // (rows, inputs)
  private final Explanation explanation;

  /**
   * @param rows the largest number of images at once
   */
  public Inspection(NetworkSpec spec, Loss loss, int rows) {
    parameters = new Parameters(spec);
    gradient = new Parameters(spec);
    this.loss = loss;
    backprop = new Backprop(parameters, loss, new PlainKernels());
    workspace = new Workspace(spec, rows);
    x = new float[rows * spec.inputs()];
    explanation = new Explanation(parameters, workspace);
  }

  /** The network that is looked into: to be filled before {@link #look}. */
  public Parameters parameters() {
    return parameters;
  }

  /**
   * Sends the images forward and their error back; the other methods then tell what was on the way.
   *
   * @throws IllegalArgumentException if there are more images than were announced, or of another
   *     size than the network reads
   */
  public StepResult look(Batch batch) {
    if (batch.rows() > workspace.rows() || batch.inputs() != parameters.spec().inputs()) {
      throw new IllegalArgumentException(
          "The batch has "
              + batch.rows()
              + " images of "
              + batch.inputs()
              + " pixels; this looks at up to "
              + workspace.rows()
              + " of "
              + parameters.spec().inputs()
              + ". Show fewer, of that size.");
    }
    batch.copyPixels(x);
    backprop.forward(x, batch.rows(), DropoutMask.NONE, workspace);
    StepResult result = backprop.judge(batch, workspace);
    backprop.backward(batch, x, DropoutMask.NONE, workspace, gradient.values());
    return result;
  }

  /** What a layer reads, (rows, in): pixels in [0, 1], or outputs of the layer below. */
  public float[] inputs(int layer) {
    return layer == 0 ? x : workspace.y(layer - 1);
  }

  /** Weighted sums z of a layer, (rows, out). */
  public float[] sums(int layer) {
    return workspace.z(layer);
  }

  /** Outputs y of a layer, (rows, out). */
  public float[] outputs(int layer) {
    return workspace.y(layer);
  }

  /** δ of a layer, (rows, out): the gradient of the mean loss with respect to z. */
  public float[] deltas(int layer) {
    return workspace.delta(layer);
  }

  /** The gradient of the mean loss with respect to the parameters. */
  public Parameters gradient() {
    return gradient;
  }

  /** The loss of one row, of which {@link #look} gives the mean. */
  public double lossOf(int row, int label) {
    int last = parameters.layerCount() - 1;
    int classes = parameters.spec().outputs();
    return loss.value(workspace.z(last), workspace.y(last), row * classes, classes, label);
  }

  /** Why the outputs are as they are, for the first image. */
  public Explanation explanation() {
    return explanation;
  }

  /**
   * One neuron with all its numbers, for the first image, when it was looked at alone.
   *
   * @param terms how many terms of its sums are wanted
   */
  public NeuronStudy study(int layer, int neuron, int label, int terms) {
    DenseLayer dense = parameters.layer(layer);
    float[] values = parameters.values();
    double z = sums(layer)[neuron];
    double y = outputs(layer)[neuron];
    boolean softmax = dense.activation() == Activation.SOFTMAX;
    boolean last = layer == parameters.layerCount() - 1;
    TopTerms inputs = new TopTerms(terms);
    for (int i = 0; i < dense.in(); i++) {
      inputs.offer(i, values[dense.weightAt(i, neuron)], inputs(layer)[i]);
    }
    TopTerms above = new TopTerms(terms);
    double pull = 0;
    if (!last) {
      DenseLayer next = parameters.layer(layer + 1);
      for (int o = 0; o < next.out(); o++) {
        double weight = values[next.weightAt(neuron, o)];
        pull += weight * deltas(layer + 1)[o];
        above.offer(o, weight, deltas(layer + 1)[o]);
      }
    } else if (loss.isJoined() || softmax) {
      pull = Double.NaN;
    } else {
      pull = y - (neuron == label ? 1 : 0);
    }
    return new NeuronStudy(
        layer,
        neuron,
        dense.activation(),
        values[dense.biasesAt() + neuron],
        z,
        y,
        softmax ? Double.NaN : dense.activation().slope(z, y),
        pull,
        deltas(layer)[neuron],
        inputs.list(),
        above.list());
  }
}
