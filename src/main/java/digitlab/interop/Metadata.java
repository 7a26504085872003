package digitlab.interop;

import digitlab.net.NetworkFile;
import digitlab.net.NetworkSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** What safetensors and ONNX files of Digit Lab say beside the numbers. */
final class Metadata {
  static final String NETWORK = "digitlab.network";
  static final String LOSS = "digitlab.loss";
  static final String TITLE = "digitlab.title";
  private static final String PREPROCESSING = "digitlab.preprocessing";

  /** The longest text that is read. */
  static final int LONGEST = 10_000;

  private Metadata() {}

  static Map<String, String> of(TrainedModel model) {
    NetworkSpec spec = model.parameters().spec();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(TITLE, model.title());
    metadata.put(NETWORK, spec.toString());
    metadata.put(LOSS, model.plan().loss().toString());
    metadata.put(PREPROCESSING, NetworkFile.MNIST_28);
    return metadata;
  }
}
