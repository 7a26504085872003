package digitlab.interop;

import digitlab.net.Activation;
import digitlab.net.DenseLayer;
import digitlab.net.LayerSpec;
import digitlab.net.NetworkSpec;
import digitlab.net.Parameters;
import java.util.ArrayList;
import java.util.List;

/** Turns layers that another tool wrote into our parameters. */
final class ForeignNetwork {
  private ForeignNetwork() {}

  /** The description that the layers have, without dropout, which files don't tell. */
  static NetworkSpec spec(List<ForeignLayer> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(
          "The file has no dense layer. Choose a file with a network of dense layers.");
    }
    List<LayerSpec> specs = new ArrayList<>();
    int inputs = layers.getFirst().in();
    for (ForeignLayer layer : layers) {
      if (layer.in() != inputs) {
        throw new IllegalArgumentException(
            "Layer \""
                + layer.name()
                + "\" reads "
                + layer.in()
                + " numbers, but what comes before it gives "
                + inputs
                + ". Only layers that follow one another can be imported.");
      }
      if (layer.activation() == Activation.SOFTMAX && specs.size() < layers.size() - 1) {
        throw new IllegalArgumentException(
            "The hidden layer \""
                + layer.name()
                + "\" has softmax, which belongs to the output alone. Give it another activation.");
      }
      specs.add(new LayerSpec(layer.out(), layer.activation()));
      inputs = layer.out();
    }
    return new NetworkSpec(layers.getFirst().in(), specs);
  }

  /**
   * The numbers of the layers.
   *
   * @param spec which may differ from that of the layers in activations and dropout only
   */
  static Parameters parameters(NetworkSpec spec, List<ForeignLayer> layers) {
    String shape = spec(layers).shape();
    if (!shape.equals(spec.shape())) {
      throw new IllegalArgumentException(
          "The tensors make up the network "
              + shape
              + ", but "
              + spec.shape()
              + " is announced. Correct the description of the network.");
    }
    Parameters parameters = new Parameters(spec);
    for (int l = 0; l < layers.size(); l++) {
      copy(layers.get(l), parameters.layer(l), parameters.values());
    }
    if (!parameters.areFinite()) {
      throw new IllegalArgumentException(
          "The file holds numbers that are not finite. Train the network again.");
    }
    return parameters;
  }

  private static void copy(ForeignLayer from, DenseLayer to, float[] values) {
    for (int i = 0; i < to.in(); i++) {
      for (int o = 0; o < to.out(); o++) {
        values[to.weightAt(i, o)] = from.weight(i, o);
      }
    }
    TensorData biases = from.biases();
    for (int o = 0; o < to.out() && biases != null; o++) {
      values[to.biasesAt() + o] = biases.get(o);
    }
  }
}
