package digitlab.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.datasets.DataLibrary;
import digitlab.datasets.MnistDownload;
import digitlab.engine.EngineProvider;
import digitlab.engine.Engines;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentService;
import digitlab.experiment.LiveRuns;
import digitlab.experiment.RateChange;
import digitlab.experiment.Run;
import digitlab.experiment.RunHistory;
import digitlab.experiment.RunStatus;
import digitlab.net.NetworkFile;
import digitlab.net.NetworkFormat;
import digitlab.store.Database;
import digitlab.store.SqlCheckpointStore;
import digitlab.store.SqlExperimentStore;
import digitlab.store.SqlModelStore;
import digitlab.testing.Await;
import digitlab.testing.Databases;
import digitlab.testing.IdxFolders;
import digitlab.testing.Refusal;
import digitlab.text.Message;
import digitlab.train.PlanText;
import digitlab.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments as people run them: real queue, real training, real database. */
class TrainingQueueTest {
  private static final TrainingPlan PLAN =
      PlanText.parse("network 784 → 16 relu → 10 softmax; batch 10; epochs 3; rate 0.003");
  private static final TrainingPlan ENDLESS = PLAN.with("epochs", 10_000);

  @TempDir private Path folder;
  private Database database;
  private SqlExperimentStore store;
  private SqlModelStore models;
  private SqlCheckpointStore checkpoints;
  private LiveRuns live;
  private TrainingQueue queue;
  private ExperimentService experiments;

  @BeforeEach
  void start() throws IOException {
    IdxFolders.write(folder, 400, 100);
    database = Databases.H2.open();
    store = new SqlExperimentStore(database);
    models = new SqlModelStore(database);
    checkpoints = new SqlCheckpointStore(database);
    live = new LiveRuns();
    open();
  }

  private void open() {
    queue =
        new TrainingQueue(
            store,
            models,
            checkpoints,
            Engines.all(),
            new DataLibrary(folder, folder, new MnistDownload()),
            live,
            1,
            2);
    experiments = new ExperimentService(store, models, checkpoints, queue, live);
  }

  @AfterEach
  void stop() {
    queue.close();
    live.close();
    database.close();
  }

  private Run run(long id) {
    Run run = experiments.find(id).map(Experiment::run).orElseThrow();
    assertNotNull(run);
    return run;
  }

  private Run awaitEnd(long id) {
    Await.until("the end of experiment " + id, () -> run(id).status().isOver());
    return run(id);
  }

  private long start(String name, TrainingPlan plan) {
    long id = experiments.create(name, plan);
    experiments.start(id);
    return id;
  }

  @Test
  void trainsTestsAndKeepsTheNetwork() {
    AtomicInteger news = new AtomicInteger();
    Runnable deaf = experiments.listen(_ -> news.incrementAndGet());
    long id = start("Мой опыт", PLAN);
    Run run = awaitEnd(id);
    assertEquals(RunStatus.DONE, run.status());
    assertEquals(3, run.progress().epochs());
    assertEquals(108, run.progress().steps());
    assertEquals(108, run.progress().allSteps());
    Run.TestResult result = run.result();
    assertNotNull(result);
    assertEquals(100, result.confusion().total());
    assertTrue(result.accuracy() > 0.5, "only " + result.accuracy());
    Run.Setup setup = run.setup();
    assertNotNull(setup);
    EngineProvider fastest = Engines.all().choose(Engines.AUTO).provider();
    assertEquals(fastest.name(), setup.engine());
    assertEquals(fastest.description(), setup.engineDescription());
    assertEquals("data.folder", setup.data().key());
    assertNotNull(run.model());
    NetworkFile file = NetworkFormat.read(models.file(run.model()).orElseThrow());
    assertEquals("Мой опыт", file.title());
    assertEquals(PLAN.network(), file.parameters().spec());
    RunHistory history = experiments.history(experiments.find(id).orElseThrow());
    assertEquals(108, history.loss(0, 0).mean().length, "every step is there");
    assertEquals(3, history.epochs().size());
    assertTrue(news.get() > 3);
    deaf.run();
  }

