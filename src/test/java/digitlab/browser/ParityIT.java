package digitlab.browser;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import digitlab.data.Dataset;
import digitlab.data.StrokeGenerator;
import digitlab.ink.Rasterizer;
import digitlab.ink.Stroke;
import digitlab.testing.Chromium;
import digitlab.testing.TestApplication;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The module that ships, run in Chromium, against the same code on the JVM: bit for bit. */
class ParityIT {
  private static final String TRAIN =
      """
      async ([kind, plan, pixels, labels, steps]) => {
        const { loadCore } = await import('/js/core.js');
        const core = await loadCore(kind);
        const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
        const training = core.openTraining(plan, bytes(pixels), bytes(labels));
        const fresh = Array.from(training.save());
        const loss = training.step(steps);
        return { kind: core.kind, fresh, loss, trained: Array.from(training.save()) };
      }
      """;

  private static final String LOOK =
      """
      async ([kind, model, drawings]) => {
        const { loadCore } = await import('/js/core.js');
        const core = await loadCore(kind);
        const network = core.open(await (await fetch(model)).arrayBuffer());
        return drawings.map(strokes => {
          const sight = network.recognise(strokes);
          return { answer: sight.answer, image: Array.from(sight.image),
            probabilities: Array.from(sight.probabilities), layers: sight.layers.map(layer => Array.from(layer)) };
        });
      }
      """;

  /**
   * With everything that could differ: exp, tanh, erf, log, square roots, random numbers, dropout,
   * distortion.
   */
  private static final List<String> PLANS =
      List.of(
          "network 784 → 16 sigmoid → 16 sigmoid → 10 sigmoid; loss mse; optimizer sgd; rate 3; initializer xavier; batch 10",
          "network 784 → 12 gelu dropout 0.3 → 9 elu → 10 softmax; optimizer adamw; l2 0.01; schedule cosine; batch 7"
              + "; augmentation shift 1 rotate 10 scale 0.1 shear 0.1 elastic 20",
          "network 784 → 11 tanh → 8 leaky-relu → 10 sigmoid; loss binary-cross-entropy; optimizer rmsprop; initializer he; batch 16");

