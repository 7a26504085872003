package digitlab.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import digitlab.math.Rng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkTest {
  @ParameterizedTest
  @EnumSource
  void probabilitiesAddUpToOneAndTheAnswerIsTheLargest(Activation output) {
    NetworkSpec spec = NetworkSpec.parse("6 → 8 tanh → 10 " + output);
    Rng rng = new Rng(8);
    Network network = new Network(Samples.parameters(spec, rng));
    network.look(Samples.pixels(Samples.batch(1, 6, 10, rng)));
    float[] probabilities = network.probabilities();
    double sum = 0;
    for (float probability : probabilities) {
      sum += probability;
    }
    assertEquals(1, sum, 1e-6);
    assertEquals(Network.largest(network.outputs(1), 0, 10), network.answer());
    assertEquals(
        probabilities[Network.largest(probabilities, 0, 10)], probabilities[network.answer()]);
  }

  @Test
  void seesWhatTheEngineSees() {
    NetworkSpec spec = NetworkSpec.parse("20 → 9 relu dropout 0.5 → 10 softmax");
    Rng rng = new Rng(9);
    Parameters parameters = Samples.parameters(spec, rng);
    Batch batch = Samples.batch(1, 20, 10, rng);
    float[] outputs = new float[10];
    try (Engine engine =
        new JavaEngine(
            EngineSettings.forInference(spec, Loss.CROSS_ENTROPY, 1), new PlainKernels())) {
      engine.load(parameters);
      engine.predict(batch, outputs);
    }
    Network network = new Network(parameters);
    network.look(Samples.pixels(batch));
    assertArrayEquals(outputs, network.outputs(1));
  }

  @Test
  void refusesImagesOfAnotherSize() {
    Network network = new Network(new Parameters(NetworkSpec.parse("784 → 10 softmax")));
    assertThrows(IllegalArgumentException.class, () -> network.look(new float[783]));
  }
}
