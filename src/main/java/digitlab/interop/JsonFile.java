package digitlab.interop;

import digitlab.net.DenseLayer;
import digitlab.net.NetworkFile;
import digitlab.net.Parameters;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a network as JSON that reads itself: layer after layer, {@code weights[neuron][input]},
 * {@code biases[neuron]}; numbers as short as they can be read back exactly.
 *
 * <pre>
 * {"format": "digitlab-network", "version": 1, "title": "3b1b", "network": "784 → 16 sigmoid → …",
 *  "preprocessing": "mnist-28", "loss": "mse", "inputs": 784, "layers": [
 *   {"neurons": 16, "activation": "sigmoid", "dropout": 0, "weights": [[…784], …16], "biases": […16]}, …]}
 * </pre>
 */
final class JsonFile {
  private static final int VERSION = 1;
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private JsonFile() {}

  static void write(TrainedModel model, OutputStream out) throws IOException {
    Parameters parameters = model.parameters();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringProperty("format", "digitlab-network");
      json.writeNumberProperty("version", VERSION);
      json.writeStringProperty("title", model.title());
      json.writeStringProperty("network", parameters.spec().toString());
      json.writeStringProperty("preprocessing", NetworkFile.MNIST_28);
      json.writeStringProperty("loss", model.plan().loss().toString());
      json.writeNumberProperty("inputs", parameters.spec().inputs());
      json.writeArrayPropertyStart("layers");
      for (int l = 0; l < parameters.layerCount(); l++) {
        writeLayer(parameters.layer(l), parameters.values(), json);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void writeLayer(DenseLayer layer, float[] values, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("neurons", layer.out());
    json.writeStringProperty("activation", layer.activation().toString());
    json.writeNumberProperty("dropout", layer.dropout());
    json.writeArrayPropertyStart("weights");
    for (int o = 0; o < layer.out(); o++) {
      json.writeStartArray();
      for (int i = 0; i < layer.in(); i++) {
        json.writeNumber(values[layer.weightAt(i, o)]);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("biases");
    for (int i = layer.biasesAt(); i < layer.end(); i++) {
      json.writeNumber(values[i]);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
