package digitlab.interop;

import digitlab.net.Activation;
import digitlab.net.NetworkSpec;
import digitlab.text.Message;
import digitlab.text.RefusedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a dense network from ONNX: a chain of Gemm (or MatMul and Add) and activations, as PyTorch,
 * Keras, scikit-learn and Digit Lab write it. Everything else is refused by name.
 */
final class OnnxReader {
  private static final int FIRST_BYTE = OnnxFields.MODEL_IR_VERSION << 3;
  private static final List<String> OPERATORS =
      List.of(
          "Gemm",
          "MatMul",
          "Add",
          "Sigmoid",
          "Tanh",
          "Relu",
          "LeakyRelu",
          "Elu",
          "Gelu",
          "Softmax",
          "Identity",
          "Dropout",
          "Flatten",
          "Reshape");

  private final OnnxGraph graph;
  private final List<ForeignLayer> layers = new ArrayList<>();
  private boolean activated = true; // whether the last layer has its activation

  private OnnxReader(OnnxGraph graph) {
    this.graph = graph;
  }

  /** A message that begins with the version, or another small field. */
  static boolean looksLikeIt(byte[] file) {
    return file.length > 1 && file[0] == FIRST_BYTE && file[1] > 0 && file[1] < 100;
  }

  static ImportedNetwork read(byte[] file, @Nullable NetworkSpec described) {
    OnnxGraph graph = OnnxGraph.read(file);
    List<ForeignLayer> layers = new OnnxReader(graph).layers();
    NetworkSpec found = ForeignNetwork.spec(layers);
    NetworkSpec spec = described == null ? announced(graph, found) : described;
    if (!sameActivations(spec, found)) {
      throw new RefusedException(Message.of("import.onnx.other", found, spec));
    }
    return new ImportedNetwork(
        graph.metadata.get(Metadata.TITLE),
        Importer.loss(graph.metadata, spec),
        ForeignNetwork.parameters(spec, layers));
  }

  /** What the metadata say, which know the dropout, if it is the network of the graph. */
  private static NetworkSpec announced(OnnxGraph graph, NetworkSpec found) {
    String text = graph.metadata.get(Metadata.NETWORK);
    return text == null ? found : Importer.describe(text);
  }

  private static boolean sameActivations(NetworkSpec one, NetworkSpec other) {
    boolean same = one.shape().equals(other.shape());
    for (int l = 0; same && l < one.layers().size(); l++) {
      same = one.layers().get(l).activation() == other.layers().get(l).activation();
    }
    return same;
  }

  private List<ForeignLayer> layers() {
    List<String> data = new ArrayList<>(graph.inputs);
    data.removeAll(graph.tensors.keySet());
    if (data.size() != 1 || graph.outputs.size() != 1) {
      throw new RefusedException(Message.of("import.onnx.ends", data.size(), graph.outputs.size()));
    }
    String x = data.getFirst();
    int left = graph.nodes.size();
    while (!x.equals(graph.outputs.getFirst())) {
      if (left-- < 0) {
        throw new RefusedException(Message.of("import.onnx.circle", x));
      }
      x = follow(x, users(x));
    }
    return layers;
  }

  private List<OnnxGraph.Node> users(String value) {
    List<OnnxGraph.Node> users = new ArrayList<>();
    for (OnnxGraph.Node node : graph.nodes) {
      if (node.inputs().contains(value)) {
        users.add(node);
      }
    }
    return users;
  }

  /** Takes the nodes that use {@code x} for a part of the network; returns what they give. */
  private String follow(String x, List<OnnxGraph.Node> users) {
    if (users.size() == 2) {
      String gelu = new OnnxGelu(graph).follow(x, users);
      if (gelu != null) {
        activate(Activation.GELU, "Gelu");
        return gelu;
      }
    }
    if (users.size() != 1) {
      throw new RefusedException(Message.of("import.onnx.fork", x, users.size()));
    }
    OnnxGraph.Node node = users.getFirst();
    switch (node.operator()) {
      case "Gemm" -> gemm(node, x);
      case "MatMul" -> matMul(node, x);
      case "Add" -> add(node, x);
      case "Sigmoid" -> activate(Activation.SIGMOID, "Sigmoid");
      case "Tanh" -> activate(Activation.TANH, "Tanh");
      case "Relu" -> activate(Activation.RELU, "Relu");
      case "LeakyRelu" -> {
        requireNear(node, "alpha", node.reals().getOrDefault("alpha", 0.01f), 0.01f);
        activate(Activation.LEAKY_RELU, "LeakyRelu");
      }
      case "Elu" -> {
        requireNear(node, "alpha", node.reals().getOrDefault("alpha", 1f), 1);
        activate(Activation.ELU, "Elu");
      }
      case "Gelu" -> {
        if (!node.texts().getOrDefault("approximate", "none").equals("none")) {
          throw new RefusedException(Message.of("import.onnx.gelu"));
        }
        activate(Activation.GELU, "Gelu");
      }
      case "Softmax" -> {
        long axis = node.numbers().getOrDefault("axis", -1L);
        if (axis != 1 && axis != -1) {
          throw unexpected(node, "axis", axis, "1");
        }
        activate(Activation.SOFTMAX, "Softmax");
      }
      case "Identity", "Dropout" -> {}
      case "Flatten", "Reshape" -> {
        if (!layers.isEmpty()) {
          throw new RefusedException(Message.of("import.onnx.between", node.operator()));
        }
      }
      default ->
          throw new RefusedException(
              Message.of("import.onnx.operator", node.operator(), String.join(", ", OPERATORS)));
    }
    return node.output();
  }

