package digitlab.interop;

import digitlab.text.Message;
import digitlab.text.RefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An ONNX file taken apart, without its meaning; the numbers still lie in the file. */
final class OnnxGraph {
  private static final int MOST_NODES = 2000;
  private static final int MOST_VALUES = 32; // of one node
  private static final int MOST_DIMENSIONS = 8; // of one tensor

  /** A tensor; {@code data} is null if its type is not one of floating-point numbers. */
  record Tensor(List<Long> shape, @Nullable TensorData data) {}

  record Node(
      String operator,
      List<String> inputs,
      List<String> outputs,
      Map<String, Long> numbers,
      Map<String, Float> reals,
      Map<String, String> texts) {
    int size() {
      return inputs.size() + outputs.size() + numbers.size() + reals.size() + texts.size();
    }

    String output() {
      return outputs.isEmpty() ? "" : outputs.getFirst();
    }
  }

  final List<Node> nodes = new ArrayList<>();
  final Map<String, Tensor> tensors = new HashMap<>();
  final List<String> inputs = new ArrayList<>();
  final List<String> outputs = new ArrayList<>();
  final Map<String, String> metadata = new HashMap<>();
  private final byte[] file;

  private OnnxGraph(byte[] file) {
    this.file = file;
  }

  static OnnxGraph read(byte[] file) {
    OnnxGraph graph = new OnnxGraph(file);
    ProtoReader model = new ProtoReader(file);
    while (model.next()) {
      switch (model.field()) {
        case OnnxFields.MODEL_GRAPH -> graph.readGraph(model.message());
        case OnnxFields.MODEL_METADATA -> graph.readMetadata(model.message());
        default -> {}
      }
    }
    return graph;
  }

  private void readMetadata(ProtoReader entry) {
    String key = "";
    String value = "";
    while (entry.next()) {
      if (entry.field() == OnnxFields.ENTRY_KEY) {
        key = entry.text();
      } else if (entry.field() == OnnxFields.ENTRY_VALUE && entry.length() <= Metadata.LONGEST) {
        value = entry.text();
      }
    }
    if (metadata.size() < 100 && !value.isEmpty()) {
      metadata.put(key, value);
    }
  }

  private void readGraph(ProtoReader graph) {
    while (graph.next()) {
      switch (graph.field()) {
        case OnnxFields.GRAPH_NODE -> readNode(graph.message());
        case OnnxFields.GRAPH_TENSOR -> readTensor(graph.message(), "");
        case OnnxFields.GRAPH_INPUT -> inputs.add(name(graph.message()));
        case OnnxFields.GRAPH_OUTPUT -> outputs.add(name(graph.message()));
        default -> {}
      }
      if (nodes.size() + tensors.size() + inputs.size() + outputs.size() > MOST_NODES) {
        throw tooLarge();
      }
    }
  }

  private static String name(ProtoReader value) {
    String name = "";
    while (value.next()) {
      name = value.field() == OnnxFields.VALUE_NAME ? value.text() : name;
    }
    return name;
  }

  private void readNode(ProtoReader reader) {
    String operator = "";
    String domain = "";
    Node node =
        new Node(
            "",
            new ArrayList<>(),
            new ArrayList<>(),
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>());
    List<ProtoReader> constants = new ArrayList<>();
    while (reader.next()) {
      switch (reader.field()) {
        case OnnxFields.NODE_INPUT -> node.inputs.add(reader.text());
        case OnnxFields.NODE_OUTPUT -> node.outputs.add(reader.text());
        case OnnxFields.NODE_OPERATOR -> operator = reader.text();
        case OnnxFields.NODE_DOMAIN -> domain = reader.text();
        case OnnxFields.NODE_ATTRIBUTE -> readAttribute(reader.message(), node, constants);
        default -> {}
      }
      if (node.size() > MOST_VALUES) {
        throw tooLarge();
      }
    }
    if (operator.equals("Constant") && constants.size() == 1) {
      readTensor(constants.getFirst(), node.output());
      return;
    }
    String full = domain.isEmpty() || domain.equals("ai.onnx") ? operator : domain + "." + operator;
    nodes.add(new Node(full, node.inputs, node.outputs, node.numbers, node.reals, node.texts));
  }

  private static void readAttribute(ProtoReader reader, Node node, List<ProtoReader> constants) {
    String name = "";
    Long number = null;
    Float real = null;
    String text = null;
    while (reader.next()) {
      switch (reader.field()) {
        case OnnxFields.ATTRIBUTE_NAME -> name = reader.text();
        case OnnxFields.ATTRIBUTE_INT -> number = reader.number();
        case OnnxFields.ATTRIBUTE_FLOAT -> real = reader.real();
        case OnnxFields.ATTRIBUTE_TEXT -> text = reader.text();
        case OnnxFields.ATTRIBUTE_TENSOR -> constants.add(reader.message());
        default -> {}
      }
    }
    if (number != null) {
      node.numbers.put(name, number);
    }
    if (real != null) {
      node.reals.put(name, real);
    }
    if (text != null) {
      node.texts.put(name, text);
    }
  }

  /** A tensor by its own name, or by {@code otherName} if it is the value of a Constant. */
  private void readTensor(ProtoReader reader, String otherName) {
    String name = otherName;
    List<Long> shape = new ArrayList<>();
    int type = 0;
    int from = 0;
    int length = 0;
    while (reader.next()) {
      switch (reader.field()) {
        case OnnxFields.TENSOR_NAME -> name = otherName.isEmpty() ? reader.text() : otherName;
        case OnnxFields.TENSOR_SIZE -> readSizes(reader, shape);
        case OnnxFields.TENSOR_TYPE -> type = (int) reader.number();
        case OnnxFields.TENSOR_RAW, OnnxFields.TENSOR_FLOATS, OnnxFields.TENSOR_DOUBLES -> {
          from = reader.from();
          length = reader.length();
        }
        case OnnxFields.TENSOR_EXTERNAL ->
            throw new RefusedException(Message.of("import.onnx.external", name));
        default -> {}
      }
    }
    tensors.put(name, new Tensor(shape, data(name, shape, type, from, length)));
  }

  private static void readSizes(ProtoReader reader, List<Long> shape) {
    if (!reader.isBytes()) {
      shape.add(reader.number());
    } else {
      ProtoReader packed = reader.message();
      while (packed.hasMore() && shape.size() <= MOST_DIMENSIONS) {
        shape.add(packed.varint());
      }
    }
    if (shape.size() > MOST_DIMENSIONS) {
      throw tooLarge();
    }
  }

  private static RefusedException tooLarge() {
    return new RefusedException(
        Message.of("import.onnx.large", MOST_NODES, MOST_VALUES, MOST_DIMENSIONS));
  }

  private @Nullable TensorData data(String name, List<Long> shape, int type, int from, int length) {
    TensorData.Type numbers =
        switch (type) {
          case OnnxFields.FLOAT32 -> TensorData.Type.F32;
          case OnnxFields.FLOAT64 -> TensorData.Type.F64;
          case OnnxFields.FLOAT16 -> TensorData.Type.F16;
          case OnnxFields.BFLOAT16 -> TensorData.Type.BF16;
          default -> null;
        };
    if (numbers == null) {
      return null;
    }
    long count = 1;
    for (long size : shape) {
      count = size < 0 || count > length ? -1 : count * Math.min(size, Integer.MAX_VALUE);
      if (count < 0) {
        break;
      }
    }
    if (count < 0 || count > length || count * numbers.bytes() != length) {
      throw new RefusedException(Message.of("import.onnx.tensor", name, shape, length));
    }
    return new TensorData(file, from, (int) count, numbers);
  }
}
