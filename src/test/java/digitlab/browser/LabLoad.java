package digitlab.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import digitlab.store.Database;
import digitlab.store.SqlExperimentStore;
import digitlab.testing.Chromium;
import digitlab.testing.ServerProcess;
import digitlab.train.PlanText;
import digitlab.train.TrainingPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Not a test: how the Lab feels in Chromium while so many trainings go on at once on this computer,
 * with the server as it ships.
 *
 * <pre>java -cp … digitlab.browser.LabLoad DATA RUNS</pre>
 */
public final class LabLoad {
  private static final TrainingPlan PLAN =
      PlanText.parse("network 784 → 128 relu → 64 relu → 10 softmax; batch 32; epochs 10000");
  private static final int CLICKS = 20;
  private static final int WATCHED_SECONDS = 10;

  /** Milliseconds between the frames of some seconds. */
  private static final String FRAMES =
      """
      seconds => new Promise(done => {
        const gaps = [];
        let last = performance.now();
        const end = last + 1000 * seconds;
        const frame = now => {
          gaps.push(now - last);
          last = now;
          if (now < end) requestAnimationFrame(frame); else done(gaps.slice(1));
        };
        requestAnimationFrame(frame);
      })
      """;

  private LabLoad() {}

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    int runs = Integer.parseInt(arguments[1]);
    Path home = Files.createTempDirectory("lab-load");
    queue(home, runs);
    try (Chromium chromium = new Chromium();
        ServerProcess server =
            ServerProcess.start(home, data, "--at-once", Integer.toString(Math.max(1, runs)));
        Page page = chromium.browser().newPage()) {
      AtomicLong bytes = new AtomicLong();
      AtomicLong pushes = new AtomicLong();
      page.onWebSocket(
          socket ->
              socket.onFrameReceived(
                  frame -> {
                    bytes.addAndGet(
                        frame.text() == null ? frame.binary().length : frame.text().length());
                    pushes.incrementAndGet();
                  }));
      page.navigate(server.uri().resolve("lab/experiments/1").toString());
      page.waitForSelector(runs == 0 ? "#play" : "live-chart");
      page.waitForTimeout(20_000); // until Java has compiled what it trains with
      bytes.set(0);
      pushes.set(0);
      report("gap between frames", numbers(page.evaluate(FRAMES, WATCHED_SECONDS)));
      System.out.printf(
          Locale.ROOT,
          "pushes %.1f a second, %.1f KB/s%n",
          (double) pushes.get() / WATCHED_SECONDS,
          bytes.get() / 1024.0 / WATCHED_SECONDS);
      if (runs > 0) {
        report("click to answer", clicks(page));
      }
      report(
          "page of the list", visits(page, server.uri().resolve("lab/").toString(), "vaadin-grid"));
      report(
          "page of a run",
          visits(page, server.uri().resolve("lab/experiments/2").toString(), "live-chart"));
    }
    System.exit(0);
  }

  private static void queue(Path home, int runs) {
    try (Database database = Database.open(Database.h2Url(home))) {
      SqlExperimentStore store = new SqlExperimentStore(database);
      for (int i = 0; i < Math.max(2, runs); i++) {
        long id = store.create("run " + i, PLAN.with("seed", i + 1));
        if (i < runs) {
          store.addRun(id);
        }
      }
    }
  }

  /** Pause and play in turn: milliseconds until the server has answered. */
  private static double[] clicks(Page page) {
    double[] millis = new double[CLICKS];
    Locator play = page.locator("#play");
    for (int i = 0; i < CLICKS; i++) {
      long start = System.nanoTime();
      Response answer = page.waitForResponse("**/*v-r=uidl*", play::click);
      answer.finished();
      millis[i] = (System.nanoTime() - start) / 1e6;
      page.waitForTimeout(700);
    }
    return millis;
  }

  private static double[] visits(Page page, String address, String sign) {
    double[] millis = new double[7];
    for (int i = 0; i < millis.length; i++) {
      long start = System.nanoTime();
      page.navigate(address);
      page.waitForSelector(sign);
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    return millis;
  }

  private static double[] numbers(Object list) {
    return ((List<?>) list).stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
  }

  private static void report(String what, double[] millis) {
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%-20s median %6.0f ms, 95 %% below %6.0f ms, longest %6.0f ms (%d)%n",
        what,
        millis[millis.length / 2],
        millis[(int) (0.95 * (millis.length - 1))],
        millis[millis.length - 1],
        millis.length);
  }
}
