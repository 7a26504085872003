package digitlab.cli;

import digitlab.account.TeacherAccess;
import digitlab.compare.RunComparison;
import digitlab.compare.TestAnswers;
import digitlab.datasets.DataLibrary;
import digitlab.engine.Engines;
import digitlab.experiment.Catalogue;
import digitlab.experiment.ExperimentService;
import digitlab.experiment.LiveRuns;
import digitlab.insight.InsightService;
import digitlab.jobs.ComparisonQueue;
import digitlab.jobs.SpeedTrials;
import digitlab.jobs.TrainingQueue;
import digitlab.store.Database;
import digitlab.store.SqlChallengeStore;
import digitlab.store.SqlCheckpointStore;
import digitlab.store.SqlEngineComparisonStore;
import digitlab.store.SqlExperimentCatalogue;
import digitlab.store.SqlExperimentStore;
import digitlab.store.SqlModelStore;
import digitlab.store.SqlOwnSetStore;
import digitlab.store.SqlSettingStore;
import digitlab.store.SqlSweepStore;
import digitlab.sweep.SweepService;
import digitlab.ui.LabServices;
import digitlab.web.FirstVisitor;
import digitlab.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web application, put together: database, queue, services, web server. */
public final class Application implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Application.class);
  private static final Duration DELETED_ARE_KEPT = Duration.ofDays(1);
  private static final int WARM_ROUNDS = 2; // the first is by far the slowest

  /**
   * What an application is started with.
   *
   * @param host the address to listen on
   * @param port 0 for any that is free
   * @param network whether others than this computer can reach that address
   * @param database a JDBC URL
   * @param resetPassword whether a new teacher's password shall be set
   * @param atOnce how many trainings go on at the same time
   */
  public record Settings(
      String host,
      int port,
      boolean network,
      String database,
      DataLibrary data,
      boolean resetPassword,
      int atOnce) {
    /** As many trainings as leave two cores to each. */
    public static int usualAtOnce() {
      return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
  }

  private final Deque<AutoCloseable> parts =
      new ArrayDeque<>(); // the last one that was started first
  private final SqlExperimentStore store;
  private final WebServer server;
  private final TeacherAccess access;
  private final ExperimentService experiments;

  /**
   * Starts everything.
   *
   * @throws IOException if the address can't be listened on
   * @throws digitlab.store.DatabaseException if the database can't be used
   */
  public Application(Settings settings) throws IOException {
    try {
      Database database = started(Database.open(settings.database()));
      store = new SqlExperimentStore(database);
      SqlModelStore models = new SqlModelStore(database);
      SqlCheckpointStore checkpoints = new SqlCheckpointStore(database);
      store.purge(DELETED_ARE_KEPT);
      access =
          new TeacherAccess(
              new SqlSettingStore(database), settings.network(), settings.resetPassword());
      SqlOwnSetStore ownSets = new SqlOwnSetStore(database);
      DataLibrary data = settings.data().with(ownSets);
      LiveRuns live = started(new LiveRuns());
      int cores = Runtime.getRuntime().availableProcessors();
      int threads = Math.max(1, cores / settings.atOnce());
      TrainingQueue queue =
          started(
              new TrainingQueue(
                  store,
                  models,
                  checkpoints,
                  Engines.all(),
                  data,
                  live,
                  settings.atOnce(),
                  threads));
      // a database that only we can use: whoever trained before us is gone
      queue.takeOver(database.isExclusive() ? Duration.ZERO : TrainingQueue.LONGEST_SILENCE);
      SpeedTrials speeds = started(new SpeedTrials(store, Engines.all(), threads));
      experiments = new ExperimentService(store, models, checkpoints, queue, live);
      Catalogue catalogue = new Catalogue(new SqlExperimentCatalogue(database), live);
      ComparisonQueue pytorch =
          started(
              new ComparisonQueue(
                  store, new SqlEngineComparisonStore(database), Engines.all(), data, live, cores));
      RunComparison comparison = new RunComparison(catalogue, new TestAnswers(models, data));
      server =
          started(
              WebServer.start(
                  settings.host(),
                  settings.port(),
                  models,
                  data,
                  new LabServices(
                      experiments,
                      catalogue,
                      new SqlChallengeStore(database),
                      comparison,
                      pytorch,
                      new InsightService(models, data, Engines.all()),
                      access,
                      data,
                      ownSets,
                      new SweepService(new SqlSweepStore(database), experiments),
                      speeds)));
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private <T extends AutoCloseable> T started(T part) {
    parts.push(part);
    return part;
  }

  /** Where it serves. */
  public URI uri() {
    return server.uri();
  }

  public ExperimentService experiments() {
    return experiments;
  }

  /** The link that sets the teacher's password; empty if none is needed. */
  public Optional<URI> passwordLink() {
    return access.linkToken().map(token -> uri().resolve("/lab/welcome/" + token));
  }

  /**
   * Opens the pages that people open first, as they would: Java then has loaded and compiled what
   * these need, and nobody has to wait for it.
   */
  public void warmUp() {
    List<String> routes = new ArrayList<>(List.of(""));
    experiments.list().stream()
        .filter(experiment -> experiment.run() != null)
        .findFirst()
        .ifPresent(experiment -> routes.add("experiments/" + experiment.id()));
    try (FirstVisitor visitor = new FirstVisitor(uri())) {
      for (int round = 0; round < WARM_ROUNDS; round++) {
        for (String route : routes) {
          visitor.visit(route);
        }
      }
    } catch (IOException e) {
      LOG.info("The Lab could not be opened ahead of its first visitor", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Keeps the curves of long runs thinned out that an earlier version has left as they were. */
  public void thinOutCurves() {
    store.thinOutAll();
  }

  /** Waits until the server is stopped. */
  public void join() throws InterruptedException {
    server.join();
  }

  /**
   * No more requests; trainings end and are written down; the database is closed whole. A second
   * call does nothing.
   */
  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException(
            "A part of the application did not stop: " + e.getMessage(), e);
      }
    }
  }
}
