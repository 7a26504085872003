package digitlab.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import digitlab.net.DenseLayer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonFileTest {
  @Test
  void saysEverythingExactly() {
    TrainedModel model = Models.of("12 → 7 gelu dropout 0.25 → 5 softmax");
    JsonNode json = JsonMapper.shared().readTree(Models.bytes(model, ExportFormat.JSON));
    assertEquals("digitlab-network", json.get("format").asString());
    assertEquals(1, json.get("version").asInt());
    assertEquals("Опыт 7", json.get("title").asString());
    assertEquals(model.parameters().spec().toString(), json.get("network").asString());
    assertEquals("cross-entropy", json.get("loss").asString());
    assertEquals("mnist-28", json.get("preprocessing").asString());
    assertEquals(12, json.get("inputs").asInt());
    assertEquals(2, json.get("layers").size());
    for (int l = 0; l < 2; l++) {
      DenseLayer layer = model.parameters().layer(l);
      JsonNode written = json.get("layers").get(l);
      assertEquals(layer.out(), written.get("neurons").asInt());
      assertEquals(layer.activation().toString(), written.get("activation").asString());
      assertEquals(layer.dropout(), written.get("dropout").asDouble());
      assertEquals(layer.out(), written.get("weights").size());
      for (int o = 0; o < layer.out(); o++) {
        assertEquals(layer.in(), written.get("weights").get(o).size());
        for (int i = 0; i < layer.in(); i++) {
          assertEquals(
              model.parameters().values()[layer.weightAt(i, o)],
              Float.parseFloat(written.get("weights").get(o).get(i).asString()));
        }
        assertEquals(
            model.parameters().values()[layer.biasesAt() + o],
            Float.parseFloat(written.get("biases").get(o).asString()));
      }
    }
  }
}
