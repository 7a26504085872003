package digitlab.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import digitlab.net.Loss;
import digitlab.net.NetworkSpec;
import digitlab.testing.Property;
import digitlab.testing.Refusal;
import digitlab.text.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SafetensorsTest {
  private static final TrainedModel MODEL = Models.of("12 → 7 gelu dropout 0.25 → 5 softmax");

  static Iterable<String> networks() {
    return Models.everyActivation();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void comesBackAsItWent(String network) {
    TrainedModel model = Models.of(network);
    ImportedNetwork back = Importer.read(Models.bytes(model, ExportFormat.SAFETENSORS), null);
    assertEquals("Опыт 7", back.title());
    assertEquals(model.plan().loss(), back.loss());
    assertEquals(model.parameters().spec(), back.parameters().spec());
    assertArrayEquals(model.parameters().values(), back.parameters().values());
  }

  @Test
  void hasTheNamesAndTheOrientationOfPytorch() {
    byte[] file = Models.bytes(MODEL, ExportFormat.SAFETENSORS);
    int length = (file[0] & 255) | ((file[1] & 255) << 8);
    assertEquals(0, length % 8);
    JsonNode header =
        JsonMapper.shared().readTree(new String(file, 8, length, StandardCharsets.UTF_8));
    assertEquals("[7,12]", header.get("layers.0.weight").get("shape").toString());
    assertEquals("[336,364]", header.get("layers.0.bias").get("data_offsets").toString());
    assertEquals("[5,7]", header.get("layers.1.weight").get("shape").toString());
    assertEquals("pt", header.get("__metadata__").get("format").asString());
    // the second number: from input 1 to neuron 0
    TensorData numbers = new TensorData(file, 8 + length, 2, TensorData.Type.F32);
    float[] values = MODEL.parameters().values();
    assertEquals(values[MODEL.parameters().layer(0).weightAt(1, 0)], numbers.get(1));
  }

  /** A file with this header and so many bytes of zeros, each tenth a one. */
  private static byte[] file(String header, int bytes) {
    byte[] text = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    byte[] data = new byte[bytes];
    return new LittleEndian().int64(text.length).bytes(text).bytes(data).toBytes();
  }

  private static String refusal(String header, int bytes) {
    return Refusal.in(Language.ENGLISH, () -> Importer.read(file(header, bytes), null));
  }

  private static final String TWO_BY_THREE =
      "'0.weight': {'dtype': 'F32', 'shape': [3, 2], 'data_offsets': [0, 24]}";

  /** As PyTorch's Sequential calls them: numbers with gaps, more than nine, in any order. */
  @Test
  void takesWhatPytorchSaves() {
    String header =
        "{'10.bias': {'dtype': 'BF16', 'shape': [1], 'data_offsets': [40, 42]},"
            + "'10.weight': {'dtype': 'F16', 'shape': [1, 4], 'data_offsets': [32, 40]},"
            + "'2.weight': {'dtype': 'F64', 'shape': [4, 1], 'data_offsets': [0, 32]}}";
    byte[] file = file(header, 42);
    int data = file.length - 42;
    System.arraycopy(
        new LittleEndian().int64(Double.doubleToLongBits(-2.5)).toBytes(), 0, file, data + 8, 8);
    System.arraycopy(
        new LittleEndian().int16(Float.floatToFloat16(0.75f)).toBytes(), 0, file, data + 34, 2);
    System.arraycopy(
        new LittleEndian().int16(Float.floatToIntBits(3f) >>> 16).toBytes(), 0, file, data + 40, 2);
    assertTrue(
        Refusal.in(Language.ENGLISH, () -> Importer.read(file, null))
            .contains("“1 → 4 identity → 1 identity”"));
    NetworkSpec spec = NetworkSpec.parse("1 → 4 relu → 1 sigmoid");
    ImportedNetwork read = Importer.read(file, spec);
    assertEquals(spec, read.parameters().spec());
    assertEquals(Loss.BINARY_CROSS_ENTROPY, read.loss());
    assertArrayEquals(
        new float[] {0, -2.5f, 0, 0, 0, 0, 0, 0, 0, 0.75f, 0, 0, 3}, read.parameters().values());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertContains(
        Refusal.in(
            Language.ENGLISH,
            () ->
                Importer.read(file("{" + TWO_BY_THREE + "}", 24), NetworkSpec.parse("5 → 3 relu"))),
        "make up the network 2-3, but 5-3 is announced");
    assertContains(refusal("{" + TWO_BY_THREE + "}", 23), "shall lie at bytes 0 to 24 of 23");
    assertContains(refusal("{}", 0), "has no dense layer");
    assertContains(refusal("{'a': ", 0), "no proper JSON");
    assertContains(refusal("{" + TWO_BY_THREE + "," + TWO_BY_THREE + "}", 24), "no proper JSON");
    assertContains(
        refusal("{" + TWO_BY_THREE + ", 'conv.kernel': {}}", 24),
        "“conv.kernel”, which belongs to no");
    assertContains(refusal("{'a.bias': {}}", 24), "“a.bias”, which belongs to no dense layer");
    assertContains(
        refusal("{'a.weight': {'dtype': 'F32', 'shape': [3, 2, 1], 'data_offsets': [0, 24]}}", 24),
        "has the shape [3,2,1]; a dense layer has weights (neurons, inputs)");
    assertContains(
        refusal("{'a.weight': {'dtype': 'I8', 'shape': [3, 2], 'data_offsets': [0, 6]}}", 24),
        "of type “I8”; F32, F64, F16 and BF16 are read");
    assertContains(
        refusal(
            "{"
                + TWO_BY_THREE
                + ", '0.bias': {'dtype': 'F32', 'shape': [2], 'data_offsets': [0, 8]}}",
            24),
        "has 2 numbers; the layer has 3 neurons");
    // nothing is taken for what is only announced
    assertContains(
        refusal(
            "{'a.weight': {'dtype': 'F64', 'shape': [2147483647, 2147483647], 'data_offsets': [0, 24]}}",
            24),
        "shall lie at bytes 0 to 24");
    byte[] long1 = file("{}", 0);
    long1[2] = 0x7F;
    assertContains(
        Refusal.in(Language.ENGLISH, () -> Importer.read(long1, null)),
        "bytes; at most 1048576 are read");
    assertContains(
        Refusal.in(Language.ENGLISH, () -> Importer.read(new byte[] {'P', 'K', 3, 4}, null)),
        "neither safetensors nor ONNX: it begins with the bytes 50 4b 03 04");
    assertContains(
        Refusal.in(Language.ENGLISH, () -> Importer.read(new byte[0], null)), "it is empty");
  }

  @Test
  void metadataThatContradictTheTensorsAreRefused() {
    assertContains(
        refusal("{'__metadata__': {'digitlab.network': '2 → 4 relu'}, " + TWO_BY_THREE + "}", 24),
        "make up the network 2-3, but 2-4 is announced");
    assertContains(
        refusal(
            "{'__metadata__': {'digitlab.network': '2 → 3 relu', 'digitlab.loss': 'cross-entropy'}, "
                + TWO_BY_THREE
                + "}",
            24),
        "names the loss cross-entropy, which can’t judge outputs of relu");
  }

  @Test
  void numbersThatAreNotFiniteAreRefused() {
    byte[] file =
        file("{'__metadata__': {'digitlab.network': '2 → 3 relu'}, " + TWO_BY_THREE + "}", 24);
    Arrays.fill(file, file.length - 4, file.length, (byte) 0xFF);
    assertContains(Refusal.in(Language.ENGLISH, () -> Importer.read(file, null)), "not finite");
  }

  private static void assertContains(String text, String part) {
    assertTrue(text.contains(part), text);
  }

  @Test
  void everyCutIsNoticed() {
    byte[] file = Models.bytes(MODEL, ExportFormat.SAFETENSORS);
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThrows(RefusedException.class, () -> Importer.read(cut, null));
    }
  }

  @Test
  void noChangedByteDoesHarm() {
    byte[] file = Models.bytes(MODEL, ExportFormat.SAFETENSORS);
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
