package digitlab.interop;

import digitlab.net.Activation;
import digitlab.net.NetworkSpec;
import digitlab.text.Message;
import digitlab.text.RefusedException;
import digitlab.text.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the dense layers of a safetensors file: pairs of tensors NAME.weight (out, in) and
 * NAME.bias (out), in the order of the numbers in their names, as PyTorch's {@code state_dict}
 * calls them.
 */
final class SafetensorsReader {
  private static final int LENGTH_BYTES = 8;
  private static final int MOST_HEADER_BYTES = 1 << 20;
  private static final String WEIGHT = ".weight";
  private static final String BIAS = ".bias";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final byte[] file;
  private final int dataAt;

  private SafetensorsReader(byte[] file, int dataAt) {
    this.file = file;
    this.dataAt = dataAt;
  }

  /** A header of less than 16 MB, which begins with a brace. */
  static boolean looksLikeIt(byte[] file) {
    return file.length > LENGTH_BYTES && file[LENGTH_BYTES] == '{' && headerLength(file) >> 24 == 0;
  }

  private static long headerLength(byte[] file) {
    long length = 0;
    for (int i = 0; i < LENGTH_BYTES; i++) {
      length |= (file[i] & 255L) << (8 * i);
    }
    return length;
  }

  static ImportedNetwork read(byte[] file, @Nullable NetworkSpec described) {
    long length = headerLength(file);
    if (length > MOST_HEADER_BYTES) {
      throw new RefusedException(
          Message.of("import.safetensors.header", length, MOST_HEADER_BYTES));
    }
    if (file.length - LENGTH_BYTES < length) {
      throw new RefusedException(Message.of("import.safetensors.cut", file.length, length));
    }
    JsonNode header = header(file, (int) length);
    Map<String, String> metadata = metadata(header.path("__metadata__"));
    List<ForeignLayer> layers =
        new SafetensorsReader(file, LENGTH_BYTES + (int) length).layers(header);
    NetworkSpec spec = described == null ? spec(metadata, layers) : described;
    return new ImportedNetwork(
        metadata.get(Metadata.TITLE),
        Importer.loss(described == null ? metadata : Map.of(), spec),
        ForeignNetwork.parameters(spec, layers));
  }

  private static JsonNode header(byte[] file, int length) {
    try {
      JsonNode header = JSON.readTree(file, LENGTH_BYTES, length);
      if (header.isObject()) {
        return header;
      }
      throw new RefusedException(Message.of("import.safetensors.json"));
    } catch (JacksonException e) {
      throw new RefusedException(Message.of("import.safetensors.json"), e.getOriginalMessage());
    }
  }

  private static Map<String, String> metadata(JsonNode node) {
    Map<String, String> metadata = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String text = entry.getValue().isString() ? entry.getValue().asString() : "";
      if (!text.isEmpty() && text.length() <= Metadata.LONGEST) {
        metadata.put(entry.getKey(), text);
      }
    }
    return metadata;
  }

  private static NetworkSpec spec(Map<String, String> metadata, List<ForeignLayer> layers) {
    String text = metadata.get(Metadata.NETWORK);
    if (text == null) {
      NetworkSpec found = ForeignNetwork.spec(layers);
      throw new RefusedException(
          Message.of("import.safetensors.activations", found.shape(), found));
    }
    return Importer.describe(text);
  }

  private List<ForeignLayer> layers(JsonNode header) {
    List<String> prefixes = new ArrayList<>();
    for (String name : header.propertyNames()) {
      if (name.endsWith(WEIGHT)) {
        prefixes.add(name.substring(0, name.length() - WEIGHT.length()));
      } else if (!name.endsWith(BIAS) && !name.equals("__metadata__")) {
        throw unexpected(name);
      } else if (name.endsWith(BIAS)
          && !header.has(name.substring(0, name.length() - BIAS.length()) + WEIGHT)) {
        throw unexpected(name);
      }
    }
    if (prefixes.size() > NetworkSpec.MOST_LAYERS) {
      throw Importer.beyondLimits();
    }
    prefixes.sort(Comparator.comparing(SafetensorsReader::numbersFirst));
    List<ForeignLayer> layers = new ArrayList<>();
    for (String prefix : prefixes) {
      layers.add(layer(prefix, header));
    }
    return layers;
  }

  private static RefusedException unexpected(String name) {
    return new RefusedException(Message.of("import.safetensors.unexpected", shortened(name)));
  }

  private static String shortened(String name) {
    return name.length() > 100 ? name.substring(0, 100) + "…" : name;
  }

  /** So that "layers.10" comes behind "layers.2": numbers are filled up with zeros. */
  private static String numbersFirst(String name) {
    StringBuilder key = new StringBuilder();
    for (String part : Words.split(name, '.')) {
      boolean number = !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
      key.append(number && part.length() < 9 ? "0".repeat(9 - part.length()) : "")
          .append(part)
          .append('.');
    }
    return key.toString();
  }

  private ForeignLayer layer(String prefix, JsonNode header) {
    JsonNode weight = header.path(prefix + WEIGHT);
    int[] shape = shape(prefix + WEIGHT, weight, 2);
    TensorData weights = data(prefix + WEIGHT, weight, (long) shape[0] * shape[1]);
    TensorData biases = null;
    JsonNode bias = header.path(prefix + BIAS);
    if (bias.isObject()) {
      int[] length = shape(prefix + BIAS, bias, 1);
      if (length[0] != shape[0]) {
        throw new RefusedException(
            Message.of("import.safetensors.biases", shortened(prefix + BIAS), length[0], shape[0]));
      }
      biases = data(prefix + BIAS, bias, length[0]);
    }
    return new ForeignLayer(
        shortened(prefix), shape[1], shape[0], true, weights, biases, Activation.IDENTITY);
  }

  private static int[] shape(String name, JsonNode entry, int rank) {
    JsonNode shape = entry.path("shape");
    int[] sizes = new int[rank];
    boolean fits = shape.isArray() && shape.size() == rank;
    for (int i = 0; i < rank && fits; i++) {
      fits = shape.get(i).isInt() && shape.get(i).asInt() > 0;
      sizes[i] = fits ? shape.get(i).asInt() : 0;
    }
    if (!fits) {
      throw new RefusedException(
          Message.of("import.safetensors.shape", shortened(name), shortened(shape.toString())));
    }
    return sizes;
  }

  private TensorData data(String name, JsonNode entry, long count) {
    TensorData.Type type = type(name, entry.path("dtype").asString(""));
    JsonNode offsets = entry.path("data_offsets");
    long from = offsets.path(0).asLong(-1);
    long to = offsets.path(1).asLong(-1);
    long room = file.length - (long) dataAt;
    boolean inside = from >= 0 && to >= from && to <= room && count <= room;
    if (!inside || to - from != count * type.bytes()) {
      throw new RefusedException(
          Message.of("import.safetensors.place", shortened(name), from, to, room, count));
    }
    return new TensorData(file, dataAt + (int) from, (int) count, type);
  }

  private static TensorData.Type type(String name, String text) {
    return switch (text) {
      case "F32" -> TensorData.Type.F32;
      case "F64" -> TensorData.Type.F64;
      case "F16" -> TensorData.Type.F16;
      case "BF16" -> TensorData.Type.BF16;
      default ->
          throw new RefusedException(
              Message.of("import.safetensors.type", shortened(name), shortened(text)));
    };
  }
}
