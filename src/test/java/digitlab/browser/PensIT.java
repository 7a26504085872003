package digitlab.browser;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.BoundingBox;
import digitlab.testing.Chromium;
import digitlab.testing.Pens;
import digitlab.testing.TestApplication;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Digits that people drew with a pen, replayed as pointer events: the page and the command line
 * must agree on every one.
 */
class PensIT {
  private static final int SAMPLE = 80;

  private static final String STROKES =
      "JSON.stringify(document.querySelector('digit-pad').strokes)";

  private static final String SHARES =
      """
      (() => {
        const { network, strokes } = document.querySelector('digit-pad');
        return JSON.stringify(Array.from(network.recognise(strokes).probabilities));
      })()
      """;

  @Test
  void thePageAndTheCommandLineReadRealPensAlike() throws Exception {
    List<String> lines = Pens.lines();
    List<String> drawn = new ArrayList<>();
    List<Integer> answers = new ArrayList<>();
    List<float[]> probabilities = new ArrayList<>();
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
        probabilities.add(
            shares(JsonMapper.shared().readTree((String) page.page().evaluate(SHARES))));
        page.inPad(".clear").click();
      }
      page.expectNoComplaints();
    }
    System.out.printf(Locale.ROOT, "The page read %d of %d digits of real pens.%n", right, SAMPLE);
    List<JsonNode> classified = classify(drawn);
    assertEquals(
        answers, classified.stream().map(answer -> answer.get("digit").intValue()).toList());
    for (int i = 0; i < SAMPLE; i++) {
      assertArrayEquals(
          shares(classified.get(i).get("probabilities")),
          probabilities.get(i),
          1e-5f,
          drawn.get(i));
    }
  }

  private static float[] shares(JsonNode numbers) {
    float[] shares = new float[numbers.size()];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = numbers.get(i).floatValue();
    }
    return shares;
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

  private static List<JsonNode> classify(List<String> drawings)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(java, "-jar", "target/digitlab.jar", "classify", "pad", "--json")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (OutputStream in = process.getOutputStream()) {
      in.write((String.join("\n", drawings) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    List<JsonNode> answers = new ArrayList<>();
    for (String line :
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList()) {
      answers.add(JsonMapper.shared().readTree(line));
    }
    assertEquals(0, process.waitFor());
    return answers;
  }
}
