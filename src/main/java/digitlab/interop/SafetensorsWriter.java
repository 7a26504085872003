package digitlab.interop;

import digitlab.net.DenseLayer;
import digitlab.net.Parameters;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes safetensors (https://huggingface.co/docs/safetensors): 8 bytes length of the header, a
 * header in JSON that says where each tensor lies, then the tensors, row after row. Numbers are
 * little-endian.
 *
 * <p>The tensors have the names and the orientation of PyTorch's {@code nn.Linear}: {@code
 * layers.0.weight} (out, in), {@code layers.0.bias} (out). The metadata say what else is needed to
 * use them.
 */
final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /** Writes {@code parameters} with the metadata of {@code model}. */
  static void write(TrainedModel model, Parameters parameters, OutputStream out)
      throws IOException {
    byte[] header = header(model, parameters);
    out.write(new LittleEndian(8).int64(header.length).toBytes());
    out.write(header);
    for (int l = 0; l < parameters.layerCount(); l++) {
      writeLayer(parameters.layer(l), parameters.values(), out);
    }
  }

  private static byte[] header(TrainedModel model, Parameters parameters) {
    Map<String, Object> header = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.putAll(Metadata.of(model));
    header.put("__metadata__", metadata);
    long at = 0;
    for (int l = 0; l < parameters.layerCount(); l++) {
      DenseLayer layer = parameters.layer(l);
      long weights = 4L * layer.in() * layer.out();
      long biases = 4L * layer.out();
      header.put(
          "layers." + l + ".weight", entry(List.of(layer.out(), layer.in()), at, at + weights));
      at += weights;
      header.put("layers." + l + ".bias", entry(List.of(layer.out()), at, at + biases));
      at += biases;
    }
    byte[] json = JsonMapper.shared().writeValueAsBytes(header);
    byte[] padded = Arrays.copyOf(json, (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  private static Map<String, Object> entry(List<Integer> shape, long from, long to) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("dtype", "F32");
    entry.put("shape", shape);
    entry.put("data_offsets", List.of(from, to));
    return entry;
  }

  /** The weights as (out, in), a row at a time, then the biases. */
  private static void writeLayer(DenseLayer layer, float[] values, OutputStream out)
      throws IOException {
    for (int o = 0; o < layer.out(); o++) {
      LittleEndian row = new LittleEndian(4 * layer.in());
      for (int i = 0; i < layer.in(); i++) {
        row.float32(values[layer.weightAt(i, o)]);
      }
      out.write(row.toBytes());
    }
    LittleEndian biases = new LittleEndian(4 * layer.out());
    for (int i = layer.biasesAt(); i < layer.end(); i++) {
      biases.float32(values[i]);
    }
    out.write(biases.toBytes());
  }
}
