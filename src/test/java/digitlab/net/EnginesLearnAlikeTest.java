package digitlab.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import digitlab.engine.EngineProvider;
import digitlab.math.Rng;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every engine with every optimiser, with dropout, L2, a changing rate and images of the batch's
 * own, against the plain engine.
 */
class EnginesLearnAlikeTest {
  private static final float TOLERANCE = 2e-5f;
  private static final NetworkSpec NETWORK =
      NetworkSpec.parse("20 → 30 tanh dropout 0.5 → 12 sigmoid dropout 0.2 → 10 softmax");

  static Stream<Arguments> enginesAndOptimizers() {
    return EngineContractTest.providers()
        .filter(engine -> !engine.name().equals("reference"))
        .flatMap(engine -> OptimizerTest.all().stream().map(o -> Arguments.of(engine, o)));
  }

  @ParameterizedTest
  @MethodSource("enginesAndOptimizers")
  void asThePlainOne(EngineProvider provider, Optimizer optimizer) {
    EngineSettings settings =
        new EngineSettings(NETWORK, Loss.CROSS_ENTROPY, optimizer, 0.01, 8, 3);
    Parameters parameters = Samples.parameters(NETWORK, new Rng(5));
    try (Engine expected = new JavaEngine(settings, new PlainKernels());
        Engine engine = EngineContractTest.create(provider, settings)) {
      expected.load(parameters);
      engine.load(parameters);
      Rng rng = new Rng(6);
      for (int step = 0; step < 8; step++) {
        Batch batch = step % 2 == 0 ? Samples.batch(8, 20, 10, rng) : ownBatch(rng);
        float rate = step < 4 ? 0.01f : 0.005f;
        StepResult right = expected.step(batch, rate);
        StepResult result = engine.step(batch, rate);
        assertEquals(right.loss(), result.loss(), TOLERANCE, "step " + step);
        assertEquals(right.correct(), result.correct(), "step " + step);
      }
      Batch many = Samples.batch(40, 20, 10, rng); // more than were announced, twice
      for (int time = 0; time < 2; time++) {
        float loss = expected.predict(many, new float[400]).loss();
        assertEquals(loss, engine.predict(many, new float[400]).loss(), TOLERANCE);
      }
      Parameters right = new Parameters(NETWORK);
      Parameters after = new Parameters(NETWORK);
      expected.save(right);
      engine.save(after);
      for (int i = 0; i < right.values().length; i++) {
        assertEquals(right.values()[i], after.values()[i], TOLERANCE, "parameter " + i);
      }
    }
  }

  /** As augmentation makes them: fewer than there is room for, written again each time. */
  private static Batch ownBatch(Rng rng) {
    Batch batch = new Batch();
    Images _ = batch.own(9, 20);
    Images images = batch.own(7, 20);
    for (int i = 0; i < 7 * 20; i++) {
      images.pixels()[i] = (byte) rng.nextInt(256);
    }
    for (int row = 0; row < 7; row++) {
      images.labels()[row] = (byte) rng.nextInt(10);
    }
    return batch;
  }
}
