package digitlab.interop;

import digitlab.net.Activation;
import digitlab.net.NetworkSpec;
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
      throw new IllegalArgumentException(
          "The header of the safetensors file has "
              + length
              + " bytes; at most "
              + MOST_HEADER_BYTES
              + " are read. Save the network alone, without optimiser and other tensors.");
    }
    if (file.length - LENGTH_BYTES < length) {
      throw new IllegalArgumentException(
          "The safetensors file is cut off after "
              + file.length
              + " bytes; its header alone has "
              + length
              + ". Fetch it again.");
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
      throw new IllegalArgumentException(
          "The header of the safetensors file is no JSON object. Save the network again.");
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "The header of the safetensors file is no proper JSON: "
              + e.getOriginalMessage()
              + ". Save the network again.",
          e);
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
      throw new IllegalArgumentException(
          "The safetensors file holds the network "
              + ForeignNetwork.spec(layers).shape()
              + ", but does not tell its activations. Say what it is: --network \""
              + ForeignNetwork.spec(layers)
              + "\", with the right activations.");
    }
    return NetworkSpec.parse(text);
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
      throw new IllegalArgumentException(
          "The safetensors file has "
              + prefixes.size()
              + " layers; a network has at most "
              + NetworkSpec.MOST_LAYERS
              + ".");
    }
    prefixes.sort(Comparator.comparing(SafetensorsReader::numbersFirst));
    List<ForeignLayer> layers = new ArrayList<>();
    for (String prefix : prefixes) {
      layers.add(layer(prefix, header));
    }
    return layers;
  }

  private static IllegalArgumentException unexpected(String name) {
    return new IllegalArgumentException(
        "The safetensors file has a tensor \""
            + shortened(name)
            + "\", which belongs to no dense layer. Only pairs NAME.weight and NAME.bias can be imported.");
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
        throw new IllegalArgumentException(
            "The tensor \""
                + shortened(prefix + BIAS)
                + "\" has "
                + length[0]
                + " numbers; the layer has "
                + shape[0]
                + " neurons. Save the network again.");
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
      throw new IllegalArgumentException(
          "The tensor \""
              + shortened(name)
              + "\" has the shape "
              + shortened(shape.toString())
              + "; a dense layer's has "
              + (rank == 2 ? "two sizes, (neurons, inputs)" : "one size, (neurons)")
              + ". Only networks of dense layers can be imported.");
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
      throw new IllegalArgumentException(
          "The tensor \""
              + shortened(name)
              + "\" shall lie at bytes "
              + from
              + " to "
              + to
              + " of "
              + room
              + "; it has "
              + count
              + " numbers. The safetensors file is cut off or damaged: fetch it again.");
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
          throw new IllegalArgumentException(
              "The tensor \""
                  + shortened(name)
                  + "\" has numbers of type \""
                  + shortened(text)
                  + "\"; F32, F64, F16 and BF16 are read. Save the network as float32.");
    };
  }
}