  private void gemm(OnnxGraph.Node node, String x) {
    requireNear(node, "alpha", node.reals().getOrDefault("alpha", 1f), 1);
    requireNear(node, "beta", node.reals().getOrDefault("beta", 1f), 1);
    if (node.numbers().getOrDefault("transA", 0L) != 0) {
      throw unexpected(node, "transA", 1, "0");
    }
    boolean outFirst = node.numbers().getOrDefault("transB", 0L) != 0;
    boolean hasBiases = node.inputs().size() > 2 && !node.inputs().get(2).isEmpty();
    addLayer(node, x, outFirst);
    if (hasBiases) {
      biases(node, node.inputs().get(2));
    }
  }

  private void matMul(OnnxGraph.Node node, String x) {
    addLayer(node, x, false);
  }

  private void addLayer(OnnxGraph.Node node, String x, boolean outFirst) {
    if (node.inputs().size() < 2 || !node.inputs().getFirst().equals(x)) {
      throw notDense(node);
    }
    String name = node.inputs().get(1);
    OnnxGraph.Tensor tensor = graph.tensors.get(name);
    TensorData weights = tensor == null ? null : tensor.data();
    if (tensor == null || weights == null || tensor.shape().size() != 2) {
      throw new RefusedException(Message.of("import.onnx.weights", name));
    }
    int rows = tensor.shape().get(0).intValue();
    int columns = tensor.shape().get(1).intValue();
    if (layers.size() == NetworkSpec.MOST_LAYERS) {
      throw Importer.beyondLimits();
    }
    layers.add(
        new ForeignLayer(
            name,
            outFirst ? columns : rows,
            outFirst ? rows : columns,
            outFirst,
            weights,
            null,
            Activation.IDENTITY));
    activated = false;
  }

  private void add(OnnxGraph.Node node, String x) {
    String name =
        node.inputs().getFirst().equals(x) ? node.inputs().getLast() : node.inputs().getFirst();
    if (layers.isEmpty() || activated || layers.getLast().biases() != null) {
      throw notDense(node);
    }
    biases(node, name);
  }

  private void biases(OnnxGraph.Node node, String name) {
    OnnxGraph.Tensor tensor = graph.tensors.get(name);
    TensorData biases = tensor == null ? null : tensor.data();
    ForeignLayer layer = layers.getLast();
    if (biases == null || biases.count() != layer.out()) {
      throw new RefusedException(
          Message.of("import.onnx.biases", name, node.operator(), layer.out()));
    }
    layers.set(layers.size() - 1, layer.with(biases));
  }

  private void activate(Activation activation, String operator) {
    if (layers.isEmpty() || activated) {
      throw new RefusedException(Message.of("import.onnx.activation", operator));
    }
    layers.set(layers.size() - 1, layers.getLast().with(activation));
    activated = true;
  }

  private static void requireNear(OnnxGraph.Node node, String name, float value, float expected) {
    if (!(Math.abs(value - expected) <= 1e-6f)) {
      throw unexpected(node, name, value, Float.toString(expected));
    }
  }

  private static RefusedException notDense(OnnxGraph.Node node) {
    return new RefusedException(Message.of("import.onnx.dense", node.operator(), node.output()));
  }

  private static RefusedException unexpected(
      OnnxGraph.Node node, String name, Object value, String expected) {
    return new RefusedException(
        Message.of("import.onnx.attribute", node.operator(), node.output(), name, value, expected));
  }
}
