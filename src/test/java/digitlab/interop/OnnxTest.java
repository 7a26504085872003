package digitlab.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import digitlab.math.Rng;
import digitlab.net.Loss;
import digitlab.net.Network;
import digitlab.net.NetworkSpec;
import digitlab.net.Parameters;
import digitlab.testing.Property;
import digitlab.testing.Refusal;
import digitlab.text.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxTest {
  static Iterable<String> networks() {
    return Models.everyActivation();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void onnxRuntimeSeesTheSame(String network) throws OrtException {
    TrainedModel model = Models.of(network);
    Network ours = new Network(model.parameters());
    Rng rng = new Rng(3);
    float[][] images = new float[9][model.parameters().spec().inputs()];
    for (float[] image : images) {
      for (int i = 0; i < image.length; i++) {
        image[i] = (float) (2 * rng.nextGaussian());
      }
    }
    float[][] theirs = runtime(Models.bytes(model, ExportFormat.ONNX), images);
    for (int row = 0; row < images.length; row++) {
      ours.look(images[row]);
      float[] outputs = ours.outputs(model.parameters().layerCount() - 1);
      assertArrayEquals(outputs, theirs[row], 1e-5f, network);
    }
  }

  private static float[][] runtime(byte[] file, float[][] images) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file);
        OnnxTensor tensor = OnnxTensor.createTensor(environment, images);
        OrtSession.Result result = session.run(Map.of("pixels", tensor))) {
      return (float[][]) result.get(0).getValue();
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void comesBackAsItWent(String network) {
    TrainedModel model = Models.of(network);
    ImportedNetwork back = Importer.read(Models.bytes(model, ExportFormat.ONNX), null);
    assertEquals("Опыт 7", back.title());
    assertEquals(model.plan().loss(), back.loss());
    assertEquals(model.parameters().spec(), back.parameters().spec());
    assertArrayEquals(model.parameters().values(), back.parameters().values());
  }

  /** A graph as other tools may write it. */
  private static final class Graph {
    private final ProtoWriter graph = new ProtoWriter();

    Graph value(int field, String name) {
      graph.message(field, new ProtoWriter().text(OnnxFields.VALUE_NAME, name));
      return this;
    }

    Graph node(String operator, String output, String... inputs) {
      return node(operator, output, new ProtoWriter(), inputs);
    }

    Graph node(String operator, String output, ProtoWriter attribute, String... inputs) {
      ProtoWriter node = new ProtoWriter();
      for (String input : inputs) {
        node.text(OnnxFields.NODE_INPUT, input);
      }
      node.text(OnnxFields.NODE_OUTPUT, output).text(OnnxFields.NODE_OPERATOR, operator);
      graph.message(OnnxFields.GRAPH_NODE, node.message(OnnxFields.NODE_ATTRIBUTE, attribute));
      return this;
    }

    Graph tensor(String name, int[] shape, float... values) {
      LittleEndian bytes = new LittleEndian();
      for (float value : values) {
        bytes.float32(value);
      }
      return tensor(name, shape, OnnxFields.FLOAT32, bytes.toBytes());
    }

    /** Sizes as a packed list, numbers in the field for floats. */
    Graph tensor(String name, int[] shape, int type, byte[] bytes) {
      LittleEndian sizes = new LittleEndian();
      for (int size : shape) {
        sizes.int8(size); // below 128: a varint of one byte
      }
      graph.message(
          OnnxFields.GRAPH_TENSOR,
          new ProtoWriter()
              .bytes(OnnxFields.TENSOR_SIZE, sizes.toBytes())
              .number(OnnxFields.TENSOR_TYPE, type)
              .text(OnnxFields.TENSOR_NAME, name)
              .bytes(
                  type == OnnxFields.FLOAT32 ? OnnxFields.TENSOR_FLOATS : OnnxFields.TENSOR_RAW,
                  bytes));
      return this;
    }

    byte[] bytes() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try {
        new ProtoWriter()
            .number(OnnxFields.MODEL_IR_VERSION, 8)
            .message(OnnxFields.MODEL_GRAPH, graph)
            .writeTo(out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return out.toByteArray();
    }
  }

  /** "x" (2) → 3 → "y", the weights (in, out). */
  private static Graph threeNeurons() {
    return new Graph()
        .value(OnnxFields.GRAPH_INPUT, "x")
        .value(OnnxFields.GRAPH_OUTPUT, "y")
        .tensor("w", new int[] {2, 3}, 1, 2, 3, 4, 5, 6)
        .tensor("b", new int[] {3}, 7, 8, 9);
  }

  private static Parameters read(Graph graph) {
    return Importer.read(graph.bytes(), null).parameters();
  }

  private static String refusal(Graph graph) {
    return Refusal.in(Language.ENGLISH, () -> Importer.read(graph.bytes(), null));
  }

  @Test
  void takesWhatOtherToolsWrite() {
    float[] expected = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    Parameters multiplied =
        read(
            threeNeurons()
                .node("Flatten", "f", "x")
                .node("MatMul", "p", "f", "w")
                .node("Add", "z", "b", "p")
                .node("Relu", "r", "z")
                .node("Dropout", "y", "r"));
    assertEquals(NetworkSpec.parse("2 → 3 relu"), multiplied.spec());
    assertArrayEquals(expected, multiplied.values());
    ImportedNetwork gemm =
        Importer.read(
            threeNeurons().node("Gemm", "z", "x", "w", "b").node("Softmax", "y", "z").bytes(),
            null);
    assertEquals(NetworkSpec.parse("2 → 3 softmax"), gemm.parameters().spec());
    assertArrayEquals(expected, gemm.parameters().values());
    assertEquals(Loss.CROSS_ENTROPY, gemm.loss());
    Parameters gelu = read(threeNeurons().node("Gemm", "z", "x", "w", "b").node("Gelu", "y", "z"));
    assertEquals(NetworkSpec.parse("2 → 3 gelu"), gelu.spec());
    Parameters withoutBiases = read(threeNeurons().node("MatMul", "y", "x", "w"));
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 0, 0, 0}, withoutBiases.values());
    byte[] doubles = new LittleEndian().int64(Double.doubleToLongBits(1.5)).int64(0).toBytes();
    Parameters wide =
        read(
            new Graph()
                .value(OnnxFields.GRAPH_INPUT, "x")
                .value(OnnxFields.GRAPH_OUTPUT, "y")
                .tensor("w", new int[] {2, 1}, OnnxFields.FLOAT64, doubles)
                .node("MatMul", "y", "x", "w"));
    assertArrayEquals(new float[] {1.5f, 0, 0}, wide.values());
  }

  /** z · ½ · (1 + erf(√½ · z)), in another order than ours. */
  @Test
  void recognisesGeluInItsSpellings() {
    Graph graph =
        threeNeurons()
            .tensor("√½", new int[] {}, (float) Math.sqrt(0.5))
            .tensor("1", new int[] {1}, 1)
            .tensor("½", new int[] {}, 0.5f)
            .node("Gemm", "z", "x", "w", "b")
            .node("Mul", "half", "½", "z")
            .node("Mul", "scaled", "z", "√½")
            .node("Erf", "erf", "scaled")
            .node("Add", "sum", "1", "erf")
            .node("Mul", "y", "half", "sum");
    // z goes to two nodes, of which one is a product with a half
    assertEquals(NetworkSpec.parse("2 → 3 gelu"), read(graph).spec());
  }

  @Test
  void whatIsNoDenseNetworkIsRefusedByName() {
    ProtoWriter alpha =
        new ProtoWriter()
            .text(OnnxFields.ATTRIBUTE_NAME, "alpha")
            .real(OnnxFields.ATTRIBUTE_FLOAT, 0.2f);
    assertContains(refusal(threeNeurons().node("Conv", "y", "x", "w")), "operator Conv");
    assertContains(
        refusal(threeNeurons().node("Gemm", "z", "x", "w", "b").node("LeakyRelu", "y", alpha, "z")),
        "alpha 0.2; Digit Lab computes it with 0.01");
    assertContains(
        refusal(threeNeurons().node("Gemm", "y", alpha, "x", "w", "b")), "has alpha 0.2");
    assertContains(
        refusal(
            threeNeurons()
                .node("Gemm", "z", "x", "w", "b")
                .node("Relu", "r", "z")
                .node("Tanh", "t", "z")
                .node("Add", "y", "r", "t")),
        "“z” of the ONNX graph goes to 2 nodes");
    assertContains(
        refusal(threeNeurons().node("Gemm", "z", "x", "w", "b")),
        "“z” of the ONNX graph goes to 0");
    assertContains(refusal(threeNeurons().node("Relu", "y", "x")), "does not follow a dense layer");
    assertContains(
        refusal(threeNeurons().node("Gemm", "y", "x", "missing", "b")),
        "“missing” are no matrix of floating-point numbers");
    assertContains(
        refusal(threeNeurons().node("Gemm", "y", "x", "w", "w")),
        "are not 3 floating-point numbers");
    assertContains(refusal(threeNeurons().node("Identity", "x", "x")), "goes round in circles");
    assertContains(
        refusal(threeNeurons().node("Gemm", "z", "x", "w", "b").node("Gemm", "y", "z", "w", "b")),
        "reads 2 numbers, but what comes before it gives 3");
    assertContains(
        refusal(threeNeurons().tensor("c", new int[] {100, 100}, 1, 2)),
        "shape [100, 100] and 8 bytes");
    assertContains(
        refusal(threeNeurons().node("MatMul", "y", "x", "w").value(OnnxFields.GRAPH_INPUT, "x2")),
        "has 2 inputs and 1 outputs");
    assertContains(
        refusal(
            threeNeurons()
                .node("Gemm", "z", "x", "w", "b")
                .node("Softmax", "s", "z")
                .tensor("v", new int[] {3, 1}, 1, 1, 1)
                .node("MatMul", "y", "s", "v")),
        "has softmax, which belongs to the output alone");
  }

  private static void assertContains(String text, String part) {
    assertTrue(text.contains(part), text);
  }

  @Test
  void everyCutIsNoticed() {
    byte[] file = Models.bytes(Models.of("12 → 7 gelu → 5 softmax"), ExportFormat.ONNX);
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      try {
        // where only metadata are lost the network is whole
        assertEquals(
            "12-7-5", Importer.read(cut, null).parameters().spec().shape(), "at " + length);
        assertTrue(length > file.length - 200, "at " + length);
      } catch (RefusedException e) {
        String why = Messages.in(Language.ENGLISH).get(e.why());
        assertTrue(why.endsWith("."), why);
      }
    }
  }

  @Test
  void noChangedByteDoesHarm() {
    byte[] file = Models.bytes(Models.of("12 → 7 gelu → 5 softmax"), ExportFormat.ONNX);
    Property.check(
        3000,
        random -> {
          byte[] changed = file.clone();
          for (int i = 0; i < 3; i++) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
          }
          try {
            Importer.read(changed, null);
          } catch (RefusedException e) {
            assertTrue(!Messages.in(Language.RUSSIAN).get(e.why()).isBlank());
          }
        });
  }
}
