package digitlab.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.engine.EngineProvider;
import digitlab.engine.EngineUnavailableException;
import digitlab.engine.Engines;
import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import digitlab.math.Rng;
import digitlab.net.Alteration;
import digitlab.net.Batch;
import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.net.Loss;
import digitlab.net.NetworkSpec;
import digitlab.net.Optimizer;
import digitlab.net.Parameters;
import digitlab.net.Samples;
import digitlab.testing.SimulatedCard;
import digitlab.testing.SimulatedCuda;
import digitlab.text.Message;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever fails on the card or in its driver: it is said, and nothing stays behind. */
class CudaFaultsTest {
  private static final EngineSettings SETTINGS =
      new EngineSettings(
          NetworkSpec.parse("20 → 12 relu → 10 softmax"),
          Loss.CROSS_ENTROPY,
          new Optimizer.Adam(0.9, 0.999),
          0.01,
          8,
          3);

  private SimulatedCard card;

  @BeforeEach
  void openCard() {
    card = SimulatedCard.open(SimulatedCuda.Checks.FEW);
    assertEquals(0, card.live(), "left by an earlier test");
  }

  @AfterEach
  void closeCard() {
    assertEquals(0, card.live(), "left behind");
    card.close();
  }

  private EngineProvider provider() {
    return CudaEngines.on(card);
  }

  private static String obstacle(EngineProvider provider) {
    Message obstacle = provider.obstacle();
    assertNotNull(obstacle);
    String text = Messages.in(Language.ENGLISH).get(obstacle);
    assertTrue(text.length() > 30, text);
    return obstacle.key();
  }

  @Test
  void aGoodCardIsNamed() {
    assertNull(provider().obstacle());
    String text = Messages.in(Language.ENGLISH).get(provider().description());
    assertTrue(text.contains("Simulated GPU") && text.contains("8"), text);
  }

  /** Of several cards the one with most memory free is taken, and named. */
  @ParameterizedTest
  @CsvSource({"0, (1/3)", "5000000000, (2/3)"})
  void theFreestCardIsTaken(long busy, String which) {
    card.configure("devices=3 busy=" + busy);
    EngineProvider provider = provider();
    assertNull(provider.obstacle());
    String text = Messages.in(Language.ENGLISH).get(provider.description());
    assertTrue(text.contains("Simulated GPU " + which), text);
    try (Engine engine = provider.create(SETTINGS, 1)) {
      train(engine);
    }
  }

  @Test
  void noDriverAndOneThatIsNone() {
    assertEquals("engine.cuda.driver", obstacle(provider("/nowhere/libcuda.so")));
    assertEquals("engine.cuda.old-driver", obstacle(provider("libc.so.6")));
  }

  private static EngineProvider provider(String library) {
    return new CudaProvider(List.of(library), Placement.AUTO, System::nanoTime);
  }

