package digitlab.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InitializerTest {
  private static final NetworkSpec SPEC = NetworkSpec.parse("300 → 200 relu");

  record Case(Initializer initializer, double weightDeviation, double biasDeviation) {}

  static List<Case> cases() {
    return List.of(
        new Case(Initializer.ZEROS, 0, 0),
        new Case(Initializer.XAVIER, Math.sqrt(2.0 / 500), 0),
        new Case(Initializer.HE, Math.sqrt(2.0 / 300), 0),
        new Case(Initializer.LECUN, Math.sqrt(1.0 / 300), 0),
        new Case(new Initializer.Uniform(0.3), 0.3 / Math.sqrt(3), 0.3 / Math.sqrt(3)),
        new Case(new Initializer.Normal(0.7), 0.7, 0.7));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasItsSpread(Case tried) {
    Parameters parameters = Parameters.initial(SPEC, tried.initializer(), 1);
    DenseLayer layer = parameters.layer(0);
    double weights = tried.weightDeviation();
    double biases = tried.biasDeviation();
    assertEquals(weights, deviation(parameters.values(), 0, layer.biasesAt()), 0.02 * weights);
    assertEquals(
        biases, deviation(parameters.values(), layer.biasesAt(), layer.end()), 0.2 * biases);
    assertEquals(tried.initializer(), Initializer.parse(tried.initializer().toString()));
  }

  private static double deviation(float[] values, int from, int to) {
    double squares = 0;
    for (int i = from; i < to; i++) {
      squares += (double) values[i] * values[i];
    }
    return Math.sqrt(squares / (to - from));
  }

  @Test
  void dependsOnTheSeedAlone() {
    assertArrayEquals(
        Parameters.initial(SPEC, Initializer.HE, 5).values(),
        Parameters.initial(SPEC, Initializer.HE, 5).values());
    assertThrows(IllegalArgumentException.class, () -> Initializer.parse("glorot"));
    assertThrows(IllegalArgumentException.class, () -> Initializer.parse("normal -1"));
  }
}
