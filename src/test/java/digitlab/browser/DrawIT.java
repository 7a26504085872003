package digitlab.browser;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import digitlab.data.StrokeGenerator;
import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import digitlab.ink.Normalisation;
import digitlab.ink.Stroke;
import digitlab.testing.Chromium;
import digitlab.testing.TestApplication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Draw page as visitors use it: mouse, finger, keys. */
class DrawIT {
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

  private static Browser.NewContextOptions desktop() {
    return new Browser.NewContextOptions().setViewportSize(1280, 900).setLocale("en-US");
  }

  private static WatchedPage open(Browser.NewContextOptions options) {
    WatchedPage page = new WatchedPage(chromium.browser(), options);
    page.page().navigate(application.uri().toString());
    page.awaitNetwork();
    return page;
  }

  /** What is drawn on the page, as the JVM would have it. */
  private static List<Stroke> drawn(WatchedPage page) {
    List<Stroke> strokes = new ArrayList<>();
    for (Object stroke :
        (List<?>) page.page().evaluate("document.querySelector('digit-pad').strokes")) {
      List<?> points = (List<?>) stroke;
      float[] xs = new float[points.size()];
      float[] ys = new float[points.size()];
      for (int i = 0; i < xs.length; i++) {
        List<?> point = (List<?>) points.get(i);
        xs[i] = ((Number) point.get(0)).floatValue();
        ys[i] = ((Number) point.get(1)).floatValue();
      }
      strokes.add(new Stroke(xs, ys));
    }
    return strokes;
  }

  @Test
  void readsEachDigitAsTheJvmReadsItWithoutAskingTheServer() throws IOException {
    PlainRecogniser jvm = recogniser();
    StrokeGenerator hand = new StrokeGenerator(4);
    int right = 0;
    try (WatchedPage page = open(desktop())) {
      page.page().waitForLoadState();
      page.await("performance.getEntriesByName('digitlab-checked').length > 0");
      int requests = page.requestCount();
      for (int i = 0; i < 20; i++) {
        page.draw(hand.draw(i % 10));
        int answer = jvm.recognise(drawn(page), Normalisation.MNIST);
        right += answer == i % 10 ? 1 : 0;
        boolean sure = jvm.probabilities()[answer] >= 0.6f;
        assertEquals(sure ? Integer.toString(answer) : "?", page.inPad(".verdict").textContent());
        assertEquals(1, page.inPad(".bars li.best").count());
        assertEquals(
            Integer.toString(answer), page.inPad(".bars li.best span").first().textContent());
        assertTrue(page.inPad(".bars li.best .share").textContent().contains("%"));
        page.inPad(".clear").click();
        page.nextFrame();
        assertEquals("?", page.inPad(".verdict").textContent());
      }
      assertTrue(right >= 18, "only " + right + " of 20 digits of our own generator were read");
      assertEquals(requests, page.requestCount(), "asked the server: " + page.requests());
      page.expectNoComplaints();
    }
  }

  @Test
  void followsWhileOneDrawsAndTakesStrokesBack() {
    try (WatchedPage page = open(desktop())) {
      assertTrue(page.inPad(".undo").isDisabled());
      BoundingBox box = page.inPad("canvas.ink").boundingBox();
      page.page().mouse().move(box.x + 100, box.y + 60);
      page.page().mouse().down();
      page.page().mouse().move(box.x + 100, box.y + 200);
      page.page() // before the pen is lifted
          .waitForCondition(() -> !page.inPad(".verdict").textContent().equals("?"));
      page.page().mouse().up();
      page.draw(List.of(new Stroke(new float[] {-0.5f, 0.5f}, new float[] {0, 0})));
      assertEquals(2, drawn(page).size());
      page.inPad(".undo").click();
      assertEquals(1, drawn(page).size());
      page.inPad(".redo").click();
      assertEquals(2, drawn(page).size());
      page.page().waitForCondition(() -> page.inPad(".redo").isDisabled());
      page.inPad(".undo").click();
      page.page().keyboard().press("Tab");
      page.inPad("canvas.ink").focus();
      page.page().keyboard().press("Control+z");
      page.nextFrame();
      assertEquals(0, drawn(page).size());
      assertEquals("?", page.inPad(".verdict").textContent());
      page.page().mouse().move(box.x + 100, box.y + 100);
      page.page()
          .mouse()
          .down(
              new com.microsoft.playwright.Mouse.DownOptions()
                  .setButton(com.microsoft.playwright.options.MouseButton.RIGHT));
      page.page()
          .mouse()
          .up(
              new com.microsoft.playwright.Mouse.UpOptions()
                  .setButton(com.microsoft.playwright.options.MouseButton.RIGHT));
      assertEquals(0, drawn(page).size(), "the right button draws nothing");
      page.expectNoComplaints();
    }
  }