  @ParameterizedTest
  @CsvSource({
    "devices=0, engine.cuda.no-card",
    "sm=52, engine.cuda.old-card",
    "sm=75, engine.cuda.old-card",
  })
  void cardsThatCannotTrain(String settings, String key) {
    card.configure(settings);
    assertEquals(key, obstacle(provider()));
    assertThrows(EngineUnavailableException.class, () -> provider().create(SETTINGS, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "cuInit=999, engine.cuda.start",
    "cuInit=803, engine.cuda.start",
    "cuInit=100, engine.cuda.no-card",
    "cuModuleLoadData=209, engine.cuda.kernels",
    "cuModuleLoadData=222, engine.cuda.kernels",
    "cuModuleGetFunction=500, engine.cuda.kernels",
    "cuDevicePrimaryCtxRetain=2, engine.cuda.memory",
  })
  void driversThatDoNotStart(String fault, String key) {
    card.fail(fault);
    assertEquals(key, obstacle(provider()));
  }

  /** A card with less shared memory than a network of one block needs trains it with all blocks. */
  @ParameterizedTest
  @CsvSource({"sm=80", "sm=86", "sm=89", "sm=120", "sm=90 multiprocessors=1"})
  void otherCardsTrain(String settings) {
    card.configure(settings);
    try (Engine engine = provider().create(SETTINGS, 1)) {
      train(engine);
    }
  }

  /** What a training does with an engine, in short. */
  private static void train(Engine engine) {
    Rng rng = new Rng(1);
    engine.load(Samples.parameters(SETTINGS.network(), rng));
    for (int step = 0; step < 3; step++) {
      engine.begin(Samples.batch(8, 20, 10, rng), 0.01f, result -> {});
    }
    Batch altered = Samples.batch(8, 20, 10, rng);
    altered.alter(new Alteration(5, 4, 10, 1, 1, 10, 0.1, 0.1, 10, 0.5), 0);
    engine.begin(altered, 0.01f, result -> {});
    engine.finish(result -> {});
    var _ = engine.predict(Samples.batch(8, 20, 10, rng), new float[80]);
    engine.gradients(Samples.batch(8, 20, 10, rng), new Parameters(SETTINGS.network()));
    engine.save(new Parameters(SETTINGS.network()));
  }

  /**
   * Lets the first call of a function of the driver fail, then the second, and so on, until a whole
   * training has no more of them.
   */
  @ParameterizedTest
  @CsvSource({
    "cuDevicePrimaryCtxRetain, 2",
    "cuCtxSetCurrent, 201",
    "cuModuleLoadData, 200",
    "cuModuleGetFunction, 500",
    "cuFuncSetAttribute, 1",
    "cuStreamCreate, 2",
    "cuEventCreate, 2",
    "cuMemAlloc_v2, 2",
    "cuMemAllocHost_v2, 2",
    "cuMemcpyHtoDAsync_v2, 1",
    "cuMemcpyDtoHAsync_v2, 719",
    "cuMemsetD8Async, 700",
    "cuLaunchKernel, 701",
    "cuLaunchCooperativeKernel, 720",
    "cuEventRecord, 400",
    "cuEventQuery, 400",
    "cuStreamWaitEvent, 400",
    "kernel, 719",
    "wait, 700",
  })
  void anyCallMayFail(String call, int code) {
    int failures = 0;
    for (int n = 1; ; n++) {
      card.reset();
      EngineProvider provider = provider();
      assertNull(provider.obstacle());
      card.fail(call + "@" + n + "=" + code);
      try (Engine engine = provider.create(SETTINGS, 1)) {
        train(engine);
        break; // there are no more calls
      } catch (CudaException e) {
        failures++;
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains("(" + code + ")"), message);
        assertEquals(code == 2, e.isOutOfMemory());
        String lost = provider.obstacle() == null ? "none" : obstacle(provider);
        assertTrue(lost.equals("none") || lost.equals("engine.cuda.lost"), lost);
      }
      assertEquals(0, card.live(), call + ", time " + n);
    }
    assertTrue(failures > 0, "a training never calls " + call);
    assertTrue(failures < 200, "it never ends");
  }

  @Test
  void aCardThatIsLostIsNotChosenAgain() {
    EngineProvider cuda = provider();
    Engines engines = new Engines(List.of(cuda, Engines.all().named("reference")));
    assertEquals("cuda", engines.choose(Engines.AUTO).provider().name());
    card.fail("kernel@2=719");
    try (Engine engine = cuda.create(SETTINGS, 1)) {
      assertThrows(CudaException.class, () -> train(engine));
    }
    Engines.Choice next = engines.choose(Engines.AUTO);
    assertEquals("reference", next.provider().name());
    assertEquals("engine.cuda.lost", next.why().key());
    card.reset();
  }

  @Test
  void memoryThatRunsOutLeavesTheCardForSmallerTrainings() {
    card.configure("memory=20000000");
    EngineProvider provider = provider();
    EngineSettings large =
        EngineSettings.forInference(
            NetworkSpec.parse("784 → 10000 relu → 10 softmax"), Loss.CROSS_ENTROPY, 8);
    CudaException e = assertThrows(CudaException.class, () -> provider.create(large, 1));
    assertTrue(e.isOutOfMemory(), e.getMessage());
    assertEquals("engine.cuda.memory", e.reason().key());
    assertEquals(0, card.live());
    try (Engine engine = provider.create(SETTINGS, 1)) {
      train(engine);
    }
  }
}
