package digitlab.interop;

import digitlab.net.Activation;
import digitlab.net.DenseLayer;
import digitlab.net.Parameters;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * Writes ONNX (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto): a graph from "pixels"
 * (batch, inputs), each 0…1, to "output" (batch, neurons of the last layer). Each layer is a Gemm
 * with PyTorch's names and orientation, then its activation. Dropout is for training and left out.
 *
 * <p>Operators of opset {@value #OPSET}, which every runtime since 2022 knows; it has no Gelu, so
 * that GELU is spelt out with Erf, exactly.
 */
final class OnnxWriter {
  static final int OPSET = 17;
  private static final int IR_VERSION = 8;

  private final Parameters parameters;
  private final ProtoWriter graph = new ProtoWriter();

  private OnnxWriter(Parameters parameters) {
    this.parameters = parameters;
  }

  static void write(TrainedModel model, OutputStream out) throws IOException {
    ProtoWriter file =
        new ProtoWriter()
            .number(OnnxFields.MODEL_IR_VERSION, IR_VERSION)
            .text(OnnxFields.MODEL_PRODUCER, "Digit Lab")
            .message(
                OnnxFields.MODEL_OPSET, new ProtoWriter().number(OnnxFields.OPSET_VERSION, OPSET))
            .message(OnnxFields.MODEL_GRAPH, new OnnxWriter(model.parameters()).graph());
    for (Map.Entry<String, String> entry : Metadata.of(model).entrySet()) {
      file.message(
          OnnxFields.MODEL_METADATA,
          new ProtoWriter()
              .text(OnnxFields.ENTRY_KEY, entry.getKey())
              .text(OnnxFields.ENTRY_VALUE, entry.getValue()));
    }
    file.writeTo(out);
  }

  private ProtoWriter graph() {
    graph.text(OnnxFields.GRAPH_NAME, "digitlab");
    graph.message(OnnxFields.GRAPH_INPUT, value("pixels", parameters.spec().inputs()));
    graph.message(OnnxFields.GRAPH_OUTPUT, value("output", parameters.spec().outputs()));
    String x = "pixels";
    for (int l = 0; l < parameters.layerCount(); l++) {
      DenseLayer layer = parameters.layer(l);
      String name = "layers." + l;
      boolean last = l == parameters.layerCount() - 1;
      String y = last ? "output" : name + ".y";
      String z = layer.activation() == Activation.IDENTITY ? y : name + ".z";
      tensor(name + ".weight", weights(layer), layer.out(), layer.in());
      tensor(name + ".bias", biases(layer), layer.out());
      ProtoWriter transposed = attribute("transB", 1);
      node("Gemm", List.of(x, name + ".weight", name + ".bias"), z, transposed);
      activation(layer.activation(), name, z, y);
      x = y;
    }
    return graph;
  }

  private void activation(Activation activation, String name, String z, String y) {
    switch (activation) {
      case IDENTITY -> {}
      case SIGMOID -> node("Sigmoid", List.of(z), y);
      case TANH -> node("Tanh", List.of(z), y);
      case RELU -> node("Relu", List.of(z), y);
      case LEAKY_RELU -> node("LeakyRelu", List.of(z), y, attribute("alpha", 0.01f));
      case ELU -> node("Elu", List.of(z), y, attribute("alpha", 1f));
      case SOFTMAX -> node("Softmax", List.of(z), y, attribute("axis", 1));
      case GELU -> gelu(name + ".gelu.", z, y);
    }
  }

  /** z · ½ · (1 + erf(z/√2)), as PyTorch exports it. */
  private void gelu(String prefix, String z, String y) {
    scalar(prefix + "root2", (float) Math.sqrt(2));
    scalar(prefix + "one", 1);
    scalar(prefix + "half", 0.5f);
    node("Div", List.of(z, prefix + "root2"), prefix + "scaled");
    node("Erf", List.of(prefix + "scaled"), prefix + "erf");
    node("Add", List.of(prefix + "erf", prefix + "one"), prefix + "shifted");
    node("Mul", List.of(z, prefix + "shifted"), prefix + "doubled");
    node("Mul", List.of(prefix + "doubled", prefix + "half"), y);
  }

  private void node(String operator, List<String> inputs, String output, ProtoWriter... more) {
    ProtoWriter node = new ProtoWriter();
    for (String input : inputs) {
      node.text(OnnxFields.NODE_INPUT, input);
    }
    node.text(OnnxFields.NODE_OUTPUT, output);
    node.text(OnnxFields.NODE_NAME, output + "/" + operator);
    node.text(OnnxFields.NODE_OPERATOR, operator);
    for (ProtoWriter attribute : more) {
      node.message(OnnxFields.NODE_ATTRIBUTE, attribute);
    }
    graph.message(OnnxFields.GRAPH_NODE, node);
  }

  private static ProtoWriter attribute(String name, int value) {
    return new ProtoWriter()
        .text(OnnxFields.ATTRIBUTE_NAME, name)
        .number(OnnxFields.ATTRIBUTE_INT, value)
        .number(OnnxFields.ATTRIBUTE_TYPE, OnnxFields.TYPE_INT);
  }

  private static ProtoWriter attribute(String name, float value) {
    return new ProtoWriter()
        .text(OnnxFields.ATTRIBUTE_NAME, name)
        .real(OnnxFields.ATTRIBUTE_FLOAT, value)
        .number(OnnxFields.ATTRIBUTE_TYPE, OnnxFields.TYPE_FLOAT);
  }

  private void scalar(String name, float value) {
    tensor(name, new LittleEndian(4).float32(value).toBytes());
  }

  private void tensor(String name, byte[] content, int... sizes) {
    ProtoWriter tensor = new ProtoWriter();
    for (int size : sizes) {
      tensor.number(OnnxFields.TENSOR_SIZE, size);
    }
    tensor.number(OnnxFields.TENSOR_TYPE, OnnxFields.FLOAT32);
    tensor.text(OnnxFields.TENSOR_NAME, name);
    tensor.bytes(OnnxFields.TENSOR_RAW, content);
    graph.message(OnnxFields.GRAPH_TENSOR, tensor);
  }

  /** A value of shape (batch, size), for any batch. */
  private static ProtoWriter value(String name, int size) {
    ProtoWriter batch = new ProtoWriter().text(OnnxFields.DIMENSION_NAME, "batch");
    ProtoWriter fixed = new ProtoWriter().number(OnnxFields.DIMENSION_SIZE, size);
    ProtoWriter shape =
        new ProtoWriter()
            .message(OnnxFields.SHAPE_DIMENSION, batch)
            .message(OnnxFields.SHAPE_DIMENSION, fixed);
    ProtoWriter tensor =
        new ProtoWriter()
            .number(OnnxFields.TENSOR_TYPE_ELEMENT, OnnxFields.FLOAT32)
            .message(OnnxFields.TENSOR_TYPE_SHAPE, shape);
    return new ProtoWriter()
        .text(OnnxFields.VALUE_NAME, name)
        .message(OnnxFields.VALUE_TYPE, new ProtoWriter().message(OnnxFields.TYPE_TENSOR, tensor));
  }

  /** (out, in). */
  private byte[] weights(DenseLayer layer) {
    LittleEndian bytes = new LittleEndian(4 * layer.in() * layer.out());
    for (int o = 0; o < layer.out(); o++) {
      for (int i = 0; i < layer.in(); i++) {
        bytes.float32(parameters.values()[layer.weightAt(i, o)]);
      }
    }
    return bytes.toBytes();
  }

  private byte[] biases(DenseLayer layer) {
    LittleEndian bytes = new LittleEndian(4 * layer.out());
    for (int i = layer.biasesAt(); i < layer.end(); i++) {
      bytes.float32(parameters.values()[i]);
    }
    return bytes.toBytes();
  }
}
