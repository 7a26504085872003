package digitlab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.experiment.EpochRecord;
import digitlab.experiment.Experiment;
import digitlab.experiment.Run;
import digitlab.experiment.RunHistory;
import digitlab.experiment.RunStatus;
import digitlab.experiment.StepMetrics;
import digitlab.i18n.Language;
import digitlab.text.Message;
import digitlab.train.ConfusionMatrix;
import digitlab.train.PlanText;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private static String report(Language language, boolean finished) {
    Run run =
        Run.queued(7, 3, NOW)
            .preparing(null, NOW)
            .training(
                new Run.Setup(
                    "cpu",
                    Message.of("engine.cpu", 16),
                    Message.of("engine.why.first"),
                    Message.of("data.mnist", "/data")))
            .advanced(new Run.Progress(4, 4, 2, 1.5, 1000));
    if (finished) {
      run =
          run.tested(
              new Run.TestResult(0.9531, 0.1234, new ConfusionMatrix(2, new int[] {50, 1, 2, 47})),
              "ab");
    }
    run = run.over(RunStatus.DONE, null, NOW);
    RunHistory history = new RunHistory();
    history.addSteps(
        new StepMetrics(1, new float[] {2, 1.5f, 1, 0.5f}, new float[] {0.1f, 0.4f, 0.7f, 0.9f}));
    history.addEpoch(new EpochRecord(1, 2, 1.75, 0.25, 1.2, 0.6, 1000));
    history.addEpoch(new EpochRecord(2, 4, 0.75, 0.8, 0.4, 0.93, 1000));
    Experiment experiment =
        new Experiment(
            3,
            "<b>Опыт & \"x\"</b>",
            PlanText.parse("network 784 → 8 elu → 10 softmax; epochs 2"),
            NOW,
            run);
    return Report.html(experiment, run, history, language);
  }

  @Test
  void holdsEverythingAndAsksNobody() {
    String html = report(Language.ENGLISH, true);
    Document page = Jsoup.parse(html);
    assertEquals("<b>Опыт & \"x\"</b>", page.select("h1").text());
    assertEquals(2, page.select("svg").size());
    assertEquals("95.31 %", page.select(".figure").text().replace('\u00A0', ' '));
    assertEquals(4, page.select(".confusion td").size());
    assertTrue(page.select(".plan").text().contains("784 → 8 elu → 10 softmax"));
    assertTrue(page.select("pre").text().contains("import torch"));
    assertEquals(3, page.select("pre").size(), "scikit-learn has no ELU");
    assertTrue(page.text().replace('\u00A0', ' ').contains("93.00 %"), page.text());
    assertEquals(
        0, page.select("script, link, img, iframe, object, [src], [href]").size(), "no requests");
    Matcher address = Pattern.compile("url\\(|@import").matcher(html);
    assertFalse(address.find());
  }

  @Test
  void speaksRussianAndDoesWithoutAResult() {
    Document page = Jsoup.parse(report(Language.RUSSIAN, false));
    assertEquals("ru", page.select("html").attr("lang"));
    assertTrue(page.text().contains("Кривые"), page.text());
    assertTrue(page.text().contains("0,7500"), page.text());
    assertEquals(0, page.select(".confusion").size());
  }

  @Test
  void theChartsAreWellFormed() throws Exception {
    String html = report(Language.ENGLISH, true);
    Matcher charts = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(html);
    int found = 0;
    while (charts.find()) {
      byte[] svg = charts.group().getBytes(StandardCharsets.UTF_8);
      var root =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(svg))
              .getDocumentElement();
      assertFalse(charts.group().contains("NaN"));
      assertTrue(root.getElementsByTagName("circle").getLength() >= 6);
      found++;
    }
    assertEquals(2, found);
  }

  @Test
  void ticksAreRound() {
    assertEquals(List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0).size(), SvgChart.ticks(0, 1).size());
    assertEquals(List.of(0.0, 2.0, 4.0, 6.0, 8.0, 10.0), SvgChart.ticks(0, 10));
    assertEquals(List.of(95.0, 96.0, 97.0, 98.0), SvgChart.ticks(94.5, 98.2));
  }
}