  @Test
  void drawsWithTheKeysAlone() {
    try (WatchedPage page = open(desktop())) {
      page.inPad("canvas.ink").focus();
      page.page().keyboard().press("Space");
      for (int i = 0; i < 12; i++) {
        page.page().keyboard().press("ArrowDown");
      }
      page.page().keyboard().press("Space");
      page.page().keyboard().press("ArrowUp");
      page.nextFrame();
      assertEquals("1", page.inPad(".verdict").textContent());
      assertEquals(1, drawn(page).size());
      page.page()
          .waitForCondition(
              () -> page.inPad("[role=status]").first().textContent().startsWith("Looks like 1, "));
      String said = page.inPad("[role=status]").first().textContent();
      assertTrue(said.endsWith("Lines drawn: 1"), said);
      page.page().keyboard().press("e");
      page.page().keyboard().press("Space");
      page.page().keyboard().press("ArrowDown");
      page.page().keyboard().press("Space");
      assertTrue(
          drawn(page).getFirst().y(0) < drawn(page).getLast().y(0) || drawn(page).size() == 1);
      page.page().keyboard().press("Delete");
      assertEquals(0, drawn(page).size());
      page.expectNoComplaints();
    }
  }

  @Test
  void aFingerDrawsAndDoesNotScroll() {
    Browser.NewContextOptions phone =
        new Browser.NewContextOptions()
            .setViewportSize(390, 700)
            .setHasTouch(true)
            .setIsMobile(true)
            .setDeviceScaleFactor(2)
            .setLocale("en-US");
    try (WatchedPage page = open(phone)) {
      BoundingBox box = page.inPad("canvas.ink").boundingBox();
      CDPSession session = page.context().newCDPSession(page.page());
      touch(session, "touchStart", box.x + 180, box.y + 250);
      for (int i = 1; i <= 20; i++) {
        touch(session, "touchMove", box.x + 180 - i, box.y + 250 - 10.0 * i);
      }
      touch(session, "touchEnd", 0, 0);
      page.nextFrame();
      assertEquals(0, ((Number) page.page().evaluate("scrollY")).intValue());
      assertEquals(1, drawn(page).size());
      assertEquals("1", page.inPad(".verdict").textContent());
      assertFalse(
          (Boolean) page.page().evaluate("document.documentElement.scrollWidth > innerWidth"),
          "nothing is wider than the screen");
      page.expectNoComplaints();
    }
  }

  private static void touch(CDPSession session, String type, double x, double y) {
    JsonArray points = new JsonArray();
    if (!type.equals("touchEnd")) {
      JsonObject point = new JsonObject();
      point.addProperty("x", x);
      point.addProperty("y", y);
      points.add(point);
    }
    JsonObject event = new JsonObject();
    event.addProperty("type", type);
    event.add("touchPoints", points);
    session.send("Input.dispatchTouchEvent", event);
  }

