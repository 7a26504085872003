package digitlab.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.testing.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkSpecTest {
  @Test
  void isReadAndWrittenAsPeopleSayIt() {
    String text = "784 → 128 leaky-relu dropout 0.2 → 10 softmax";
    NetworkSpec spec = NetworkSpec.parse(text);
    assertEquals(text, spec.toString());
    assertEquals(spec, NetworkSpec.parse("784->128 leaky-relu dropout 0.2 ->10 softmax"));
    assertEquals(new LayerSpec(128, Activation.LEAKY_RELU, 0.2), spec.layers().getFirst());
    assertEquals(10, spec.outputs());
    assertEquals("784-128-10", spec.shape());
  }

  @Test
  void countsItsParametersAloud() {
    NetworkSpec spec = NetworkSpec.parse("784 → 16 sigmoid → 16 sigmoid → 10 sigmoid");
    assertEquals(13_002, spec.parameterCount());
    assertEquals("784·16 + 16·16 + 16·10 + 16 + 16 + 10", spec.parameterFormula());
    assertEquals(13_002, new Parameters(spec).values().length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "784 | has no layer",
        "784 → 16 | is not understood",
        "784 → 16 sigma | There is no activation \"sigma\"; choose identity, sigmoid",
        "784 → 0 relu | must lie between 1 and 16384",
        "784 → x relu | is not a whole number",
        "784 → 16 relu dropout 1 | must lie between 0 and 0.95",
        "784 → 16 relu dropout | is not understood",
        "-1 → 16 relu | must lie between 1 and 65536",
        "65536 → 16384 relu → 10 softmax | at most 64000000 are allowed",
      })
  void saysWhatIsWrong(String text, String complaint) {
    String message = Refusal.of(() -> NetworkSpec.parse(text));
    assertTrue(message.contains(complaint), message);
  }

  @Test
  void tooManyLayersAreRefused() {
    List<LayerSpec> layers = java.util.Collections.nCopies(65, new LayerSpec(1, Activation.RELU));
    assertThrows(IllegalArgumentException.class, () -> new NetworkSpec(1, layers));
  }
}
