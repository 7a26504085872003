package digitlab.net;

/**
 * What a neuron's weights look like as an image. In the first layer these are the weights
 * themselves; those of a deeper neuron are multiplied with the weights of the layers below, as if
 * all activations were identities: a rough picture of what it would like to see.
 */
public final class WeightPicture {
  private WeightPicture() {}

  /** (inputs): one number for each pixel. */
  public static float[] of(Parameters parameters, int layer, int neuron) {
    PlainKernels kernels = new PlainKernels();
    float[] above = new float[parameters.layer(layer).out()];
    above[neuron] = 1;
    for (int l = layer; l >= 0; l--) {
      float[] below = new float[parameters.layer(l).in()];
      kernels.denseBack(parameters.layer(l), 1, above, parameters.values(), below);
      above = below;
    }
    return above;
  }
}
