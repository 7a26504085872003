package digitlab.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import digitlab.ink.Stroke;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A page on which anything that goes wrong is noted: errors in the console, broken security
 * policies, failed requests.
 */
final class WatchedPage implements AutoCloseable {
  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  WatchedPage(Browser browser, Browser.NewContextOptions options) {
    context = browser.newContext(options);
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")
              || message.text().contains("Content Security Policy")) {
            complaints.add("console: " + message.text());
          }
        });
    page.onPageError(error -> complaints.add("page: " + error));
    page.onRequest(request -> requests.add(request.url()));
    page.onRequestFailed(
        request -> {
          // a page that is left drops what it was waiting for
          if (!"net::ERR_ABORTED".equals(request.failure())) {
            complaints.add("request: " + request.url() + " " + request.failure());
          }
        });
    page.onResponse(
        response -> {
          if (response.status() >= 400) {
            complaints.add("answer: " + response.status() + " " + response.url());
          }
        });
  }

  Page page() {
    return page;
  }

  BrowserContext context() {
    return context;
  }

  /** How many requests there were so far. */
  int requestCount() {
    return requests.size();
  }

  List<String> requests() {
    return List.copyOf(requests);
  }

  /** Waits until the pad has its network. */
  void awaitNetwork() {
    await("document.querySelector('digit-pad')?.network");
  }

  /**
   * Waits until this expression is true; Playwright's own way would need 'unsafe-eval' of the page.
   */
  void await(String expression) {
    page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate("Boolean(" + expression + ")")));
  }

  Locator inPad(String selector) {
    return page.locator("digit-pad " + selector);
  }

  /** Draws with the mouse; the strokes fill the middle of the sheet. */
  void draw(List<Stroke> strokes) {
    inPad("canvas.ink").scrollIntoViewIfNeeded();
    BoundingBox box = inPad("canvas.ink").boundingBox();
    for (Stroke stroke : strokes) {
      page.mouse().move(x(box, stroke, 0), y(box, stroke, 0));
      page.mouse().down();
      for (int i = 1; i < stroke.size(); i++) {
        page.mouse().move(x(box, stroke, i), y(box, stroke, i));
      }
      page.mouse().up();
    }
    nextFrame();
  }

  static double x(BoundingBox box, Stroke stroke, int i) {
    return box.x + box.width * (0.5 + 0.4 * stroke.x(i));
  }

  static double y(BoundingBox box, Stroke stroke, int i) {
    return box.y + box.height * (0.5 + 0.4 * stroke.y(i));
  }

  /** Until what was changed is on the screen. */
  void nextFrame() {
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
  }

  /** Nothing may have gone wrong. */
  void expectNoComplaints() {
    assertEquals(List.of(), List.copyOf(complaints));
  }

  @Override
  public void close() {
    context.close();
  }
}
