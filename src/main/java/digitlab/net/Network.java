package digitlab.net;

/**
 * A trained network that looks at one image at a time and lets its layers be seen: what runs behind
 * the drawing pad. It does not train. Not thread-safe.
 */
public final class Network {
  /** Computes the weighted sums of a layer for one image, where plain Java is not to do it. */
  public interface Sums {
    /** z (out) of the first layer, for an image that it knows. */
    void ofImage(float[] z);

    /** z (out) of a further layer, from the outputs below it. */
    void of(int layer, float[] below, float[] z);
  }

  private final Parameters parameters;
  private final PlainKernels kernels = new PlainKernels();
  private final Workspace workspace;
  private final Explanation explanation;

  public Network(Parameters parameters) {
    this.parameters = parameters;
    workspace = new Workspace(parameters.spec(), 1);
    explanation = new Explanation(parameters, workspace);
  }

  public NetworkSpec spec() {
    return parameters.spec();
  }

  public Parameters parameters() {
    return parameters;
  }

  /**
   * Looks at an image of {@code spec().inputs()} numbers in [0, 1]; the other methods then tell
   * what it saw.
   */
  public void look(float[] image) {
    if (image.length != spec().inputs()) {
      throw new IllegalArgumentException(
          "The image has "
              + image.length
              + " pixels; the network "
              + spec().shape()
              + " expects "
              + spec().inputs()
              + ".");
    }
    look(
        new Sums() {
          @Override
          public void ofImage(float[] z) {
            of(0, image, z);
          }

          @Override
          public void of(int layer, float[] below, float[] z) {
            kernels.dense(parameters.layer(layer), 1, below, parameters.values(), z);
          }
        });
  }

  /** Looks at the image that {@code sums} knows. */
  public void look(Sums sums) {
    for (int l = 0; l < parameters.layerCount(); l++) {
      float[] z = workspace.z(l);
      if (l == 0) {
        sums.ofImage(z);
      } else {
        sums.of(l, workspace.y(l - 1), z);
      }
      kernels.activate(parameters.layer(l), 1, z, workspace.y(l));
    }
  }

  /**
   * The outputs of one layer for the last image; the array itself, valid until the next {@link
   * #look}.
   */
  public float[] outputs(int layer) {
    return workspace.y(layer);
  }

  /** Why the outputs for the last image are as they are. */
  public Explanation explanation() {
    return explanation;
  }

  /** The class with the largest output; the first of them where several are equal. */
  public int answer() {
    return largest(outputs(parameters.layerCount() - 1), 0, spec().outputs());
  }

  /**
   * How much the network believes in each class, adding up to 1: the outputs themselves for
   * softmax; for other outputs their share of the sum of the positive ones.
   */
  public float[] probabilities() {
    return shares(outputs(parameters.layerCount() - 1));
  }

  /** What {@link #probabilities} makes of the outputs of a network. */
  public static float[] shares(float[] outputs) {
    int classes = outputs.length;
    float[] shares = new float[classes];
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      shares[c] = outputs[c] > 0 ? outputs[c] : 0;
      sum += shares[c];
    }
    for (int c = 0; c < classes; c++) {
      shares[c] = sum > 0 ? (float) (shares[c] / sum) : 1f / classes;
    }
    return shares;
  }

  /** The index, from 0, of the largest of {@code count} values from {@code from}. */
  public static int largest(float[] values, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (values[from + i] > values[from + best]) {
        best = i;
      }
    }
    return best;
  }
}
