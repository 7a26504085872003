package digitlab.interop;

import digitlab.math.Rng;
import digitlab.net.Activation;
import digitlab.net.Loss;
import digitlab.net.NetworkSpec;
import digitlab.net.Samples;
import digitlab.train.TrainingPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Networks for these tests. */
final class Models {
  private Models() {}

  /** With random parameters and a loss that suits. */
  static TrainedModel of(String network) {
    NetworkSpec spec = NetworkSpec.parse(network);
    Loss loss =
        switch (spec.outputActivation()) {
          case SOFTMAX -> Loss.CROSS_ENTROPY;
          case SIGMOID -> Loss.BINARY_CROSS_ENTROPY;
          default -> Loss.MSE;
        };
    TrainingPlan plan = TrainingPlan.DEFAULT.with("network", spec).with("loss", loss);
    return new TrainedModel("Опыт 7", Samples.parameters(spec, new Rng(7)), plan, false);
  }

  /** Each activation in a hidden layer and, where it may stand there, at the output. */
  static List<String> everyActivation() {
    List<String> networks = new ArrayList<>();
    for (Activation activation : Activation.values()) {
      if (activation != Activation.SOFTMAX) {
        networks.add("12 → 7 " + activation + " dropout 0.25 → 5 " + activation);
      }
      networks.add("12 → 5 " + activation);
    }
    return networks;
  }

  static byte[] bytes(TrainedModel model, ExportFormat format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Exporter.write(model, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