  @Test
  void changesTheNetwork() {
    try (WatchedPage page = open(desktop())) {
      page.draw(new StrokeGenerator(2).draw(6));
      page.await("document.querySelectorAll('#model option').length > 1");
      page.page().selectOption("#model", "models/3b1b.digitlab");
      page.await("document.querySelector('digit-pad').network.title === '3b1b'");
      page.nextFrame();
      assertTrue(page.inPad(".verdict").textContent().matches("\\d"), "the drawing stays");
      assertEquals(
          "784 → 16 sigmoid → 16 sigmoid → 10 sigmoid · 13,002 parameters",
          page.page().locator("#facts").textContent());
      page.expectNoComplaints();
    }
  }

  @Test
  void theEraserCutsALineInTwo() {
    try (WatchedPage page = open(desktop())) {
      page.draw(List.of(new Stroke(new float[] {-0.8f, 0.8f}, new float[] {0, 0})));
      page.inPad(".erase").click();
      page.draw(List.of(new Stroke(new float[] {0, 0}, new float[] {-0.5f, 0.5f})));
      List<Stroke> strokes = drawn(page);
      assertEquals(2, strokes.size());
      assertTrue(strokes.getFirst().x(strokes.getFirst().size() - 1) < 0.5);
      assertTrue(strokes.getLast().x(0) > 0.5);
      page.inPad(".undo").click();
      assertEquals(1, drawn(page).size());
      page.expectNoComplaints();
    }
  }

  /** A small seven in the corner: read as it should be, and not without MNIST's steps. */
  @Test
  void aNetworkFailsWithoutTheStepsThatMnistTook() throws IOException {
    try (WatchedPage page = open(desktop())) {
      page.draw(
          List.of(
              new Stroke(new float[] {-0.9f, -0.6f, -0.8f}, new float[] {-0.9f, -0.9f, -0.4f})));
      assertEquals("7", page.inPad(".bars li.best span").first().textContent());
      page.inPad(".seeing").scrollIntoViewIfNeeded();
      page.nextFrame();
      byte[] whole = image(page);
      assertFalse(page.inPad(".caution").isVisible());
      page.inPad("[data-step=scaling] + i").click();
      page.inPad("[data-step=centring] + i").click();
      page.nextFrame();
      assertTrue(page.inPad(".caution").isVisible());
      PlainRecogniser jvm = recogniser();
      int answer = jvm.recognise(drawn(page), Recogniser.steps(4 + 8, 0.07f));
      assertNotEquals(7, answer);
      assertEquals(
          Integer.toString(answer), page.inPad(".bars li.best span").first().textContent());
      assertArrayEquals(jvm.image(), image(page));
      page.inPad("[data-step=polarity] + i").click();
      page.nextFrame();
      assertEquals(-1, image(page)[783], "paper is white now");
      page.inPad(".all-on").click();
      page.nextFrame();
      assertArrayEquals(whole, image(page));
      assertEquals("7", page.inPad(".bars li.best span").first().textContent());
      page.expectNoComplaints();
    }
  }

  /** The picture that the network sees, as it is on the screen. */
  private static byte[] image(WatchedPage page) {
    List<?> values =
        (List<?>)
            page.page()
                .evaluate(
                    "Array.from(document.querySelector('digit-pad').shadowRoot.querySelector('.seeing"
                        + " .image').getContext('2d').getImageData(0, 0, 28, 28).data).filter((_,"
                        + " i) => i % 4 === 0)");
    byte[] image = new byte[values.size()];
    for (int i = 0; i < image.length; i++) {
      image[i] = ((Number) values.get(i)).byteValue();
    }
    return image;
  }

  private static PlainRecogniser recogniser() throws IOException {
    try (InputStream file = DrawIT.class.getResourceAsStream("/site/models/pad.digitlab")) {
      return new PlainRecogniser(Objects.requireNonNull(file).readAllBytes());
    }
  }

