package digitlab.net;

import java.util.Arrays;

/**
 * Why a network sees what it sees: what one neuron looks for, and which connections carried the
 * answer. Speaks of the image that the network looked at last. Not thread-safe.
 */
public final class Explanation {
  /** For {@link #pull}: no other neuron to compare with. */
  public static final int NONE = -1;

  private final Parameters parameters;
  private final Workspace workspace;
  private final PlainKernels kernels = new PlainKernels();
  private final float[][] slopes; // per layer (out): gradient with respect to its weighted sums

  Explanation(Parameters parameters, Workspace workspace) {
    this.parameters = parameters;
    this.workspace = workspace;
    slopes = new float[parameters.layerCount()][];
    for (int l = 0; l < slopes.length; l++) {
      slopes[l] = new float[parameters.layer(l).out()];
    }
  }

  /**
   * How much each pixel would lift a neuron's weighted sum z, were it a little lighter: the
   * gradient of z, or of z − z of another neuron of the layer, with respect to the image. In the
   * first layer these are the neuron's weights themselves; further on they depend on the image.
   * (Simonyan, Vedaldi, Zisserman 2014; on z, because softmax is flat where it is sure.)
   *
   * @param against the other neuron, or {@link #NONE}
   * @param into (inputs)
   */
  public void pull(int layer, int neuron, int against, float[] into) {
    Arrays.fill(slopes[layer], 0);
    slopes[layer][neuron] = 1;
    if (against != NONE) {
      slopes[layer][against] -= 1;
    }
    for (int l = layer; l > 0; l--) {
      DenseLayer below = parameters.layer(l - 1);
      kernels.denseBack(parameters.layer(l), 1, slopes[l], parameters.values(), slopes[l - 1]);
      kernels.multiplySlope(below, 1, workspace.z(l - 1), workspace.y(l - 1), slopes[l - 1]);
    }
    kernels.denseBack(parameters.layer(0), 1, slopes[0], parameters.values(), into);
  }

  /**
   * The strongest connections into one neuron: those with the largest |weight · output of the
   * neuron below|, the strongest first. What is exactly zero is left out.
   *
   * @param image what the network looked at, (inputs)
   * @param from takes the numbers of the neurons, or pixels, below; its length is how many are
   *     wanted
   * @param share takes weight · output of each
   * @return how many there are
   */
  public int strongest(int layer, int neuron, float[] image, int[] from, float[] share) {
    DenseLayer dense = parameters.layer(layer);
    float[] below = layer == 0 ? image : workspace.y(layer - 1);
    float[] values = parameters.values();
    int count = 0;
    for (int i = 0; i < dense.in(); i++) {
      float value = below[i] * values[dense.weightAt(i, neuron)];
      if (value != 0) {
        count = insert(i, value, count, from, share);
      }
    }
    return count;
  }

  /** Keeps both arrays sorted by size. Returns how many they hold now. */
  private static int insert(int i, float value, int count, int[] from, float[] share) {
    int at = count;
    while (at > 0 && Math.abs(share[at - 1]) < Math.abs(value)) {
      at--;
    }
    if (at == from.length) {
      return count;
    }
    int moved = (count < from.length ? count : from.length - 1) - at;
    System.arraycopy(from, at, from, at + 1, moved);
    System.arraycopy(share, at, share, at + 1, moved);
    from[at] = i;
    share[at] = value;
    return count < from.length ? count + 1 : count;
  }
}
