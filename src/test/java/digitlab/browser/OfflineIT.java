package digitlab.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import digitlab.data.StrokeGenerator;
import digitlab.testing.Chromium;
import digitlab.web.StaticSite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The static copy on a plain file server that knows nothing of us, in a folder of it; and without
 * any server after the first visit.
 */
class OfflineIT {
  private static Chromium chromium;

  @TempDir private Path root;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    chromium = new Chromium();
  }

  @AfterAll
  static void stop() {
    chromium.close();
  }

  private HttpServer serve(int port) {
    HttpServer server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            root,
            SimpleFileServer.OutputLevel.NONE);
    server.start();
    return server;
  }

  private static WatchedPage page() {
    return new WatchedPage(
        chromium.browser(),
        new Browser.NewContextOptions().setViewportSize(1280, 900).setLocale("en-US"));
  }

  private static void awaitWorker(WatchedPage page) {
    page.await("navigator.serviceWorker.controller?.state === 'activated'");
  }

  @Test
  void drawsAndTrainsWithoutAServerAfterTheFirstVisit() throws IOException {
    assertTrue(StaticSite.read().write(root.resolve("some/folder"), null) > 30);
    HttpServer server = serve(0);
    String site = "http://127.0.0.1:" + server.getAddress().getPort() + "/some/folder/";
    try (WatchedPage page = page()) {
      page.page().navigate(site);
      page.awaitNetwork();
      assertEquals(0, page.page().locator("a[href='/lab']").count(), "no way to a Lab");
      awaitWorker(page);
      server.stop(0);
      page.page().navigate(site + "index.html");
      page.awaitNetwork();
      page.draw(new StrokeGenerator(2).draw(6));
      assertEquals("6", page.inPad(".verdict").textContent());
      page.page().selectOption("#language", "ru");
      page.page().waitForSelector("h1:has-text('Нарисуйте цифру')");
      page.page().navigate(site + "train.html#data=mnist");
      page.page().waitForCondition(() -> page.page().locator("#play").isEnabled());
      assertTrue(
          page.page().locator("#note").textContent().startsWith("MNIST здесь нет"),
          page.page().locator("#note").textContent());
      page.page().locator("#play").click();
      page.page().waitForCondition(() -> !page.page().locator("#seen").textContent().equals("0"));
      page.expectNoComplaints();
    }
  }

  @Test
  void aNewVersionIsOfferedAndTakesOverWhole() throws IOException {
    StaticSite.read().write(root, null);
    HttpServer server = serve(0);
    String site = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    try (WatchedPage page = page()) {
      page.page().navigate(site);
      page.awaitNetwork();
      awaitWorker(page);
      Path index = root.resolve("index.html");
      Files.writeString(
          index, Files.readString(index).replace("<main>", "<main data-new=\"yes\">"));
      Path worker = root.resolve("sw.js");
      Files.writeString(
          worker, Files.readString(worker).replaceFirst("VERSION = '\\w+'", "VERSION = 'next'"));
      page.page().reload();
      page.awaitNetwork();
      page.page().waitForSelector("#update button");
      assertFalse(page.page().locator("main[data-new]").count() > 0, "the old one is still whole");
      page.page().locator("#update button").click();
      page.page().waitForSelector("main[data-new]");
      page.awaitNetwork();
      page.await("caches.keys().then(names => names.length === 1)");
      assertEquals(
          "digitlab-next", page.page().evaluate("caches.keys().then(names => names.join())"));
      page.expectNoComplaints();
    } finally {
      server.stop(0);
    }
  }
}
