package digitlab.interop;

import digitlab.net.Activation;
import digitlab.net.DenseLayer;
import digitlab.net.LayerSpec;
import digitlab.net.NetworkSpec;
import digitlab.net.Parameters;
import digitlab.text.Message;
import digitlab.text.RefusedException;
import java.util.ArrayList;
import java.util.List;

/** Turns layers that another tool wrote into our parameters. */
final class ForeignNetwork {
  private ForeignNetwork() {}

  /** The description that the layers have, without dropout, which files don't tell. */
  static NetworkSpec spec(List<ForeignLayer> layers) {
    if (layers.isEmpty()) {
      throw new RefusedException(Message.of("import.layers.none"));
    }
    int inputs = layers.getFirst().in();
    for (int l = 0; l < layers.size(); l++) {
      ForeignLayer layer = layers.get(l);
      if (layer.in() != inputs) {
        throw new RefusedException(
            Message.of("import.layers.apart", layer.name(), layer.in(), inputs));
      }
      if (layer.activation() == Activation.SOFTMAX && l < layers.size() - 1) {
        throw new RefusedException(Message.of("import.layers.softmax", layer.name()));
      }
      inputs = layer.out();
    }
    return describe(layers);
  }

  private static NetworkSpec describe(List<ForeignLayer> layers) {
    try {
      List<LayerSpec> specs = new ArrayList<>();
      for (ForeignLayer layer : layers) {
        specs.add(new LayerSpec(layer.out(), layer.activation()));
      }
      return new NetworkSpec(layers.getFirst().in(), specs);
    } catch (IllegalArgumentException e) {
      throw Importer.beyondLimits();
    }
  }

  /**
   * The numbers of the layers.
   *
   * @param spec which may differ from that of the layers in activations and dropout only
   */
  static Parameters parameters(NetworkSpec spec, List<ForeignLayer> layers) {
    String shape = spec(layers).shape();
    if (!shape.equals(spec.shape())) {
      throw new RefusedException(Message.of("import.shape", shape, spec.shape()));
    }
    Parameters parameters = new Parameters(spec);
    for (int l = 0; l < layers.size(); l++) {
      copy(layers.get(l), parameters.layer(l), parameters.values());
    }
    if (!parameters.areFinite()) {
      throw new RefusedException(Message.of("import.finite"));
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
