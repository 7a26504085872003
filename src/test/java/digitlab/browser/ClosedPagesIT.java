package digitlab.browser;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import digitlab.experiment.Experiment;
import digitlab.experiment.Run;
import digitlab.experiment.RunStatus;
import digitlab.testing.Await;
import digitlab.testing.Chromium;
import digitlab.testing.TestApplication;
import digitlab.train.PlanText;
import digitlab.train.TrainingPlan;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/**
 * Who closes a page gets the server's memory back: of the views, the parts that hold many numbers
 * and the UIs that they were in, none is left, while trainings go on telling whoever listens.
 */
class ClosedPagesIT {
  private static final TrainingPlan PLAN =
      PlanText.parse("network 784 → 16 relu → 10 softmax; batch 10; epochs 2; rate 0.003");

  /** A line of the virtual machine's list: number, instances, bytes, class. */
  private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+).*");

  private static final Pattern OF_A_PAGE =
      Pattern.compile(
          "digitlab\\.ui\\.[^$]*(View|Panel|Part|Charts?|Grid)|com\\.vaadin\\.flow\\.component\\.UI");

  @Test
  void aClosedPageLeavesNothingBehind() throws Exception {
    Map<String, Long> before = ofPages();
    try (Chromium chromium = new Chromium();
        TestApplication application = TestApplication.withFewDigits();
        BrowserContext context = chromium.browser().newContext()) {
      long done = application.experiments().create("done", PLAN);
      application.experiments().start(done);
      Await.until("the run to end", () -> run(application, done).status() == RunStatus.DONE);
      long endless = application.experiments().create("endless", PLAN.with("epochs", 10_000));
      application.experiments().start(endless);
      Await.until("steps", () -> run(application, endless).progress().steps() > 0);
      Map<String, String> signs =
          Map.of(
              "experiments/" + done,
              "#test-accuracy",
              "experiments/" + endless,
              "live-chart",
              "inside/" + done,
              "picture-gallery button",
              "inside/" + done + "?part=map",
              "point-map",
              "compare?runs=" + run(application, done).id() + "," + run(application, endless).id(),
              "compare-chart",
              "pytorch/" + done,
              "h1");
      List<String> others = List.of("", "new", "sweeps", "gradients", "data", "challenges");
      for (String route : others) {
        open(context, application, route, "h1").close();
      }
      for (Map.Entry<String, String> page : signs.entrySet()) {
        open(context, application, page.getKey(), page.getValue()).close();
      }
      Page last = open(context, application, "experiments/" + endless, "live-chart");
      assertFalse(left(before).isEmpty(), "the views of an open page are counted");
      last.close();
      Await.until("the memory of all pages to be free", () -> left(before).isEmpty());
      application.experiments().stop(endless);
      Await.until("the run to end", () -> run(application, endless).status().isOver());
    }
  }

  private static Page open(
      BrowserContext context, TestApplication application, String route, String sign) {
    Page page = context.newPage();
    page.navigate(application.uri().resolve("lab/").resolve(route).toString());
    page.waitForSelector(sign);
    return page;
  }

  private static Run run(TestApplication application, long experiment) {
    return application.experiments().find(experiment).map(Experiment::run).orElseThrow();
  }

  /** What there is more of than before. */
  private static Map<String, Long> left(Map<String, Long> before) {
    Map<String, Long> left = ofPages();
    left.entrySet().removeIf(now -> now.getValue() <= before.getOrDefault(now.getKey(), 0L));
    return left;
  }

  /** The instances of what pages are made of, after a collection of everything unreachable. */
  private static Map<String, Long> ofPages() {
    String list;
    try {
      list =
          (String)
              ManagementFactory.getPlatformMBeanServer()
                  .invoke(
                      new ObjectName("com.sun.management:type=DiagnosticCommand"),
                      "gcClassHistogram",
                      new Object[] {new String[0]},
                      new String[] {String[].class.getName()});
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
    Map<String, Long> instances = new TreeMap<>();
    list.lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .filter(line -> OF_A_PAGE.matcher(line.group(2)).matches())
        .forEach(line -> instances.put(line.group(2), Long.parseLong(line.group(1))));
    return instances;
  }
}
