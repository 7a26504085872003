package digitlab.browser;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.BoundingBox;
import digitlab.data.StrokeGenerator;
import digitlab.interop.Importer;
import digitlab.net.NetworkSpec;
import digitlab.testing.Chromium;
import digitlab.testing.Mnist;
import digitlab.testing.TestApplication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The story that must work, on real MNIST: configure, train, watch, try on the pad. */
class LabIT {
  private static Chromium chromium;
  private static TestApplication application;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Path mnist = Mnist.folder();
    application = TestApplication.start(mnist, false);
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    application.close();
  }

  private static WatchedPage open(String path) {
    WatchedPage page =
        new WatchedPage(
            chromium.browser(),
            new Browser.NewContextOptions().setViewportSize(1280, 900).setLocale("en-US"));
    page.page().navigate(application.uri().resolve(path).toString());
    return page;
  }

  private static void choose(Page page, String select, String item) {
    page.locator("#" + select).click();
    page.locator("vaadin-select-item", new Page.LocatorOptions().setHasText(item)).first().click();
  }

  @Test
  void configureTrainWatchAndTryOnThePad() throws IOException {
    try (WatchedPage watched = open("/lab/")) {
      Page page = watched.page();
      page.click("#new");
      page.waitForSelector("#preset");
      choose(page, "preset", "3b1b");
      page.waitForCondition(() -> formula(page).startsWith("784·16 + 16·16 + 16·10"));
      Locator neurons = page.locator("#neurons-1 input");
      neurons.fill("24");
      neurons.press("Enter");
      page.waitForCondition(
          () -> formula(page).equals("784·24 + 24·16 + 16·10 + 24 + 16 + 10 = 19,410 parameters"));
      page.click("#create-and-start");
      page.waitForSelector("live-chart");

      Set<String> seen = new HashSet<>();
      page.waitForCondition(
          () -> {
            seen.addAll(page.locator(".pace").allTextContents());
            return page.locator("#test-accuracy").count() == 1;
          },
          new Page.WaitForConditionOptions().setTimeout(120_000));
      assertTrue(seen.size() > 5, "progress was seen " + seen.size() + " times");
      int buckets =
          ((Number) page.evaluate("document.querySelector('live-chart').epochs.length")).intValue();
      assertTrue(buckets > 300, "the chart has " + buckets + " points");
      assertEquals(
          10,
          ((Number) page.evaluate("document.querySelector('live-chart').validations.length"))
              .intValue());
      double accuracy =
          Double.parseDouble(page.locator("#test-accuracy").textContent().replace("\u00A0%", ""));
      assertTrue(accuracy > 94, "test accuracy " + accuracy);
      assertEquals(100, page.locator(".confusion td.right, .confusion td.wrong").count());
      assertTrue(page.locator(".card").allTextContents().toString().contains("MNIST from"));

      watched.awaitNetwork();
      watched.draw(new StrokeGenerator(5).draw(0));
      assertEquals(
          "0",
          watched.inPad(".bars li.best span").first().textContent(),
          "on the pad within the Lab");

      takeItHome(page);

      String experiment = page.url();
      watch(watched);
      lookInside(watched);
      page.navigate(experiment);
      page.waitForSelector("#try-it");
      page.click("#try-it");
      page.waitForURL("**/?model=*");
      watched.awaitNetwork();
      watched.await("document.querySelector('#facts').textContent.includes('24 sigmoid')");
      watched.draw(new StrokeGenerator(7).draw(1));
      assertTrue(watched.inPad(".bars li.best span").first().textContent().matches("\\d"));
      watched.expectNoComplaints();

      try (WatchedPage second = open(experiment)) {
        second.page().waitForSelector("#test-accuracy");
        assertEquals(
            accuracy,
            Double.parseDouble(
                second.page().locator("#test-accuracy").textContent().replace("\u00A0%", "")));
        second.expectNoComplaints();
      }
    }
  }

  /**
   * The layers' charts have their looks; a zoom stays and brings single steps; keys move the
   * crosshair.
   */
  private static void watch(WatchedPage watched) {
    Page page = watched.page();
    assertTrue(page.locator("#diagnosis").textContent().length() > 20);
    watched.await("document.querySelector('layer-chart').epochs.length > 2");
    assertEquals(3, number(page, "document.querySelector('layer-chart').columns.length"));
    Locator plot = page.locator("live-chart .plot").first();
    plot.scrollIntoViewIfNeeded();
    BoundingBox box = plot.boundingBox();
    page.mouse().move(box.x + box.width * 0.4, box.y + box.height / 2);
    page.mouse().down();
    page.mouse().move(box.x + box.width * 0.45, box.y + box.height / 2);
    page.mouse().up();
    watched.await("document.querySelector('live-chart').fine?.epochs.length > 500");
    page.mouse().dblclick(box.x + box.width / 2, box.y + box.height / 2);
    watched.await("document.querySelector('live-chart').zoomed === null");
    plot.focus();
    page.keyboard().press("ArrowRight");
    page.keyboard().press("ArrowRight");
    watched.await("document.querySelector('live-chart').pointed.length === 6");
    page.keyboard().press("+");
    watched.await("document.querySelector('live-chart').zoomed !== null");
    page.keyboard().press("0");
    watched.await("document.querySelector('live-chart').zoomed === null");
  }

  private static int number(Page page, String expression) {
    return ((Number) page.evaluate(expression)).intValue();
  }

  /**
   * From a cell of the matrix to its digits, to one of them, to a neuron; and a digit just drawn.
   */
  private static void lookInside(WatchedPage watched) {
    Page page = watched.page();
    page.click("#cell-7-7");
    page.waitForSelector("picture-gallery button");
    assertTrue(page.url().contains("shown=7&said=7") || page.url().contains("said=7&shown=7"));
    page.locator("picture-gallery button").first().click();
    page.waitForSelector("#digit #cost");
    String cost = page.locator("#cost").textContent();
    assertTrue(cost.matches("C = ½·\\((\\(\\d\\.\\d\\d−[01]\\)²( \\+ )?){10}\\) = .+"), cost);
    assertTrue(page.url().contains("digit="), page.url());
    assertEquals(10, page.locator(".bar-row").count());
    page.locator("#digit number-picture canvas.pickable").first().click();
    page.waitForSelector("#neuron h3:has-text('of layer 1')");
    page.click("#part-neurons");
    page.waitForCondition(() -> page.locator("picture-gallery button").count() == 24);
    page.click("#part-map");
    watched.await("document.querySelector('point-map')?.points.length === 1000");
    page.click("#part-quality");
    page.waitForSelector("#calibration-error");
    page.click("#part-draw");
    watched.awaitNetwork();
    watched.draw(new StrokeGenerator(6).draw(0));
    page.waitForSelector("#digit h2:has-text('Your drawing')");
  }

  /** The bench needs one click. */
  @Test
  void comparesGradientsWithOneClick() {
    try (WatchedPage watched = open("/lab/gradients")) {
      watched.page().click("#start");
      watched.page().waitForCondition(() -> watched.page().locator("gradient-lines").count() == 9);
      assertTrue(
          watched.page().locator("gradient-lines .vanishes").count() > 0, "sigmoids let it vanish");
      watched.expectNoComplaints();
    }
  }

  /** Each file comes, under the name of the experiment; what was trained is in it. */
  private static void takeItHome(Page page) throws IOException {
    byte[] onnx = download(page, "export-onnx", "3b1b.onnx");
    byte[] tensors = download(page, "export-safetensors", "3b1b.safetensors");
    NetworkSpec spec = NetworkSpec.parse("784 → 24 sigmoid → 16 sigmoid → 10 sigmoid");
    assertEquals(spec, Importer.read(onnx, null).parameters().spec());
    assertArrayEquals(
        Importer.read(onnx, null).parameters().values(),
        Importer.read(tensors, null).parameters().values());
    download(page, "export-keras", "3b1b.keras");
    download(page, "export-json", "3b1b.json");
    download(page, "export-pytorch", "3b1b-pytorch.zip");
    byte[] csv = download(page, "metrics-csv", "3b1b.csv");
    assertEquals(11, new String(csv, StandardCharsets.UTF_8).lines().count());
    byte[] json = download(page, "metrics-json", "3b1b-run.json");
    assertEquals(10, JsonMapper.shared().readTree(json).get("epochs").size());
  }

  private static byte[] download(Page page, String id, String name) throws IOException {
    Download download = page.waitForDownload(() -> page.click("#" + id));
    assertEquals(name, download.suggestedFilename());
    return Files.readAllBytes(download.path());
  }

  private static String formula(Page page) {
    return page.locator("#formula").textContent();
  }

  @Test
  void aSecondBrowserAndAReloadShowTheSameLivingRun() {
    try (WatchedPage first = open("/lab/new?preset=lecun-300-100");
        WatchedPage second = open("/lab/")) {
      first.page().waitForSelector("#create-and-start");
      first.page().click("#create-and-start");
      first.await("document.querySelector('live-chart')?.epochs.length > 10");
      second.page().navigate(first.page().url());
      second.await("document.querySelector('live-chart')?.epochs.length > 10");
      int before = points(second.page());
      second.await("document.querySelector(\'live-chart\').epochs.length !== " + before);
      first.page().reload();
      first.await("document.querySelector('live-chart')?.epochs.length > 10");
      second.page().click("#stop");
      first.page().waitForSelector(".status[data-status=stopped]");
      second.page().waitForSelector(".status[data-status=stopped]");
      assertTrue(first.page().locator("#test-accuracy").count() == 1);
      first.expectNoComplaints();
      second.expectNoComplaints();
    }
  }

  /** With mouse and keys: layers change places; a run is stepped, played, paused, begun anew. */
  @Test
  void ordersLayersByDraggingAndDrivesARunByKeys() {
    try (WatchedPage watched =
        open(
            "/lab/new?plan=network+784+-%3E+16+relu+-%3E+32+tanh+-%3E+10+softmax;+epochs+200;+rate+5e9")) {
      Page page = watched.page();
      page.waitForSelector("text=rate: 5000000000 is not between 0 and 1000. Taken: 1000.");
      page.locator("#plan-rate input").fill("0.002");
      page.locator("#plan-rate input").press("Enter");
      watched.await("!document.querySelector('#repairs p')"); // what stands below has moved up
      Locator handle = page.locator(".handle").first();
      Locator second = page.locator(".layer").nth(1);
      handle.hover();
      page.mouse().down();
      page.mouse()
          .move(
              handle.boundingBox().x + 5,
              second.boundingBox().y + second.boundingBox().height,
              new Mouse.MoveOptions().setSteps(5));
      page.mouse().up();
      page.waitForSelector("text=784 → 32 tanh → 16 relu → 10 softmax");
      page.locator(".handle").nth(1).press("ArrowUp");
      page.waitForSelector("text=784 → 16 relu → 32 tanh → 10 softmax");
      watched.await("document.activeElement.classList.contains('handle')");
      assertEquals(1, page.locator("svg.network-picture").count());
      watched.await("decodeURIComponent(location.search).includes('rate 0.002')");
      page.reload();
      page.waitForSelector("text=784 → 16 relu → 32 tanh → 10 softmax");

      page.click("#create");
      page.waitForSelector("#epoch-counter");
      page.keyboard().press(".");
      page.waitForSelector(".status[data-status=paused]");
      page.keyboard().press("Space");
      page.waitForSelector(".status[data-status=running]");
      page.keyboard().press("Space");
      page.waitForSelector(".status[data-status=paused]");
      page.locator("#live-rate input").fill("0.001");
      page.keyboard().press("Space"); // typed into the field, not taken for a command
      page.locator("#live-rate input").press("Enter");
      assertEquals(1, page.locator(".status[data-status=paused]").count());
      page.click("h1");
      page.keyboard().press("r");
      page.waitForSelector(".status[data-status=running]");
      page.waitForSelector(
          ".pace:has-text('images/s')"); // a step is done: there is something to go on from
      page.click("#stop");
      page.waitForSelector(".status[data-status=stopped]");
      page.waitForSelector("#position:has-text('Can go on after step')");
      watched.expectNoComplaints();
    }
  }

  @Test
  void aSweepIsSeenInATableAndAPicture() {
    try (WatchedPage watched =
        open("/lab/new?plan=network+784+-%3E+8+relu+-%3E+10+softmax;+epochs+1;+data+pen-digits")) {
      Page page = watched.page();
      page.locator("#sweep-form vaadin-details-summary").click();
      page.click("#add-axis");
      page.locator(".axis-values input").fill("0.003, 0.01, 0.03");
      page.waitForSelector("#sweep-verdict:has-text('3 runs')");
      page.click("#create-and-start");
      page.waitForSelector("parallel-coordinates");
      page.waitForSelector(
          "#sweep-state:has-text('3 of 3 done')",
          new Page.WaitForSelectorOptions().setTimeout(120_000));
      watched.await(
          "document.querySelector('parallel-coordinates').shadowRoot.querySelectorAll('.run:not(.unfinished)').length"
              + " === 3");
      page.locator("vaadin-grid-sorter").first().click();
      page.locator("parallel-coordinates .run").first().press("Enter");
      page.waitForSelector("#epoch-counter");
      watched.expectNoComplaints();
    }
  }

  private static int points(Page page) {
    return ((Number) page.evaluate("document.querySelector('live-chart').epochs.length"))
        .intValue();
  }

  /** In Russian, whose words are longer. */
  @Test
  void onAPhoneNothingIsCutOff() {
    Browser.NewContextOptions phone =
        new Browser.NewContextOptions()
            .setViewportSize(390, 844)
            .setHasTouch(true)
            .setIsMobile(true)
            .setLocale("ru-RU");
    try (WatchedPage watched = new WatchedPage(chromium.browser(), phone)) {
      Page page = watched.page();
      page.navigate(application.uri().resolve("/lab/new?preset=3b1b").toString());
      page.waitForSelector("#create-and-start");
      fitsTheScreen(page, "main");
      assertTrue(page.locator("#create").boundingBox().height >= 40, "as high as a finger is wide");
      page.click("#create-and-start");
      page.waitForSelector("#test-accuracy", new Page.WaitForSelectorOptions().setTimeout(120_000));
      fitsTheScreen(page, "main");
      fitsTheScreen(page, ".confusion");
      watched.await(
          "/^0,0/.test(document.querySelector('live-chart').shadowRoot.querySelector('p"
              + " b').textContent)");
      page.navigate(application.uri().resolve("/lab/").toString());
      page.waitForSelector(".name .status[data-status=done]");
      fitsTheScreen(page, "vaadin-grid");
      watched.expectNoComplaints();
    }
  }

  private static void fitsTheScreen(Page page, String selector) {
    String beyond =
        "e => { const box = e.$?.table ?? e; return Math.max(document.documentElement.scrollWidth -"
            + " innerWidth, box.scrollWidth - box.clientWidth); }";
    page.waitForCondition(
        () -> ((Number) page.locator(selector).first().evaluate(beyond)).intValue() <= 0);
  }

  @Test
  void deletesWithUndo() {
    try (WatchedPage watched = open("/lab/new?preset=3b1b")) {
      Page page = watched.page();
      page.waitForSelector("#create");
      page.locator("#name input").fill("to be deleted");
      page.click("#create");
      page.waitForSelector("#delete");
      page.click("#delete");
      page.click("#undo");
      page.waitForSelector("h1:has-text('to be deleted')");
      watched.expectNoComplaints();
    }
  }

  @Test
  void onTheNetworkTheLinkSetsThePasswordAndThePasswordLetsIn() throws IOException {
    try (TestApplication network = TestApplication.start(Path.of("nowhere"), true);
        WatchedPage watched =
            new WatchedPage(
                chromium.browser(), new Browser.NewContextOptions().setLocale("en-US"))) {
      Page page = watched.page();
      page.navigate(network.uri().resolve("/lab/").toString());
      page.waitForSelector("text=No password is set yet");
      page.navigate(network.passwordLink().toString());
      page.locator("#password input").fill("long enough");
      String before = session(watched);
      page.click("text=Set the password");
      page.waitForSelector("#new");
      assertFalse(before.equals(session(watched)), "the session has a new id");
      page.reload();
      page.waitForSelector("#new");
      watched.context().clearCookies();
      page.navigate(network.uri().resolve("/lab/new").toString());
      page.locator("#password input").fill("wrong one");
      page.keyboard().press("Enter");
      page.waitForSelector("text=This is not the password.");
      page.waitForCondition(
          () -> {
            try {
              page.locator("#password input")
                  .fill("long enough", new Locator.FillOptions().setTimeout(1000));
              page.keyboard().press("Enter");
              page.waitForTimeout(300);
            } catch (TimeoutError e) {
              assertEquals(0, page.locator("#password").count(), "the door opened as we knocked");
            }
            return page.locator("#new").count() == 1;
          });
      watched.expectNoComplaints();
    }
  }

  private static String session(WatchedPage page) {
    return page.context().cookies().stream()
        .filter(cookie -> cookie.httpOnly)
        .findFirst()
        .orElseThrow()
        .value;
  }
}
