package digitlab.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.math.Rng;
import digitlab.net.Activation;
import digitlab.net.Batch;
import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.net.Images;
import digitlab.net.JavaEngine;
import digitlab.net.Loss;
import digitlab.net.NetworkSpec;
import digitlab.net.Optimizer;
import digitlab.net.Parameters;
import digitlab.net.PlainKernels;
import digitlab.net.Samples;
import digitlab.net.StepResult;
import digitlab.testing.Await;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the vectorised engine promises beyond the contract of all engines. */
class CpuEngineTest {
  private static final double TOLERANCE = 2e-5;

  /** A narrow and a wide first layer, cut in 2, 4 and 8 parts, with and without layers behind. */
  private static final List<String> NETWORKS =
      List.of(
          "784 → 10 softmax",
          "784 → 16 sigmoid → 16 sigmoid → 10 sigmoid",
          "300 → 30 tanh → 10 softmax",
          "784 → 48 relu → 10 softmax",
          "784 → 120 softmax",
          "784 → 128 relu → 64 leaky-relu → 10 softmax",
          "100 → 1024 elu → 40 gelu → 20 tanh → 7 sigmoid",
          "70 → 2100 relu dropout 0.3 → 100 gelu dropout 0.2 → 10 softmax");

  record Case(String network, Optimizer optimizer, double l2) {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String network : NETWORKS) {
      cases.add(new Case(network, new Optimizer.Sgd(), 0));
      cases.add(new Case(network, new Optimizer.Sgd(), 0.01));
      cases.add(new Case(network, new Optimizer.Nesterov(0.9), 0.01));
      cases.add(new Case(network, new Optimizer.AdamW(0.9, 0.999), 0.01));
    }
    return cases;
  }

  private static EngineSettings settings(Case tried, int batch) {
    NetworkSpec network = NetworkSpec.parse(tried.network());
    Loss loss =
        switch (network.outputActivation()) {
          case SOFTMAX -> Loss.CROSS_ENTROPY;
          case SIGMOID -> Loss.BINARY_CROSS_ENTROPY;
          default -> Loss.MSE;
        };
    return new EngineSettings(network, loss, tried.optimizer(), tried.l2(), batch, 3);
  }

  /** Batches of one set, as a training takes them, the last one smaller. */
  private static Parameters train(Engine engine, EngineSettings settings) {
    NetworkSpec network = settings.network();
    Rng rng = new Rng(8);
    engine.load(Samples.parameters(network, rng));
    Images images = Samples.batch(100, network.inputs(), network.outputs(), rng).images();
    int[] numbers = new int[100];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (37 * i) % 100;
    }
    for (int from = 0; from < 100; from += 21) {
      Batch batch = new Batch().select(images, numbers, from, Math.min(21, 100 - from));
      assertTrue(Float.isFinite(engine.step(batch, 0.01f).loss()));
    }
    Parameters after = new Parameters(network);
    engine.save(after);
    return after;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void trainsLikeTheReferenceOnAnyNumberOfThreads(Case tried) {
    EngineSettings settings = settings(tried, 21);
    Parameters expected;
    try (Engine reference = new JavaEngine(settings, new PlainKernels())) {
      expected = train(reference, settings);
    }
    float[] first = null;
    for (int threads : new int[] {1, 2, 4, 8}) {
      try (Engine engine = new CpuEngine(settings, threads)) {
        float[] values = train(engine, settings).values();
        if (first == null) {
          first = values;
          assertClose(expected.values(), values, tried.optimizer());
        }
        assertArrayEquals(first, values, "the same bits on " + threads + " threads");
      }
    }
  }

  /**
   * Adam divides gradients by their size, so where one is hardly more than rounding it may go
   * either way: there the mean counts.
   */
  private static void assertClose(float[] expected, float[] actual, Optimizer optimizer) {
    if (!(optimizer instanceof Optimizer.AdamW)) {
      assertArrayEquals(expected, actual, (float) TOLERANCE);
    }
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      sum += Math.abs(expected[i] - actual[i]);
    }
    assertEquals(0, sum / expected.length, TOLERANCE / 10);
  }

  @Test
  void usesAsManyThreadsAsItPaysFor() {
    assertEquals(2, threads("784 → 16 sigmoid → 10 sigmoid", 64));
    assertEquals(2, threads("784 → 128 relu → 10 softmax", 3));
    assertEquals(4, threads("784 → 1024 relu → 10 softmax", 7));
    assertEquals(1, threads("784 → 1024 relu → 10 softmax", 1));
  }

  private static int threads(String network, int most) {
    return Cut.of(NetworkSpec.parse(network)).threads(most);
  }

  /** More images than are worked on at a time: the gradient is still that of the whole batch. */
  @ParameterizedTest
  @MethodSource("large")
  void largeBatchesAreCutInPieces(String network) {
    for (Optimizer optimizer : List.of(new Optimizer.Sgd(), new Optimizer.Momentum(0.9))) {
      EngineSettings settings = settings(new Case(network, optimizer, 0.001), 2500);
      NetworkSpec spec = settings.network();
      Rng rng = new Rng(4);
      Parameters start = Samples.parameters(spec, rng);
      Batch batch = Samples.batch(2500, spec.inputs(), spec.outputs(), rng);
      Parameters expected = new Parameters(spec);
      Parameters actual = new Parameters(spec);
      try (Engine reference = new JavaEngine(settings, new PlainKernels());
          Engine engine = new CpuEngine(settings, 2)) {
        reference.load(start);
        engine.load(start);
        StepResult judged = reference.step(batch, 0.1f);
        StepResult result = engine.step(batch, 0.1f);
        assertEquals(judged.loss(), result.loss(), 1e-4);
        assertEquals(judged.correct(), result.correct());
        reference.save(expected);
        engine.save(actual);
        assertArrayEquals(expected.values(), actual.values(), 1e-5f);
        float[] outputs = new float[2500 * spec.outputs()];
        float[] wanted = new float[2500 * spec.outputs()];
        var _ = reference.predict(batch, wanted);
        var _ = engine.predict(batch, outputs);
        assertArrayEquals(wanted, outputs, 1e-5f);
      }
    }
  }

  static List<String> large() {
    return List.of("20 → 12 tanh → 10 softmax", "20 → 150 relu dropout 0.5 → 10 softmax");
  }

  /** Augmented images are written again for each batch; nothing of the last one may stay. */
  @ParameterizedTest
  @MethodSource("large")
  void imagesThatDoNotLastAreReadAnew(String network) {
    EngineSettings settings = settings(new Case(network, new Optimizer.Sgd(), 0), 8);
    NetworkSpec spec = settings.network();
    Rng rng = new Rng(5);
    Parameters start = Samples.parameters(spec, rng);
    try (Engine reference = new JavaEngine(settings, new PlainKernels());
        Engine engine = new CpuEngine(settings, 2)) {
      reference.load(start);
      engine.load(start);
      Batch batch = new Batch();
      for (int step = 0; step < 20; step++) {
        Images own = batch.own(8, spec.inputs());
        for (int i = 0; i < own.pixels().length; i++) {
          own.pixels()[i] = (byte) (rng.nextInt(2) * rng.nextInt(256));
        }
        for (int row = 0; row < 8; row++) {
          own.labels()[row] = (byte) rng.nextInt(10);
        }
        assertEquals(
            reference.step(batch, 0.1f).loss(), engine.step(batch, 0.1f).loss(), TOLERANCE);
      }
    }
  }

  /** Pixels far apart take stepping stones in the lists. */
  @Test
  void emptyStretchesAreCrossed() {
    EngineSettings settings =
        settings(new Case("4000 → 5 tanh → 10 softmax", new Optimizer.Sgd(), 0), 1);
    byte[] pixels = new byte[4000];
    pixels[1] = 100;
    pixels[1999] = 50;
    pixels[3999] = (byte) 255;
    Batch batch = new Batch().select(Images.of(4000, pixels, new byte[] {3}), new int[] {0}, 0, 1);
    Parameters start = Samples.parameters(settings.network(), new Rng(6));
    try (Engine reference = new JavaEngine(settings, new PlainKernels());
        Engine engine = new CpuEngine(settings, 1)) {
      reference.load(start);
      engine.load(start);
      Parameters expected = new Parameters(settings.network());
      Parameters actual = new Parameters(settings.network());
      reference.gradients(batch, expected);
      engine.gradients(batch, actual);
      assertArrayEquals(expected.values(), actual.values(), 1e-6f);
    }
  }

  @Test
  void softmaxWithSquaredErrorHasItsSlope() {
    NetworkSpec spec = NetworkSpec.parse("50 → 20 relu → 18 softmax");
    EngineSettings settings = EngineSettings.forInference(spec, Loss.MSE, 9);
    assertEquals(Activation.SOFTMAX, spec.outputActivation());
    Rng rng = new Rng(7);
    Parameters start = Samples.parameters(spec, rng);
    Batch batch = Samples.batch(9, 50, 18, rng);
    try (Engine reference = new JavaEngine(settings, new PlainKernels());
        Engine engine = new CpuEngine(settings, 1)) {
      reference.load(start);
      engine.load(start);
      Parameters expected = new Parameters(spec);
      Parameters actual = new Parameters(spec);
      reference.gradients(batch, expected);
      engine.gradients(batch, actual);
      assertArrayEquals(expected.values(), actual.values(), 1e-6f);
    }
  }

  @Test
  void itsThreadsEndWhenItIsClosed() {
    EngineSettings settings = settings(cases().getFirst(), 4);
    int before = threadsAlive();
    try (Engine engine = new CpuEngine(settings, 2)) {
      engine.load(new Parameters(settings.network()));
      assertEquals(before + 1, threadsAlive());
    }
    Await.until("its threads to end", () -> threadsAlive() == before);
  }

  private static int threadsAlive() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("cpu-engine-"))
            .count();
  }
}