  @Test
  void isNotSureBelowTheThresholdThatOneSets() {
    try (WatchedPage page = open(desktop())) {
      page.draw(new StrokeGenerator(2).draw(6));
      assertEquals("6", page.inPad(".verdict").textContent());
      page.page()
          .evaluate(
              """
              () => {
                const { network } = document.querySelector('digit-pad');
                const probabilities = new Float32Array(10).fill(0.05);
                probabilities[6] = 0.55;
                network.recognise = () => ({ answer: 6, probabilities, image: new Uint8Array(784),
                  placement: new Float32Array(4), layers: network.sizes.map(size => new Float32Array(size)) });
              }
              """);
      page.inPad(".threshold input").press("ArrowLeft"); // 59 %
      page.nextFrame();
      assertEquals("?", page.inPad(".verdict").textContent());
      assertEquals("Not sure", page.inPad(".words b").textContent());
      assertEquals("Perhaps 6, with 55.0 %", page.inPad(".words span").textContent());
      for (int share = 59; share > 50; share--) {
        page.inPad(".threshold input").press("ArrowLeft");
      }
      page.nextFrame();
      assertEquals("6", page.inPad(".verdict").textContent());
      page.expectNoComplaints();
    }
  }

  @Test
  void showsWhatANeuronLooksFor() {
    try (WatchedPage page = open(desktop())) {
      page.draw(new StrokeGenerator(2).draw(6));
      page.inPad(".diagram").scrollIntoViewIfNeeded();
      page.page()
          .waitForCondition(
              () -> page.inPad(".pull span").textContent().startsWith("Ink on blue speaks for 6"));
      page.inPad(".diagram").focus();
      page.page().keyboard().press("ArrowLeft");
      page.page()
          .waitForCondition(
              () -> page.inPad(".pull b").textContent().equals("Neuron 7 of layer 2"));
      page.page().keyboard().press("ArrowLeft");
      page.page().keyboard().press("ArrowDown");
      page.page()
          .waitForCondition(
              () -> page.inPad(".pull b").textContent().equals("Neuron 8 of layer 1"));
      assertTrue(page.inPad(".pull span").textContent().contains("Its weights"));
      page.page().keyboard().press("Escape");
      page.page()
          .waitForCondition(
              () -> page.inPad(".pull b").textContent().equals("What would change the answer"));
      page.expectNoComplaints();
    }
  }

  @Test
  void aBrowserThatComputesWrongIsFoundOut() {
    try (WatchedPage page = open(desktop())) {
      page.await("performance.getEntriesByName('digitlab-checked').length > 0");
      assertFalse(page.page().locator("#wrong").isVisible());
    }
    try (WatchedPage page = new WatchedPage(chromium.browser(), desktop())) {
      page.context().addInitScript("Math.imul = (a, b) => a * b + 1 | 0");
      page.page().navigate(application.uri().toString());
      page.page().waitForCondition(() -> page.page().locator("#wrong").isVisible());
      String warning = page.page().locator("#wrong").textContent();
      assertTrue(warning.startsWith("This browser computes wrong: 10 of 10"), warning);
    }
  }

  @Test
  void aLinkToANetworkThatIsNotHereIsExplainedAndTheUsualOneServes() {
    for (String asked : List.of("0".repeat(64), "nonsense", "../secret")) {
      try (WatchedPage page = new WatchedPage(chromium.browser(), desktop())) {
        page.page().navigate(application.uri() + "?model=" + asked);
        page.awaitNetwork();
        page.page().waitForCondition(() -> page.page().locator("#unknown").isVisible());
        assertEquals(
            "There is no network “" + asked + "” here. This is the usual one.",
            page.page().locator("#unknown").textContent());
        assertEquals(
            "pad", page.page().evaluate("document.querySelector('digit-pad').network.title"));
        assertEquals("models/pad.digitlab", page.page().locator("#model").inputValue());
        Object beyond =
            page.page().locator("#unknown").evaluate("note => note.scrollWidth - note.clientWidth");
        assertEquals(0, ((Number) beyond).intValue(), "the long name stays within its box");
      }
    }
  }