  private static Chromium chromium;
  private static TestApplication application;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    application = TestApplication.withFewDigits();
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    application.close();
  }

  private WatchedPage open() {
    WatchedPage page = new WatchedPage(chromium.browser(), new Browser.NewContextOptions());
    page.page().navigate(application.uri().toString());
    page.awaitNetwork();
    return page;
  }

  private static byte[] bytes(@Nullable Object list) {
    List<?> numbers = (List<?>) Objects.requireNonNull(list);
    byte[] bytes = new byte[numbers.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = ((Number) numbers.get(i)).byteValue();
    }
    return bytes;
  }

  private static float[] floats(@Nullable Object list) {
    List<?> numbers = (List<?>) Objects.requireNonNull(list);
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = ((Number) numbers.get(i)).floatValue();
    }
    return floats;
  }

  private static String base64(Dataset digits, boolean images) {
    byte[] bytes = new byte[digits.size() * (images ? Rasterizer.PIXELS : 1)];
    for (int i = 0; i < digits.size(); i++) {
      if (images) {
        System.arraycopy(digits.image(i), 0, bytes, i * Rasterizer.PIXELS, Rasterizer.PIXELS);
      } else {
        bytes[i] = digits.label(i);
      }
    }
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void initialisationAndThreeStepsAreTheSameBits() {
    Dataset digits = new StrokeGenerator(3).dataset(40);
    byte[] pixels = Base64.getDecoder().decode(base64(digits, true));
    byte[] labels = Base64.getDecoder().decode(base64(digits, false));
    try (WatchedPage page = open()) {
      for (String plan : PLANS) {
        Map<?, ?> browser =
            (Map<?, ?>)
                page.page()
                    .evaluate(
                        TRAIN,
                        List.of("wasm", plan, base64(digits, true), base64(digits, false), 3));
        assertEquals("wasm", browser.get("kind"));
        Training jvm = new Training(plan, pixels, labels);
        assertArrayEquals(jvm.save("trained here"), bytes(browser.get("fresh")), plan);
        assertEquals(
            jvm.step(3), ((Number) Objects.requireNonNull(browser.get("loss"))).floatValue(), plan);
        assertArrayEquals(jvm.save("trained here"), bytes(browser.get("trained")), plan);
      }
      page.expectNoComplaints();
    }
  }

  private static List<List<List<List<Double>>>> drawings(List<List<Stroke>> digits) {
    return digits.stream().map(strokes -> strokes.stream().map(ParityIT::points).toList()).toList();
  }

  private static List<List<Double>> points(Stroke stroke) {
    List<List<Double>> points = new ArrayList<>();
    for (int i = 0; i < stroke.size(); i++) {
      points.add(List.of((double) stroke.x(i), (double) stroke.y(i)));
    }
    return points;
  }

  private static Recogniser recogniser(String name) throws IOException {
    try (InputStream file =
        ParityIT.class.getResourceAsStream("/site/models/" + name + ".digitlab")) {
      return new Recogniser(Objects.requireNonNull(file).readAllBytes());
    }
  }

  private static List<List<Stroke>> someDigits() {
    StrokeGenerator generator = new StrokeGenerator(8);
    List<List<Stroke>> digits = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      digits.add(generator.draw(i % 10));
    }
    return digits;
  }

  @ParameterizedTest
  @ValueSource(strings = {"pad", "3b1b"})
  void imagesAnswersAndEveryNeuronAreTheSameBits(String model) throws IOException {
    List<List<Stroke>> digits = someDigits();
    Recogniser jvm = recogniser(model);
    try (WatchedPage page = open()) {
      List<?> sights =
          (List<?>)
              page.page()
                  .evaluate(
                      LOOK, List.of("wasm", "/models/" + model + ".digitlab", drawings(digits)));
      for (int i = 0; i < digits.size(); i++) {
        Map<?, ?> sight = (Map<?, ?>) sights.get(i);
        assertEquals(jvm.recognise(digits.get(i)), sight.get("answer"));
        assertArrayEquals(jvm.image(), bytes(sight.get("image")));
        assertArrayEquals(jvm.probabilities(), floats(sight.get("probabilities")));
        List<?> layers = (List<?>) Objects.requireNonNull(sight.get("layers"));
        for (int layer = 0; layer < layers.size(); layer++) {
          assertArrayEquals(jvm.outputs(layer), floats(layers.get(layer)));
        }
      }
      page.expectNoComplaints();
    }
  }

  /** JavaScript does not round to float32 in between: close, not equal. */
  @Test
  void theFallbackInJavaScriptSeesTheSame() throws IOException {
    List<List<Stroke>> digits = someDigits();
    Recogniser jvm = recogniser("pad");
    try (WatchedPage page = open()) {
      List<?> sights =
          (List<?>)
              page.page()
                  .evaluate(
                      LOOK.replace("/js/core.js", "/js/core.js?fallback"),
                      List.of("js", "/models/pad.digitlab", drawings(digits)));
      for (int i = 0; i < digits.size(); i++) {
        Map<?, ?> sight = (Map<?, ?>) sights.get(i);
        assertEquals(jvm.recognise(digits.get(i)), sight.get("answer"));
        assertArrayEquals(jvm.probabilities(), floats(sight.get("probabilities")), 1e-2f);
        byte[] image = bytes(sight.get("image"));
        for (int pixel = 0; pixel < image.length; pixel++) {
          assertEquals(jvm.image()[pixel] & 255, image[pixel] & 255, 1);
        }
      }
      Dataset few = new StrokeGenerator(3).dataset(40);
      Map<?, ?> training =
          (Map<?, ?>)
              page.page()
                  .evaluate(
                      TRAIN.replace("/js/core.js", "/js/core.js?fallback"),
                      List.of("js", PLANS.getFirst(), base64(few, true), base64(few, false), 3));
      assertEquals("js", training.get("kind"));
      assertTrue(
          Arrays.equals(
              "DIGITLAB".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
              Arrays.copyOf(bytes(training.get("trained")), 8)));
      page.expectNoComplaints();
    }
  }

  /** A browser without our WebAssembly gets the fallback by itself. */
  @Test
  void theFallbackIsChosenByTrying() {
    try (WatchedPage page = new WatchedPage(chromium.browser(), new Browser.NewContextOptions())) {
      page.context()
          .addInitScript(
              "WebAssembly.compileStreaming = () => Promise.reject(new Error('no such thing'))");
      page.page().navigate(application.uri().toString());
      page.awaitNetwork();
      assertEquals(
          "js",
          page.page()
              .evaluate(
                  "import('/js/core.js').then(core => core.loadCore()).then(core => core.kind)"));
      page.draw(new StrokeGenerator(1).draw(3));
      assertTrue(page.inPad(".verdict").textContent().matches("\\d"));
      page.expectNoComplaints();
    }
  }

  @Test
  void badFilesAreExplained() {
    try (WatchedPage page = open()) {
      Object message =
          page.page()
              .evaluate(
                  "import('/js/core.js').then(core => core.loadCore()).then(core => core.open(new ArrayBuffer(5))).catch(e => e.message)");
      assertTrue(
          String.valueOf(message).contains("not a Digit Lab network"), String.valueOf(message));
      Object plan =
          page.page()
              .evaluate(
                  "import('/js/core.js').then(core => core.loadCore())"
                      + ".then(core => core.openTraining('rate fast', new Uint8Array(784), new Uint8Array(1))).catch(e => e.message)");
      assertTrue(String.valueOf(plan).contains("is not a number"), String.valueOf(plan));
    }
  }
}
