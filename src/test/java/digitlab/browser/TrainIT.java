package digitlab.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import digitlab.data.StrokeGenerator;
import digitlab.net.NetworkFile;
import digitlab.net.NetworkFormat;
import digitlab.testing.Chromium;
import digitlab.testing.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The training page as a learner uses it. */
class TrainIT {
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

  private static WatchedPage open(String hash) {
    WatchedPage page =
        new WatchedPage(
            chromium.browser(),
            new Browser.NewContextOptions().setViewportSize(1280, 900).setLocale("en-US"));
    page.page().navigate(application.uri() + "train.html" + hash);
    page.page().waitForCondition(() -> find(page, "#play").isEnabled());
    page.awaitNetwork();
    return page;
  }

  private static Locator find(WatchedPage page, String selector) {
    return page.page().locator(selector);
  }

  private static double accuracy(WatchedPage page) {
    String text = find(page, "#accuracy").textContent().replace(" %", "");
    return text.equals("–") ? 0 : Double.parseDouble(text);
  }

  @Test
  void learnsFromTheGeneratorAndReadsWhatOneDraws() {
    try (WatchedPage page = open("")) {
      page.draw(new StrokeGenerator(4).draw(3));
      find(page, "#play").click();
      page.page().waitForCondition(() -> accuracy(page) > 80);
      assertEquals("Pause (Space)", find(page, "#play").getAttribute("title"));
      page.nextFrame(); // the page goes on while the worker works
      page.page()
          .waitForCondition(
              () -> page.inPad(".bars li.best span").first().textContent().equals("3"));
      find(page, "#play").click();
      String seen = find(page, "#seen").textContent();
      assertFalse(seen.equals("0"));
      find(page, "#reset").click();
      page.page().waitForCondition(() -> find(page, "#seen").textContent().equals("0"));
      page.page().waitForCondition(() -> accuracy(page) > 0 && accuracy(page) < 40);
      page.expectNoComplaints();
    }
  }

  @Test
  void keysPlayStepAndReset() {
    try (WatchedPage page = open("#batch=50")) {
      page.page().keyboard().press(".");
      page.page().waitForCondition(() -> find(page, "#seen").textContent().equals("50"));
      page.page().keyboard().press(".");
      page.page().waitForCondition(() -> find(page, "#seen").textContent().equals("100"));
      page.page().keyboard().press("Space");
      page.page().waitForCondition(() -> accuracy(page) > 50);
      page.page().keyboard().press("Space");
      page.page()
          .waitForCondition(() -> find(page, "#play").getAttribute("title").equals("Play (Space)"));
      page.page().keyboard().press("r");
      page.page().waitForCondition(() -> find(page, "#seen").textContent().equals("0"));
      page.page().keyboard().press("?");
      assertTrue(find(page, "#keys").isVisible());
      page.expectNoComplaints();
    }
  }

  @Test
  void theAddressHoldsTheSetUpAndIsNotBelieved() {
    try (WatchedPage page =
        open("#layers=32-tanh,8-elu&loss=mse&optimizer=sgd&rate=0.5&batch=16&seed=7")) {
      assertTrue(
          find(page, "#sentence")
              .textContent()
              .startsWith("784 → 32 tanh → 8 elu → 10 sigmoid · 25,474 parameters"),
          find(page, "#sentence").textContent());
      assertFalse(find(page, "#note").isVisible());
      find(page, "#add").click();
      page.page().selectOption("#loss", "cross-entropy");
      page.page()
          .waitForCondition(
              () ->
                  find(page, "#sentence")
                      .textContent()
                      .startsWith("784 → 32 tanh → 8 elu → 8 elu → 10 softmax"));
      String address = page.page().url();
      assertTrue(address.contains("layers=32-tanh%2C8-elu%2C8-elu"), address);
      assertTrue(address.contains("seed=7") && address.contains("loss=cross-entropy"), address);
      page.expectNoComplaints();
    }
    try (WatchedPage page =
        open("#layers=999999-relu,<b>,16-evil&rate=-3&batch=1e9&loss=%00&data=../../etc&seed=x")) {
      assertTrue(
          find(page, "#sentence")
              .textContent()
              .startsWith("784 → 1024 relu → 16 relu → 16 relu → 10 softmax"),
          find(page, "#sentence").textContent());
      String note = find(page, "#note").textContent();
      assertTrue(
          note.contains("Network") && note.contains("Learning rate") && note.contains("Seed"),
          note);
      assertEquals("0.00001", find(page, "#rate").inputValue());
      assertEquals("1000", find(page, "#batch").inputValue());
      page.expectNoComplaints();
    }
  }

  @Test
  void fetchesTheImagesOfTheServerInPieces() {
    try (WatchedPage page = open("#data=mnist")) {
      assertFalse(find(page, "#note").isVisible(), find(page, "#note").textContent());
      String images = find(page, "#data").getAttribute("title");
      assertTrue(images.endsWith(": 600 images to learn from, 200 to test with"), images);
      find(page, "#play").click();
      page.page().waitForCondition(() -> accuracy(page) > 70);
      page.expectNoComplaints();
    }
  }

  @Test
  void savesANetworkThatEverythingReadsAndLoadsItAgain(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mine.digitlab");
    try (WatchedPage page = open("#layers=12-relu")) {
      find(page, "#play").click();
      page.page().waitForCondition(() -> accuracy(page) > 70);
      find(page, "#play").click();
      Download download = page.page().waitForDownload(() -> find(page, "#save").click());
      assertEquals("784-12-10.digitlab", download.suggestedFilename());
      download.saveAs(file);
      NetworkFile saved = NetworkFormat.read(Files.readAllBytes(file));
      assertEquals("784 → 12 relu → 10 softmax", saved.parameters().spec().toString());
      page.expectNoComplaints();
    }
    try (WatchedPage page = open("")) {
      find(page, "#load").setInputFiles(file);
      page.page().waitForCondition(() -> accuracy(page) > 60);
      assertTrue(find(page, "#sentence").textContent().startsWith("784 → 12 relu → 10 softmax"));
      assertTrue(
          find(page, "#note")
              .textContent()
              .startsWith("Loaded “784-12-10, trained on this device”"));
      Files.writeString(file, "no network");
      find(page, "#load").setInputFiles(file);
      page.page()
          .waitForCondition(
              () -> find(page, "#note").textContent().contains("not a Digit Lab network"));
      page.expectNoComplaints();
    }
  }

  @Test
  void stepsThatAreTooLargeAreExplained() {
    try (WatchedPage page =
        open(
            "#layers=64-identity,64-identity&loss=mse&optimizer=momentum&rate=10&layers=64-relu,64-relu")) {
      page.page().selectOption("#loss", "cross-entropy");
      find(page, "#play").click();
      page.page()
          .waitForCondition(
              () ->
                  find(page, "#note").textContent().startsWith("The loss is no longer a number")
                      || find(page, "#epoch").textContent().compareTo("2") > 0);
      page.expectNoComplaints();
    }
  }
}
