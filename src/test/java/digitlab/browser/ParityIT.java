package digitlab.browser;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import digitlab.data.Dataset;
import digitlab.data.StrokeGenerator;
import digitlab.ink.Normalisation;
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
import org.junit.jupiter.params.provider.CsvSource;

/** The module that ships, run in Chromium, against the same code on the JVM: bit for bit. */
class ParityIT {
  private static final String TRAIN =
      """
      async ([kind, plan, pixels, labels, steps]) => {
        const { loadCore } = await import('/js/core.js');
        const core = await loadCore(kind);
        const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
        const images = core.openImages(bytes(labels).length);
        images.put(0, bytes(pixels), bytes(labels));
        const training = core.openTraining(plan, images, images);
        const fresh = Array.from(training.save('trained here'));
        const loss = training.step(steps);
        const trained = training.save('trained here');
        const [steps2, epochs, mean, hits, count] = training.progress();
        const tested = Array.from(training.test(1000));
        const next = core.openTraining(plan, images, images);
        next.load(trained.buffer);
        return { kind: core.kind, fresh, loss, trained: Array.from(trained), steps: steps2, mean, hits, count, tested,
          loaded: Array.from(next.save('trained here')) };
      }
      """;

  private static final String LOOK =
      """
      async ([kind, model, drawings, steps]) => {
        const { loadCore } = await import('/js/core.js');
        const core = await loadCore(kind);
        const network = await core.open(await (await fetch(model)).arrayBuffer());
        return drawings.map(strokes => {
          const sight = network.recognise(strokes, steps, 0.1);
          const last = sight.layers.length - 1;
          return { answer: sight.answer, image: Array.from(sight.image), placement: Array.from(sight.placement),
            probabilities: Array.from(sight.probabilities), layers: sight.layers.map(layer => Array.from(layer)),
            pull: Array.from(network.pull(last, sight.answer, (sight.answer + 1) % 10)),
            weights: Array.from(network.pull(0, 3)),
            strongest: network.strongest(last, sight.answer, 5).flatMap(link => [link.from, link.share]) };
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
          "network 784 → 11 tanh → 8 leaky-relu → 10 sigmoid; loss binary-cross-entropy; optimizer rmsprop; initializer he; batch 16",
          "network 784 → 21 relu → 6 relu → 10 softmax; optimizer adam; rate 0.01; l2 0.001; initializer he; batch 13",
          "network 784 → 18 relu → 5 gelu → 10 softmax; optimizer adamw; l2 0.01; initializer he; batch 3",
          "network 784 → 33 elu → 10 softmax; optimizer nesterov 0.9; rate 0.1; l2 0.001; batch 1",
          "network 784 → 10 sigmoid; loss mse; optimizer momentum 0.9; rate 1; batch 40");

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
        ImageSet images = new ImageSet(labels.length);
        images.put(0, pixels, labels);
        Training jvm = new Training(plan, images.dataset(), images.dataset(), Arithmetic.PLAIN);
        assertArrayEquals(jvm.save("trained here"), bytes(browser.get("fresh")), plan);
        assertEquals(
            jvm.step(3), ((Number) Objects.requireNonNull(browser.get("loss"))).floatValue(), plan);
        assertArrayEquals(jvm.save("trained here"), bytes(browser.get("trained")), plan);
        assertArrayEquals(jvm.save("trained here"), bytes(browser.get("loaded")), plan);
        float[] progress = jvm.progress();
        assertEquals(progress[0], number(browser, "steps"));
        assertEquals(progress[2], number(browser, "mean"));
        assertEquals(progress[3], number(browser, "hits"));
        assertEquals(progress[4], number(browser, "count"));
        assertArrayEquals(jvm.test(1000), floats(browser.get("tested")));
      }
      page.expectNoComplaints();
    }
  }

  private static float number(Map<?, ?> object, String key) {
    return ((Number) Objects.requireNonNull(object.get(key))).floatValue();
  }

  /** The generator draws the same digits in the browser. */
  @Test
  void generatedImagesAreTheSameBits() {
    ImageSet jvm = new ImageSet(30);
    jvm.generate(5, 10, 20);
    try (WatchedPage page = open()) {
      List<?> images =
          (List<?>)
              page.page()
                  .evaluate(
                      """
                      async () => {
                        const core = await (await import('/js/core.js')).loadCore();
                        const set = core.openImages(30);
                        set.generate(5, 10, 20);
                        return Array.from({ length: 30 }, (_, i) => [set.image(i).label, Array.from(set.image(i).pixels)]);
                      }
                      """);
      for (int i = 0; i < 30; i++) {
        List<?> image = (List<?>) images.get(i);
        assertEquals((int) jvm.label(i), image.get(0));
        assertArrayEquals(jvm.image(i), bytes(image.get(1)));
      }
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

  private static PlainRecogniser recogniser(String name) throws IOException {
    try (InputStream file =
        ParityIT.class.getResourceAsStream("/site/models/" + name + ".digitlab")) {
      return new PlainRecogniser(Objects.requireNonNull(file).readAllBytes());
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

  private static Map<String, Boolean> steps(Normalisation steps) {
    return Map.of(
        "scaling",
        steps.scaling(),
        "centring",
        steps.centring(),
        "width",
        steps.penWidth(),
        "polarity",
        steps.polarity());
  }

  /** With all of MNIST's steps, and with each alone and none. */
  @ParameterizedTest
  @CsvSource({"pad, 15", "3b1b, 15", "pad, 1", "pad, 2", "pad, 4", "pad, 8", "pad, 0"})
  void imagesAnswersReasonsAndEveryNeuronAreTheSameBits(String model, int switches)
      throws IOException {
    Normalisation steps = Recogniser.steps(switches, 0.1f);
    List<List<Stroke>> digits = someDigits();
    PlainRecogniser jvm = recogniser(model);
    try (WatchedPage page = open()) {
      List<?> sights =
          (List<?>)
              page.page()
                  .evaluate(
                      LOOK,
                      List.of(
                          "wasm",
                          "/models/" + model + ".digitlab",
                          drawings(digits),
                          steps(steps)));
      for (int i = 0; i < digits.size(); i++) {
        Map<?, ?> sight = (Map<?, ?>) sights.get(i);
        int answer = jvm.recognise(digits.get(i), steps);
        assertEquals(answer, sight.get("answer"));
        assertArrayEquals(jvm.image(), bytes(sight.get("image")));
        assertArrayEquals(jvm.placement(), floats(sight.get("placement")));
        assertArrayEquals(jvm.probabilities(), floats(sight.get("probabilities")));
        List<?> layers = (List<?>) Objects.requireNonNull(sight.get("layers"));
        for (int layer = 0; layer < layers.size(); layer++) {
          assertArrayEquals(jvm.outputs(layer), floats(layers.get(layer)));
        }
        int last = layers.size() - 1;
        assertArrayEquals(jvm.pull(last, answer, (answer + 1) % 10), floats(sight.get("pull")));
        assertArrayEquals(jvm.pull(0, 3, -1), floats(sight.get("weights")));
        assertArrayEquals(jvm.strongest(last, answer, 5), floats(sight.get("strongest")));
      }
      page.expectNoComplaints();
    }
  }

  /** JavaScript does not round to float32 in between: close, not equal. */
  @Test
  void theFallbackInJavaScriptSeesTheSame() throws IOException {
    List<List<Stroke>> digits = someDigits();
    PlainRecogniser jvm = recogniser("pad");
    try (WatchedPage page = open()) {
      List<?> sights =
          (List<?>)
              page.page()
                  .evaluate(
                      LOOK.replace("/js/core.js", "/js/core.js?fallback"),
                      List.of(
                          "js",
                          "/models/pad.digitlab",
                          drawings(digits),
                          steps(Normalisation.MNIST)));
      for (int i = 0; i < digits.size(); i++) {
        Map<?, ?> sight = (Map<?, ?>) sights.get(i);
        assertEquals(jvm.recognise(digits.get(i), Normalisation.MNIST), sight.get("answer"));
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
                      + ".then(core => core.openTraining('rate fast', core.openImages(1), core.openImages(1))).catch(e => e.message)");
      assertTrue(String.valueOf(plan).contains("is not a number"), String.valueOf(plan));
    }
  }
}