  @Test
  void showsALivingRunAndStopsItKeepingWhatItLearned() {
    long id = start("endless", ENDLESS);
    Await.until("steps to be seen", () -> run(id).progress().steps() > 0);
    assertEquals(RunStatus.RUNNING, run(id).status());
    RunHistory history = experiments.history(experiments.find(id).orElseThrow());
    int seen = history.loss(0, 0).mean().length;
    Await.until(
        "the history to grow",
        () -> history.loss(0, 0).mean().length != seen || history.loss(0, 0).width() > 1);
    experiments.start(id);
    experiments.stop(id);
    Run run = awaitEnd(id);
    assertEquals(RunStatus.STOPPED, run.status());
    assertNotNull(run.result());
    assertNotNull(run.model());
  }

  @Test
  void theOthersWaitForTheirTurn() {
    long first = start("first", ENDLESS);
    long second = start("second", PLAN);
    Await.until("the first to train", () -> run(first).status() == RunStatus.RUNNING);
    assertEquals(RunStatus.QUEUED, run(second).status());
    long third = start("third", PLAN);
    experiments.stop(third);
    experiments.stop(first);
    assertEquals(RunStatus.DONE, awaitEnd(second).status());
    Run never = awaitEnd(third);
    assertEquals(RunStatus.STOPPED, never.status());
    assertNull(never.result());
  }

  @Test
  void divergenceIsExplained() {
    long id =
        start(
            "wild",
            PLAN.with("network", "784 → 16 identity → 10 identity")
                .with("loss", "mse")
                .with("optimizer", "sgd")
                .with("rate", 1000));
    Run run = awaitEnd(id);
    assertEquals(RunStatus.FAILED, run.status());
    Message note = run.note();
    assertNotNull(note);
    assertEquals("run.diverged", note.key());
    assertNull(run.model());
  }

  @Test
  void aNetworkThatDoesNotFitTheImagesFailsWithTheReason() {
    Run run = awaitEnd(start("misfit", PLAN.with("network", "100 → 10 softmax")));
    assertEquals(RunStatus.FAILED, run.status());
    Message note = run.note();
    assertNotNull(note);
    assertTrue(note.arguments().getFirst().contains("28×28 = 784"), note.toString());
  }

  @Test
  void theRunsOfAServerThatEndsGoOnWithTheNext() {
    long first = start("first", ENDLESS);
    long waiting = start("waiting", ENDLESS);
    long paused = experiments.create("paused", ENDLESS);
    experiments.step(paused);
    Await.until("one step", () -> steps(paused) == 1);
    Await.until("steps to be seen", () -> steps(first) > 0);
    queue.close();
    assertTrue(live.find(first).isEmpty(), "nobody trains it");
    assertEquals(RunStatus.QUEUED, run(first).status());
    long steps = run(first).progress().steps();
    long id = run(first).id();
    open();
    queue.takeOver(Duration.ZERO);
    Await.until("it to get on", () -> steps(first) > steps);
    assertEquals(RunStatus.RUNNING, run(first).status());
    assertEquals(id, run(first).id(), "the same run");
    assertEquals(1, experiments.queuePosition(run(waiting)));
    assertEquals(RunStatus.PAUSED, run(paused).status(), "a person wanted it so");
    experiments.stop(first);
    experiments.stop(waiting);
    experiments.step(paused);
    Await.until("another step", () -> steps(paused) == 2);
    experiments.delete(paused);
    Await.until("it to end", () -> live.find(paused).isEmpty());
    experiments.restore(paused);
    assertEquals(RunStatus.STOPPED, run(paused).status());
    assertEquals(RunStatus.STOPPED, awaitEnd(first).status());
    assertEquals(RunStatus.STOPPED, awaitEnd(waiting).status());
  }

  @Test
  void aPauseHoldsTheRunAndLetsOthersTrain() {
    long first = start("first", ENDLESS);
    Await.until("steps to be seen", () -> run(first).progress().steps() > 0);
    long second = start("second", ENDLESS);
    Await.until("it to wait", () -> experiments.queuePosition(run(second)) == 1);
    assertEquals(0, experiments.queuePosition(run(first)));
    experiments.pause(first);
    Await.until("the second to train", () -> run(second).progress().steps() > 0);
    assertEquals(RunStatus.PAUSED, run(first).status());
    long steps = run(first).progress().steps();
    experiments.step(first);
    experiments.step(first);
    Await.until("two steps", () -> run(first).progress().steps() == steps + 2);
    assertEquals(RunStatus.PAUSED, run(first).status());
    experiments.play(first);
    Await.until("it to wait for its turn", () -> run(first).status() == RunStatus.QUEUED);
    experiments.stop(second);
    Await.until("it to train again", () -> run(first).progress().steps() > steps + 10);
    experiments.stop(first);
    assertEquals(RunStatus.STOPPED, awaitEnd(first).status());
    Run stored = store.find(first).orElseThrow().run();
    assertNotNull(stored);
    assertEquals(
        stored.progress().steps(), experiments.checkpoint(stored).orElse(-1), "nothing is lost");
  }

