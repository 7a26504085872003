package digitlab.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.BoundingBox;
import digitlab.testing.Chromium;
import digitlab.testing.TestApplication;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Digits that people drew with a pen, replayed as pointer events: the page and the command line
 * must agree on every one.
 */
class PensIT {
  private static final Path PENS = Path.of("../shared/pens/dev.jsonl");
  private static final int SAMPLE = 100;

  private static final String STROKES =
      "JSON.stringify(document.querySelector('digit-pad').strokes)";

  @Test
  void thePageAndTheCommandLineReadRealPensAlike() throws Exception {
    if (!Files.isRegularFile(PENS)) {
      String reason = "Skipped: there are no pen strokes at " + PENS.toAbsolutePath().normalize();
      System.out.println(reason);
      Assumptions.abort(reason);
    }
    List<String> lines = Files.readAllLines(PENS);
    List<String> drawn = new ArrayList<>();
    List<Integer> answers = new ArrayList<>();
    int right = 0;
    try (TestApplication application = TestApplication.withFewDigits();
        Chromium chromium = new Chromium();
        WatchedPage page =
            new WatchedPage(
                chromium.browser(), new Browser.NewContextOptions().setViewportSize(1280, 900))) {
      page.page().navigate(application.uri().toString());
      page.awaitNetwork();
      BoundingBox box = page.inPad("canvas.ink").boundingBox();
      for (int i = 0; i < SAMPLE; i++) {
        JsonNode digit =
            JsonMapper.shared().readTree(lines.get((int) ((long) i * lines.size() / SAMPLE)));
        replay(page, box, digit.get("strokes"));
        int answer = Integer.parseInt(page.inPad(".bars li.best span").first().textContent());
        answers.add(answer);
        right += answer == digit.get("label").intValue() ? 1 : 0;
        drawn.add("{\"strokes\": " + page.page().evaluate(STROKES) + "}");
        page.inPad(".clear").click();
      }
      page.expectNoComplaints();
    }
    System.out.printf(Locale.ROOT, "The page read %d of %d digits of real pens.%n", right, SAMPLE);
    assertEquals(answers, classify(drawn));
  }

  /** As a mouse would draw it, in the middle of the sheet. */
  private static void replay(WatchedPage page, BoundingBox box, JsonNode strokes) {
    for (JsonNode stroke : strokes) {
      boolean first = true;
      for (JsonNode point : stroke) {
        page.page()
            .mouse()
            .move(
                box.x + box.width * (0.15 + 0.7 * point.get(0).doubleValue()),
                box.y + box.height * (0.15 + 0.7 * point.get(1).doubleValue()));
        if (first) {
          page.page().mouse().down();
          first = false;
        }
      }
      page.page().mouse().up();
    }
    page.nextFrame();
  }

  private static List<Integer> classify(List<String> drawings)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(java, "-jar", "target/digitlab.jar", "classify", "pad", "--json")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (OutputStream in = process.getOutputStream()) {
      in.write((String.join("\n", drawings) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    List<Integer> answers = new ArrayList<>();
    for (String line :
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList()) {
      answers.add(JsonMapper.shared().readTree(line).get("digit").intValue());
    }
    assertEquals(0, process.waitFor());
    return answers;
  }
}
