package digitlab.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import digitlab.data.Dataset;
import digitlab.data.StrokeGenerator;
import digitlab.experiment.ExperimentService;
import digitlab.testing.Await;
import digitlab.testing.Chromium;
import digitlab.testing.TestApplication;
import digitlab.train.PlanText;
import digitlab.train.TrainingPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ways through the list, the comparison, the challenges, the data sets, the report and the
 * pictures that are taken home, in a real browser.
 */
class CompareIT {
  private static final TrainingPlan PLAN =
      PlanText.parse("network 784 → 16 relu → 10 softmax; batch 10; epochs 4; validation 0.2");

  private static Chromium chromium;
  private static TestApplication application;
  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    application = TestApplication.withFewDigits();
    chromium = new Chromium();
    for (int seed = 1; seed <= 2; seed++) {
      train("plain", PLAN.with("seed", seed));
      train("slow", PLAN.with("rate", 0.0001).with("seed", seed));
    }
  }

  @AfterAll
  static void stop() {
    chromium.close();
    application.close();
  }

  private static void train(String name, TrainingPlan plan) {
    ExperimentService experiments = application.experiments();
    long id = experiments.create(name, plan);
    experiments.start(id);
    Await.until(
        "the end of " + name,
        () -> {
          var run = experiments.find(id).orElseThrow().run();
          return run != null && run.status().isOver();
        });
  }

  private static WatchedPage open(String path) {
    return open(path, ColorScheme.LIGHT);
  }

  private static WatchedPage open(String path, ColorScheme scheme) {
    WatchedPage page =
        new WatchedPage(
            chromium.browser(),
            new Browser.NewContextOptions()
                .setViewportSize(1280, 900)
                .setLocale("en-US")
                .setColorScheme(scheme));
    page.page().navigate(application.uri().resolve(path).toString());
    return page;
  }

  private static void tickTheFirst(Page page, int count) {
    page.waitForSelector(".experiments .name");
    for (int i = 0; i < count; i++) {
      page.locator(".experiments vaadin-checkbox").nth(i + 1).click(); // behind the one for all
    }
  }

  @Test
  void tickCompareAndReadTheVerdict() {
    try (WatchedPage watched = open("/lab/")) {
      Page page = watched.page();
      tickTheFirst(page, 4);
      page.click("#compare");
      page.waitForSelector("#verdict-validation");
      assertTrue(page.url().contains("/lab/compare?runs="), page.url());
      assertTrue(page.locator("#verdict-validation").textContent().contains("2 seeds"));
      watched.await(
          "document.querySelector('compare-chart')?.shadowRoot.querySelectorAll('.curve').length === 2");
      Locator plot = page.locator("compare-chart .plot").first();
      plot.focus();
      page.keyboard().press("ArrowRight");
      watched.await("document.querySelector('compare-chart').pointed[0] === 1");
      page.keyboard().press("+");
      watched.await("document.querySelector('compare-chart').zoomed !== null");
      page.keyboard().press("Escape");
      watched.await("document.querySelector('compare-chart').zoomed === null");
      watched.expectNoComplaints();
    }
  }

  @Test
  void aFingerZoomsAndAButtonShowsAllAgain() {
    Browser.NewContextOptions phone =
        new Browser.NewContextOptions()
            .setViewportSize(390, 844)
            .setHasTouch(true)
            .setIsMobile(true)
            .setLocale("en-US");
    try (WatchedPage watched = new WatchedPage(chromium.browser(), phone)) {
      Page page = watched.page();
      page.navigate(application.uri().resolve("/lab/experiments/1").toString());
      page.waitForSelector("#test-accuracy");
      watched.await("document.querySelector('live-chart')?.epochs.length > 10");
      watched.awaitNetwork(); // all is where it stays
      Locator plot = page.locator("live-chart .u-over").first();
      plot.scrollIntoViewIfNeeded();
      watched.nextFrame();
      BoundingBox box = plot.boundingBox();
      CDPSession finger = watched.context().newCDPSession(page);
      touch(finger, "touchStart", box.x + 60, box.y + 60);
      for (int x = 70; x <= 140; x += 10) {
        touch(finger, "touchMove", box.x + x, box.y + 60);
      }
      finger.send("Input.dispatchTouchEvent", touches("touchEnd"));
      watched.await("document.querySelector('live-chart').zoomed !== null");
      page.locator("live-chart .show-all").first().click();
      watched.await("document.querySelector('live-chart').zoomed === null");
      watched.expectNoComplaints();
    }
  }

  private static void touch(CDPSession finger, String type, double x, double y) {
    JsonObject point = new JsonObject();
    point.addProperty("x", x);
    point.addProperty("y", y);
    JsonObject touches = touches(type);
    touches.getAsJsonArray("touchPoints").add(point);
    finger.send("Input.dispatchTouchEvent", touches);
  }

  private static JsonObject touches(String type) {
    JsonObject touches = new JsonObject();
    touches.addProperty("type", type);
    touches.add("touchPoints", new JsonArray());
    return touches;
  }

  /** On a dark page, and yet on white paper; each opens alone. */
  @Test
  void everyPictureIsTakenHome() throws IOException {
    List<String> names = new ArrayList<>();
    try (WatchedPage watched = open("/lab/experiments/1", ColorScheme.DARK)) {
      Page page = watched.page();
      page.waitForSelector(".confusion save-figure");
      watched.await("document.querySelector('live-chart').epochs.length > 10");
      names.addAll(saveAll(page));
      page.navigate(application.uri().resolve("/lab/inside/1?digit=3").toString());
      page.waitForSelector("#digit save-figure");
      names.addAll(saveAll(page));
      for (String part : List.of("neurons", "map", "quality")) {
        page.click("#part-" + part);
        page.waitForSelector(
            part.equals("quality") ? ".reliability-frame" : "." + part + " save-figure");
        names.addAll(saveAll(page));
      }
      page.navigate(application.uri().resolve("/lab/compare?runs=1,2,3,4").toString());
      page.waitForSelector("compare-chart .curve");
      names.addAll(saveAll(page));
      page.navigate(application.uri().resolve("/lab/gradients").toString());
      page.click("#start");
      page.waitForSelector(".card gradient-lines");
      names.addAll(saveAll(page));
      watched.expectNoComplaints();
    }
    for (String wanted :
        List.of(
            "plain-loss.svg",
            "plain-accuracy.svg",
            "plain-gradient-norm.svg",
            "plain-outputs-of-each-layer.svg",
            "plain-confusion-matrix.svg",
            "inside-plain-test-image-3.svg",
            "inside-plain-what-neurons-look-for.svg",
            "inside-plain-how-a-layer-sorts-the-digits.svg",
            "inside-plain-calibration.svg",
            "comparison-accuracy.svg",
            "gradient-bench-20-hidden-layers.svg")) {
      assertTrue(names.contains(wanted), wanted + " is not among " + names);
    }
  }

  /** Saves whatever the page lets one save, as SVG, the first as PNG, too. Returns their names. */
  private List<String> saveAll(Page page) throws IOException {
    List<String> names = new ArrayList<>();
    for (Locator figure : page.locator("save-figure:visible").all()) {
      Download saved = page.waitForDownload(() -> figure.locator("button").first().click());
      String svg = Files.readString(saved.path(), StandardCharsets.UTF_8);
      names.add(saved.suggestedFilename());
      for (String foreign : List.of("var(", "currentColor", "NaN", "undefined", "color(")) {
        assertFalse(svg.contains(foreign), saved.suggestedFilename() + " has " + foreign);
      }
      assertTrue(svg.contains("fill=\"#fff\""), "on paper");
      assertTrue(svg.matches("(?s).*<(path|image|rect|circle)[^>]* .*<text .*"), svg);
      Path file = folder.resolve(saved.suggestedFilename());
      saved.saveAs(file);
      try (WatchedPage alone =
          new WatchedPage(chromium.browser(), new Browser.NewContextOptions())) {
        alone.page().navigate(file.toUri().toString());
        assertEquals("svg", alone.page().evaluate("document.documentElement.tagName"));
        assertEquals(
            0,
            ((Number) alone.page().evaluate("document.querySelectorAll('parsererror').length"))
                .intValue());
        alone.expectNoComplaints();
      }
    }
    Locator first = page.locator("save-figure:visible").first();
    Download png = page.waitForDownload(() -> first.locator("button").nth(1).click());
    assertEquals(names.getFirst().replace(".svg", ".png"), png.suggestedFilename());
    assertTrue(Files.size(png.path()) > 5000, "a picture of " + Files.size(png.path()));
    assertEquals("dark", page.locator("html").getAttribute("data-theme"), "as it was");
    return names;
  }

  @Test
  void theReportOpensAloneAndAsksNobody() {
    try (WatchedPage watched = open("/lab/experiments/1")) {
      Page page = watched.page();
      page.waitForSelector("#report");
      Download report = page.waitForDownload(() -> page.click("#report"));
      assertEquals("plain-report.html", report.suggestedFilename());
      Path file = folder.resolve("report.html");
      report.saveAs(file);
      try (WatchedPage alone =
          new WatchedPage(chromium.browser(), new Browser.NewContextOptions())) {
        alone.page().navigate(file.toUri().toString());
        assertEquals(2, alone.page().locator("svg").count());
        assertTrue(alone.page().locator("svg").first().boundingBox().height > 100);
        assertEquals(List.of(file.toUri().toString()), alone.requests());
        alone.expectNoComplaints();
      }
      watched.expectNoComplaints();
    }
  }

  /** Out as ONNX and in again: the same network, and the same test result. */
  @Test
  void aNetworkGoesOutAndComesBack() throws IOException {
    try (WatchedPage watched = open("/lab/experiments/1")) {
      Page page = watched.page();
      String accuracy = page.locator("#test-accuracy").textContent();
      Download onnx = page.waitForDownload(() -> page.click("#export-onnx"));
      page.click(".parts a:has-text('Experiments')");
      page.click("#import");
      String file = "#import-file input[type=file]";
      page.setInputFiles(
          file, new FilePayload("notes.txt", "text/plain", new byte[] {'n', 'o', 'n', 'e'}));
      page.waitForSelector("#import-complaint:has-text('neither safetensors nor ONNX')");
      page.setInputFiles(
          file,
          new FilePayload(
              "back.onnx", "application/octet-stream", Files.readAllBytes(onnx.path())));
      page.waitForURL("**/experiments/*");
      page.waitForSelector("text=This network was trained elsewhere and imported.");
      assertEquals(accuracy, page.locator("#test-accuracy").textContent());
      assertEquals(0, page.locator("live-chart:visible").count(), "it has no history here");
      String id = page.url().replaceAll(".*/", "");
      page.click("#look-inside");
      page.waitForSelector("picture-gallery button");
      watched.expectNoComplaints();
      application.experiments().delete(Long.parseLong(id));
    }
  }

  @Test
  void aChallengeIsRevealedOnce() {
    try (WatchedPage watched = open("/lab/challenges")) {
      Page page = watched.page();
      page.locator("#challenge-name input").fill("Spring cup");
      page.click("#challenge-create");
      page.waitForSelector("text=Nobody has entered yet");
      page.click(".parts a:has-text('Experiments')");
      tickTheFirst(page, 2);
      page.click("#enter vaadin-menu-bar-button");
      page.click("vaadin-menu-bar-item:has-text('Spring cup')");
      page.waitForURL("**/challenges?id=*");
      page.waitForSelector("text=The test results are hidden.");
      assertEquals(2, page.locator(".figures td:has-text('hidden')").count());
      page.click("#reveal");
      page.locator("vaadin-confirm-dialog vaadin-button[slot='confirm-button']").click();
      page.waitForSelector("text=the board stays as it was then");
      assertEquals(0, page.locator(".figures td:has-text('hidden')").count());
      page.waitForCondition(() -> !page.locator("#reveal").isVisible());
      watched.expectNoComplaints();
    }
  }

  @Test
  void aTableIsBroughtAndKept() {
    try (WatchedPage watched = open("/lab/data")) {
      Page page = watched.page();
      page.waitForSelector(".balance-row");
      bring(page, "ours.csv", table(new StrokeGenerator(3).dataset(300)));
      page.click("#upload-keep");
      page.waitForSelector("text=258 images to train on");
      assertTrue(page.url().contains("set=own"), page.url());
      page.locator(".pictures img").first().waitFor();
      watched.expectNoComplaints();
    }
  }

  /** Each is said to be what it is, and none is kept. */
  @Test
  void damagedAndOversizedFilesAreRefused() throws IOException {
    byte[] table = table(new StrokeGenerator(4).dataset(40));
    try (WatchedPage watched = open("/lab/data")) {
      Page page = watched.page();
      page.waitForSelector(".balance-row");
      byte[] packed = packed(out -> out.write(table));
      bring(page, "cut.csv.gz", Arrays.copyOf(packed, packed.length / 2));
      page.waitForSelector("text=cut.csv.gz is a damaged gzip file");
      bring(page, "photo.csv", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2, 3});
      page.waitForSelector("text=photo.csv");
      byte[] huge =
          packed(
              out -> {
                out.write(
                    ByteBuffer.allocate(16)
                        .putInt(0x803)
                        .putInt(300)
                        .putInt(1000)
                        .putInt(1000)
                        .array());
                byte[] blank = new byte[1_000_000];
                for (int i = 0; i < 300; i++) {
                  out.write(blank);
                }
              });
      bring(page, "huge-idx3-ubyte.gz", huge);
      page.waitForSelector("text=/huge-idx3-ubyte.gz .*at most|huge-idx3-ubyte.gz announces/");
      assertEquals(0, page.locator("#upload-keep:visible").count(), "nothing to keep");
      page.reload();
      page.waitForSelector(".balance-row");
      assertEquals(0, page.locator("#upload-complaint:visible").count(), "nothing is left");
    }
  }

  private static void bring(Page page, String name, byte[] content) {
    page.setInputFiles(
        "vaadin-upload input[type=file]",
        new FilePayload(name, "application/octet-stream", content));
  }

  /** Writes something. */
  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private static byte[] packed(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      content.writeTo(zip);
    }
    return bytes.toByteArray();
  }

  private static byte[] table(Dataset digits) {
    StringBuilder text = new StringBuilder();
    for (int n = 0; n < digits.size(); n++) {
      text.append(digits.label(n));
      for (byte pixel : digits.image(n)) {
        text.append(',').append(pixel & 255);
      }
      text.append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Where libtorch is on the class path both train; elsewhere the page says what is missing. */
  @Test
  void aPlanIsTrainedWithPyTorchToo() {
    try (WatchedPage watched = open("/lab/pytorch/1")) {
      Page page = watched.page();
      page.waitForSelector("#start");
      if (page.locator("#start[disabled]").count() == 0) {
        page.click("#start");
        page.waitForSelector(
            "text=How far the parameters are apart",
            new Page.WaitForSelectorOptions().setTimeout(120_000));
        page.waitForSelector("compare-chart .curve");
      } else {
        page.waitForSelector("#note:has-text('PyTorch')");
      }
      page.waitForSelector("pre:has-text('import torch')");
      watched.expectNoComplaints();
    }
  }
}
