package digitlab.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.engine.EngineProvider;
import digitlab.engine.Engines;
import digitlab.engine.cuda.CudaEngines;
import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import digitlab.math.Rng;
import digitlab.testing.Refusal;
import digitlab.text.Message;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every engine promises: the numbers of {@link DoubleNet} within {@value #TOLERANCE}. An
 * engine that can't train on this machine is skipped with its reason.
 */
class EngineContractTest {
  private static final double TOLERANCE = 2e-5;

  /** Ragged sizes on purpose: kernels like multiples of eight, people don't. */
  private static final List<String> NETWORKS =
      List.of(
          "784 → 16 sigmoid → 16 sigmoid → 10 sigmoid",
          "785 → 17 relu → 10 softmax",
          "1 → 1 tanh → 3 softmax",
          "17 → 3 elu → 785 gelu → 2 sigmoid",
          "3 → 33 leaky-relu → 1 relu → 5 identity",
          "50 → 10 softmax");

  static Stream<Arguments> enginesAndNetworks() {
    return providers()
        .flatMap(engine -> NETWORKS.stream().map(network -> Arguments.of(engine, network)));
  }

  static Stream<Arguments> engines() {
    return providers().map(Arguments::of);
  }

  /** All engines of this machine; cuda in each way of placing a network, if only simulated. */
  static Stream<EngineProvider> providers() {
    return Stream.concat(
        Engines.all().providers().stream().filter(engine -> !engine.name().equals("cuda")),
        CudaEngines.all().stream());
  }

  static Engine create(EngineProvider provider, EngineSettings settings) {
    Message obstacle = provider.obstacle();
    if (obstacle != null) {
      String reason = provider.name() + ": " + Messages.in(Language.ENGLISH).get(obstacle);
      System.out.println("Skipped: " + reason);
      Assumptions.abort(reason);
    }
    return provider.create(settings, 2);
  }

  private static Loss lossFor(NetworkSpec spec) {
    return switch (spec.outputActivation()) {
      case SOFTMAX -> Loss.CROSS_ENTROPY;
      case SIGMOID -> Loss.BINARY_CROSS_ENTROPY;
      default -> Loss.MSE;
    };
  }

  @ParameterizedTest
  @MethodSource("enginesAndNetworks")
  void predictsJudgesAndDifferentiates(EngineProvider provider, String network) {
    NetworkSpec spec = NetworkSpec.parse(network);
    Loss loss = lossFor(spec);
    Rng rng = new Rng(11);
    Parameters parameters = Samples.parameters(spec, rng);
    DoubleNet expected = new DoubleNet(parameters, loss);
    try (Engine engine = create(provider, EngineSettings.forInference(spec, loss, 17))) {
      for (int rows : new int[] {17, 1, 3}) {
        Batch batch = Samples.batch(rows, spec.inputs(), spec.outputs(), rng);
        dirty(engine, spec);
        engine.load(parameters);
        float[] outputs = new float[rows * spec.outputs()];
        Arrays.fill(outputs, Float.NaN);
        StepResult judged = engine.predict(batch, outputs);
        assertEquals(expected.loss(batch), judged.loss(), TOLERANCE * spec.outputs());
        int correct = 0;
        for (int row = 0; row < rows; row++) {
          double[] y = expected.outputs(batch, row);
          for (int c = 0; c < y.length; c++) {
            assertEquals(y[c], outputs[row * y.length + c], TOLERANCE);
          }
          correct += Network.largest(outputs, row * y.length, y.length) == batch.label(row) ? 1 : 0;
        }
        assertEquals(correct, judged.correct());
        Parameters gradient = new Parameters(spec);
        Arrays.fill(gradient.values(), Float.NaN);
        engine.gradients(batch, gradient);
        double[] slopes = expected.gradient(batch);
        for (int i = 0; i < slopes.length; i++) {
          assertEquals(slopes[i], gradient.values()[i], TOLERANCE, "parameter " + i);
        }
      }
    }
  }

  /** Leaves infinities and NaN in the engine's scratch memory. */
  private static void dirty(Engine engine, NetworkSpec spec) {
    Parameters wild = new Parameters(spec);
    Arrays.fill(wild.values(), Float.NaN);
    engine.load(wild);
    engine.gradients(
        Samples.batch(17, spec.inputs(), spec.outputs(), new Rng(1)), new Parameters(spec));
  }

  @ParameterizedTest
  @MethodSource("enginesAndNetworks")
  void tenStepsGoDownTheSameWay(EngineProvider provider, String network) {
    NetworkSpec spec = NetworkSpec.parse(network);
    Loss loss = lossFor(spec);
    Rng rng = new Rng(12);
    Parameters parameters = Samples.parameters(spec, rng);
    DoubleNet expected = new DoubleNet(parameters, loss);
    EngineSettings settings = new EngineSettings(spec, loss, new Optimizer.Sgd(), 0.001, 9, 1);
    try (Engine engine = create(provider, settings)) {
      engine.load(parameters);
      for (int step = 0; step < 10; step++) {
        Batch batch = Samples.batch(step == 9 ? 3 : 9, spec.inputs(), spec.outputs(), rng);
        assertEquals(
            expected.loss(batch),
            engine.step(batch, 0.05f).loss(),
            TOLERANCE * spec.outputs(),
            "step " + step);
        descend(expected, parameters, batch, 0.05, 0.001);
      }
      Parameters after = new Parameters(spec);
      engine.save(after);
      for (int i = 0; i < expected.values.length; i++) {
        assertEquals(expected.values[i], after.values()[i], TOLERANCE, "parameter " + i);
      }
    }
  }

  private static void descend(
      DoubleNet net, Parameters shape, Batch batch, double rate, double l2) {
    double[] gradient = net.gradient(batch);
    for (int l = 0; l < shape.layerCount(); l++) {
      DenseLayer layer = shape.layer(l);
      for (int i = layer.weightsAt(); i < layer.end(); i++) {
        net.values[i] -= rate * (gradient[i] + (i < layer.biasesAt() ? l2 * net.values[i] : 0));
      }
    }
  }

  /** With every optimiser and with dropout, loading again repeats everything bit for bit. */
  @ParameterizedTest
  @MethodSource("engines")
  void repeatsItself(EngineProvider provider) {
    NetworkSpec spec = NetworkSpec.parse("20 → 30 relu dropout 0.5 → 10 softmax");
    for (Optimizer optimizer : OptimizerTest.all()) {
      EngineSettings settings = new EngineSettings(spec, Loss.CROSS_ENTROPY, optimizer, 0.01, 8, 3);
      try (Engine engine = create(provider, settings)) {
        float[] first = train(engine, spec);
        assertTrue(Arrays.equals(first, train(engine, spec)), optimizer.toString());
      }
    }
  }

  private static float[] train(Engine engine, NetworkSpec spec) {
    Rng rng = new Rng(2);
    engine.load(Samples.parameters(spec, rng));
    for (int step = 0; step < 5; step++) {
      StepResult result = engine.step(Samples.batch(8, 20, 10, rng), 0.01f);
      assertTrue(Float.isFinite(result.loss()));
    }
    Parameters after = new Parameters(spec);
    engine.save(after);
    return after.values();
  }

  /**
   * With every optimiser and with dropout, an engine that goes on from a saved state makes the
   * steps that the other would have made, bit for bit; what can't be saved is said.
   */
  @ParameterizedTest
  @MethodSource("engines")
  void goesOnFromASavedState(EngineProvider provider) {
    NetworkSpec spec = NetworkSpec.parse("20 → 130 relu dropout 0.5 → 33 tanh → 10 softmax");
    for (Optimizer optimizer : OptimizerTest.all()) {
      EngineSettings settings = new EngineSettings(spec, Loss.CROSS_ENTROPY, optimizer, 0.01, 8, 3);
      TrainingState state = new TrainingState(spec, optimizer);
      float[] straight;
      float[] inTwoParts;
      try (Engine engine = create(provider, settings)) {
        engine.load(Samples.parameters(spec, new Rng(2)));
        steps(engine, 0, 3);
        engine.save(state);
        straight = steps(engine, 3, 6);
      }
      try (Engine engine = create(provider, settings)) {
        engine.load(Samples.parameters(spec, new Rng(9)));
        steps(engine, 0, 2);
        engine.resume(state);
        inTwoParts = steps(engine, 3, 6);
      }
      if (state.isComplete()) {
        assertEquals(3, state.steps());
        assertTrue(Arrays.equals(straight, inTwoParts), optimizer.toString());
      } else {
        assertFalse(List.of("reference", "cpu").contains(provider.name()), "these can go on");
      }
    }
  }

  private static float[] steps(Engine engine, int from, int to) {
    for (int step = from; step < to; step++) {
      var _ = engine.step(Samples.batch(8, 20, 10, new Rng(step)), 0.01f);
    }
    Parameters after =
        new Parameters(NetworkSpec.parse("20 → 130 relu dropout 0.5 → 33 tanh → 10 softmax"));
    engine.save(after);
    return after.values();
  }

  /**
   * Dropout keeps the mean: over many steps the loss with it is near the loss without it, and some
   * neurons are silent.
   */
  @ParameterizedTest
  @MethodSource("engines")
  void dropsNeuronsInTrainingOnly(EngineProvider provider) {
    NetworkSpec spec = NetworkSpec.parse("20 → 400 identity dropout 0.5 → 10 identity");
    Rng rng = new Rng(4);
    Parameters parameters = Samples.parameters(spec, rng);
    Batch batch = Samples.batch(50, 20, 10, rng);
    EngineSettings settings = new EngineSettings(spec, Loss.MSE, new Optimizer.Sgd(), 0, 50, 5);
    try (Engine engine = create(provider, settings)) {
      engine.load(parameters);
      float[] outputs = new float[500];
      float whole = engine.predict(batch, outputs).loss();
      float dropped = engine.step(batch, 0).loss();
      float again = engine.step(batch, 0).loss();
      assertTrue(
          dropped > whole, "noise adds to the squared error: " + dropped + " against " + whole);
      assertTrue(dropped != again, "each step drops others");
      assertEquals(whole, engine.predict(batch, outputs).loss());
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void refusesImagesOfAnotherSize(EngineProvider provider) {
    NetworkSpec spec = NetworkSpec.parse("784 → 10 softmax");
    try (Engine engine =
        create(provider, EngineSettings.forInference(spec, Loss.CROSS_ENTROPY, 4))) {
      engine.load(new Parameters(spec));
      Batch batch = Samples.batch(4, 783, 10, new Rng(1));
      String message = Refusal.of(() -> engine.predict(batch, new float[40]));
      assertTrue(message.contains("783") && message.contains("784"), message);
    }
  }
}