  @Test
  void stepsFromTheBeginningAndToTheEndOfAnEpoch() {
    long id = experiments.create("by hand", PLAN);
    experiments.step(id);
    Await.until("one step", () -> steps(id) == 1 && run(id).status() == RunStatus.PAUSED);
    experiments.stepEpoch(id);
    Await.until(
        "an epoch", () -> run(id).progress().epochs() == 1 && run(id).status() == RunStatus.PAUSED);
    assertEquals(36, run(id).progress().steps());
    experiments.play(id);
    assertEquals(RunStatus.DONE, awaitEnd(id).status());
    assertEquals(
        108, experiments.history(experiments.find(id).orElseThrow()).loss(0, 0).mean().length);
  }

  private long steps(long id) {
    return experiments.find(id).map(Experiment::run).map(run -> run.progress().steps()).orElse(0L);
  }

  /**
   * Paused, stopped and gone on with, over a restart of the server: the same network comes of it.
   */
  @Test
  void aRunThatGoesOnAfterARestartEndsAsIfNothingHadHappened() {
    TrainingPlan plan = PLAN.with("augmentation", "shift 1").with("validation", 0.25);
    String straight = awaitEnd(start("straight", plan)).model();
    long id = experiments.create("straight", plan);
    experiments.step(id);
    Await.until("one step", () -> steps(id) == 1 && run(id).status() == RunStatus.PAUSED);
    experiments.step(id);
    Await.until("two steps", () -> steps(id) == 2);
    queue.close();
    assertEquals(2, checkpoints.step(run(id).id()).orElse(-1));
    open();
    queue.takeOver(Duration.ZERO);
    experiments.stepEpoch(id);
    Await.until(
        "an epoch", () -> run(id).progress().epochs() == 1 && run(id).status() == RunStatus.PAUSED);
    experiments.stop(id);
    assertEquals(RunStatus.STOPPED, awaitEnd(id).status());
    Await.until("it to be let go", () -> live.find(id).isEmpty());
    experiments.play(id);
    Run done = awaitEnd(id);
    assertEquals(RunStatus.DONE, done.status());
    assertEquals(straight, done.model());
    assertTrue(experiments.checkpoint(done).isEmpty());
    RunHistory history = store.history(done.id());
    assertEquals(90, history.loss(0, 0).mean().length, "every step is there once");
    assertEquals(3, history.epochs().size());
  }

  @Test
  void anotherRateIsTakenAndWrittenDown() {
    long id = experiments.create("rates", PLAN.with("epochs", 50));
    experiments.step(id);
    Await.until("one step", () -> steps(id) == 1 && run(id).status() == RunStatus.PAUSED);
    experiments.setRate(id, 0.01);
    experiments.play(id);
    Run done = awaitEnd(id);
    assertEquals(RunStatus.DONE, done.status());
    assertEquals(List.of(new RateChange(2, 0.01)), store.history(done.id()).rates());
    assertTrue(Refusal.of(() -> queue.setRate(done.id(), -1)).contains("between 0 and 1000"));
  }

  @Test
  void aResetBeginsAnew() {
    long id = start("again", ENDLESS);
    Await.until("steps to be seen", () -> run(id).progress().steps() > 0);
    long first = run(id).id();
    experiments.reset(id);
    Await.until(
        "another run", () -> run(id).id() != first && run(id).status() == RunStatus.RUNNING);
    experiments.stop(id);
    assertEquals(RunStatus.STOPPED, awaitEnd(id).status());
  }

  @Test
  void badExperimentsAreRefused() {
    assertTrue(Refusal.of(() -> experiments.create("  ", PLAN)).contains("0 characters"));
    assertTrue(
        Refusal.of(() -> experiments.create("x".repeat(101), PLAN)).contains("101 characters"));
    assertTrue(
        Refusal.of(() -> experiments.create("x", PLAN.with("loss", "binary-cross-entropy")))
            .contains("can't be trained"));
    assertTrue(Refusal.of(() -> experiments.start(99)).contains("no experiment 99"));
  }
}
