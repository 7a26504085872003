package digitlab.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import digitlab.experiment.Experiment;
import digitlab.store.Database;
import digitlab.store.SqlExperimentStore;
import digitlab.testing.Chromium;
import digitlab.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Not a test: opens the pages of the Lab in Chromium, on the server as it ships, over the database
 * that {@link digitlab.store.ManyRuns} has filled. A page's time on the server is the sum over its
 * requests from the last byte asked to the first byte answered, until it is there. "First" is the
 * first page of all after the server has started.
 *
 * <pre>java -cp … digitlab.browser.LabSpeed HOME DATA [PAGE…]</pre>
 */
public final class LabSpeed {
  private static final int AGAIN = 9;

  private final Path home;
  private final Path data;
  private final Browser browser;

  private LabSpeed(Path home, Path data, Browser browser) {
    this.home = home;
    this.data = data;
    this.browser = browser;
  }

  /** A page, and what is on it once it is there. */
  private record Place(String name, String path, String sign) {}

  /**
   * How long one visit took.
   *
   * @param server milliseconds that the server was busy with its requests
   * @param seen milliseconds until it was there
   */
  private record Visit(double server, double seen) {}

  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    List<Place> places = places(home);
    try (Chromium chromium = new Chromium()) {
      LabSpeed speed = new LabSpeed(home, Path.of(arguments[1]), chromium.browser());
      System.out.println("milliseconds            server first, median      seen first, median");
      List<String> wanted = Arrays.asList(arguments).subList(2, arguments.length);
      for (Place place : places) {
        if (wanted.isEmpty() || wanted.contains(place.name())) {
          speed.measure(place);
        }
      }
    }
    System.exit(0);
  }

  private static List<Place> places(Path home) {
    try (Database database = Database.open(Database.h2Url(home))) {
      List<Experiment> all = new SqlExperimentStore(database).list();
      long longest = all.getFirst().id();
      long usual = all.get(all.size() / 2).id();
      String ten =
          all.stream()
              .skip(100)
              .limit(10)
              .map(experiment -> Long.toString(Objects.requireNonNull(experiment.run()).id()))
              .collect(Collectors.joining(","));
      return List.of(
          new Place("experiment", "lab/experiments/" + usual, "#test-accuracy"),
          new Place("longest experiment", "lab/experiments/" + longest, "#test-accuracy"),
          new Place("list", "lab", "vaadin-grid a[href*='experiments/']"),
          new Place("compare ten runs", "lab/compare?runs=" + ten, "compare-chart"),
          new Place("sweep", "lab/sweeps/1", "parallel-coordinates"),
          new Place("challenge", "lab/challenges?id=1", "#reveal"),
          new Place("inside", "lab/inside/" + usual, "picture-gallery, .confusion"));
    }
  }

  private void measure(Place place) throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.start(home, data)) {
      Visit first = visit(server, place);
      List<Visit> more = new ArrayList<>();
      for (int i = 0; i < AGAIN; i++) {
        more.add(visit(server, place));
      }
      System.out.printf(
          Locale.ROOT,
          "%-20s %12.0f %12.0f %15.0f %12.0f%n",
          place.name(),
          first.server(),
          median(more.stream().mapToDouble(Visit::server).toArray()),
          first.seen(),
          median(more.stream().mapToDouble(Visit::seen).toArray()));
    }
  }

  private Visit visit(ServerProcess server, Place place) {
    try (BrowserContext context =
        browser.newContext(new Browser.NewContextOptions().setLocale("en-US"))) {
      Page page = context.newPage();
      List<Request> requests = Collections.synchronizedList(new ArrayList<>());
      page.onRequestFinished(
          request -> {
            boolean counts = List.of("document", "xhr").contains(request.resourceType());
            if (counts && request.url().contains("/lab")) {
              requests.add(request);
            }
          });
      long start = System.nanoTime();
      page.navigate(server.uri().resolve(place.path()).toString());
      page.waitForSelector(place.sign());
      double seen = (System.nanoTime() - start) / 1e6;
      double busy =
          requests.stream()
              .mapToDouble(
                  request -> request.timing().responseStart - request.timing().requestStart)
              .sum();
      return new Visit(busy, seen);
    }
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
