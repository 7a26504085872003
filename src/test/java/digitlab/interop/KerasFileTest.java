package digitlab.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.net.DenseLayer;
import digitlab.net.Parameters;
import digitlab.testing.Python;
import digitlab.text.Words;
import io.jhdf.HdfFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KerasFileTest {
  private static final TrainedModel MODEL =
      Models.of("12 → 7 leaky-relu dropout 0.25 → 6 gelu → 5 softmax");

  private static Map<String, byte[]> unpacked() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    byte[] file = Models.bytes(MODEL, ExportFormat.KERAS);
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  /** What keras.saving.load_model looks for: a Sequential whose layers it can make and build. */
  @Test
  void describesTheLayersAsKerasDoes() throws IOException {
    Map<String, byte[]> files = unpacked();
    assertEquals(
        List.of("metadata.json", "config.json", "model.weights.h5"), List.copyOf(files.keySet()));
    JsonNode metadata = JsonMapper.shared().readTree(files.get("metadata.json"));
    assertTrue(metadata.get("keras_version").asString().startsWith("3."));
    JsonNode config = JsonMapper.shared().readTree(files.get("config.json"));
    assertEquals("keras", config.get("module").asString());
    assertEquals("Sequential", config.get("class_name").asString());
    assertTrue(config.get("registered_name").isNull());
    assertEquals("{\"input_shape\":[null,12]}", config.get("build_config").toString());
    List<String> layers = new ArrayList<>();
    for (JsonNode layer : config.get("config").get("layers")) {
      assertEquals("keras.layers", layer.get("module").asString());
      assertEquals("float32", layer.get("config").get("dtype").asString());
      JsonNode settings = layer.get("config");
      layers.add(
          layer.get("class_name").asString()
              + settings.path("batch_shape")
              + " "
              + settings.path("units").asString("")
              + settings.path("activation").asString("")
              + settings.path("negative_slope").asString("")
              + settings.path("rate").asString(""));
    }
    assertEquals(
        List.of(
            "InputLayer[null,12] ",
            "Dense 7linear",
            "LeakyReLU 0.01",
            "Dropout 0.25",
            "Dense 6gelu",
            "Dense 5softmax"),
        layers.stream().map(text -> text.replace("MISSING", "")).toList());
  }

  /** An independent reader finds the numbers where Keras looks for them, checksums and all. */
  @Test
  void keepsTheNumbersAsHdf5() throws IOException {
    Parameters parameters = MODEL.parameters();
    byte[] weights = unpacked().getOrDefault("model.weights.h5", new byte[0]);
    try (HdfFile file = HdfFile.fromBytes(weights)) {
      assertEquals(weights.length, file.size());
      assertTrue(file.getChildren().containsKey("vars"));
      assertEquals(
          3, file.getByPath("layers") instanceof io.jhdf.api.Group g ? g.getChildren().size() : 0);
      for (int l = 0; l < parameters.layerCount(); l++) {
        DenseLayer layer = parameters.layer(l);
        String path = "layers/" + (l == 0 ? "dense" : "dense_" + l) + "/vars/";
        float[] flat = (float[]) file.getDatasetByPath(path + "0").getDataFlat();
        assertArrayEquals(
            new int[] {layer.in(), layer.out()}, file.getDatasetByPath(path + "0").getDimensions());
        assertArrayEquals(
            Arrays.copyOfRange(parameters.values(), layer.weightsAt(), layer.biasesAt()), flat);
        assertArrayEquals(
            Arrays.copyOfRange(parameters.values(), layer.biasesAt(), layer.end()),
            (float[]) file.getDatasetByPath(path + "1").getData());
      }
    }
  }

  /** And so does the HDF5 library itself, which Keras uses. */
  @Test
  void isReadByTheHdf5Library(@TempDir Path folder) throws IOException, InterruptedException {
    Python python = Python.with("h5py");
    Files.write(folder.resolve("w.h5"), unpacked().getOrDefault("model.weights.h5", new byte[0]));
    String code =
        """
        import h5py
        file = h5py.File("w.h5", "r")
        for l in ("dense", "dense_1", "dense_2"):
            variables = file["layers/" + l]["vars"]
            print(len(variables), variables["0"].shape, variables["0"].dtype, *variables["1"][...])
        print(len(file["vars"]), "layers/dropout" in file)
        """;
    Python.Ended ended = python.run(folder, "-c", code);
    assertEquals(0, ended.exit(), ended.out());
    List<String> lines = ended.out().lines().toList();
    assertTrue(lines.getFirst().startsWith("2 (12, 7) float32 "), ended.out());
    assertTrue(lines.get(2).startsWith("2 (6, 5) float32 "), ended.out());
    float first = MODEL.parameters().values()[MODEL.parameters().layer(0).biasesAt()];
    assertEquals(first, Float.parseFloat(Words.of(lines.getFirst()).get(4)));
    assertEquals("0 False", lines.getLast());
  }

  /** From the comment in Jenkins' lookup3.c. */
  @Test
  void theChecksumIsThatOfItsAuthor() {
    byte[] text = "Four score and seven years ago".getBytes(StandardCharsets.US_ASCII);
    assertEquals(0x17770551, Lookup3.of(text));
    assertFalse(Lookup3.of(Arrays.copyOf(text, 24)) == Lookup3.of(Arrays.copyOf(text, 25)));
  }
}