  @Test
  void aLinkNamesANetworkThatIsShipped() {
    try (WatchedPage page = new WatchedPage(chromium.browser(), desktop())) {
      page.page().navigate(application.uri() + "?model=3b1b");
      page.awaitNetwork();
      page.await("document.querySelectorAll('#model option').length > 1");
      assertEquals("models/3b1b.digitlab", page.page().locator("#model").inputValue());
      page.page().selectOption("#model", "models/pad.digitlab");
      page.await("document.querySelector('digit-pad').network.title === 'pad'");
      assertEquals(application.uri().toString(), page.page().url());
      page.page().selectOption("#model", "models/3b1b.digitlab");
      assertTrue(page.page().url().endsWith("/?model=3b1b"), page.page().url());
      page.expectNoComplaints();
    }
  }

  /** A school's line: all of the code, and the network of 13,002 parameters, packed. */
  @Test
  void codeAndNetworkAreSmall() throws IOException {
    try (WatchedPage page = open(desktop())) {
      page.page().waitForLoadState();
      List<String> files = new ArrayList<>(page.requests());
      files.removeIf(url -> !url.matches(".*\\.(js|wasm)"));
      assertTrue(files.stream().anyMatch(url -> url.endsWith("core/digitlab.wasm")), "" + files);
      files.add(application.uri().resolve("models/3b1b.digitlab").toString());
      int packed = 0;
      for (String url : files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream file = URI.create(url).toURL().openStream();
            GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
          file.transferTo(gzip);
        }
        packed += bytes.size();
      }
      assertTrue(packed <= 150_000, packed + " bytes");
    }
  }

  /**
   * The English in the page itself and in the message file are the same; the Russian takes its
   * place.
   */
  @Test
  void speaksTwoLanguagesAndRemembers() {
    try (WatchedPage page = open(desktop())) {
      Page raw = page.page();
      for (Object key :
          (List<?>)
              raw.evaluate(
                  "[...document.querySelectorAll('[data-text]')].map(e => e.dataset.text)")) {
        Object now =
            raw.evaluate(
                "key => document.querySelector(`[data-text=\"${key}\"]`).textContent", key);
        assertEquals(Messages.in(Language.ENGLISH).get((String) key), now);
      }
      raw.selectOption("#language", "ru");
      page.page().waitForSelector("h1:has-text('Нарисуйте цифру')");
      page.awaitNetwork();
      assertEquals("ru", raw.evaluate("document.documentElement.lang"));
      page.await(
          "document.querySelector('digit-pad').shadowRoot.querySelector('.undo').title ==="
              + " 'Отменить'");
      raw.navigate(application.uri().resolve("/lab/").toString());
      raw.waitForSelector("text=Новый эксперимент");
      page.expectNoComplaints();
    }
    try (WatchedPage page = open(desktop().setLocale("ru-RU"))) {
      page.page().waitForSelector("h1:has-text('Нарисуйте цифру')");
    }
  }

  @Test
  void isLightOrDarkAsTheBrowserIsAndAsOneLikes() {
    try (WatchedPage page = open(desktop().setColorScheme(ColorScheme.DARK))) {
      assertEquals("rgb(14, 20, 26)", background(page));
      page.page().click("#theme");
      assertEquals("rgb(246, 248, 250)", background(page));
      page.page().reload();
      page.awaitNetwork();
      assertEquals("rgb(246, 248, 250)", background(page));
      page.page().navigate(application.uri().resolve("/lab/").toString());
      page.page().waitForSelector("#new");
      assertEquals("light", page.page().evaluate("document.documentElement.dataset.theme"));
      page.page().click("#theme");
      assertEquals("dark", page.page().evaluate("document.documentElement.dataset.theme"));
      page.expectNoComplaints();
    }
  }

  private static Object background(WatchedPage page) {
    return page.page().evaluate("getComputedStyle(document.body).backgroundColor");
  }
}
