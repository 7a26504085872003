package digitlab.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.datasets.DataLibrary;
import digitlab.datasets.MnistDownload;
import digitlab.engine.EngineProvider;
import digitlab.engine.Engines;
import digitlab.engine.cuda.CudaEngines;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentService;
import digitlab.experiment.LiveRuns;
import digitlab.experiment.Run;
import digitlab.experiment.RunStatus;
import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import digitlab.store.Database;
import digitlab.store.SqlCheckpointStore;
import digitlab.store.SqlExperimentStore;
import digitlab.store.SqlModelStore;
import digitlab.testing.Await;
import digitlab.testing.Databases;
import digitlab.testing.IdxFolders;
import digitlab.testing.SimulatedCard;
import digitlab.testing.SimulatedCuda;
import digitlab.text.Message;
import digitlab.train.PlanText;
import digitlab.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments of a server with a card: two at a time, stopped, and when the card fails. */
class CudaQueueTest {
  private static final TrainingPlan PLAN =
      PlanText.parse("network 784 → 16 relu → 10 softmax; batch 10; epochs 3; rate 0.003");
  private static final TrainingPlan ENDLESS = PLAN.with("epochs", 10_000);

  @TempDir private Path folder;
  private SimulatedCard card;
  private Database database;
  private LiveRuns live;
  private TrainingQueue queue;
  private ExperimentService experiments;

  @BeforeEach
  void start() throws IOException {
    card = SimulatedCard.open(SimulatedCuda.Checks.FEW);
    IdxFolders.write(folder, 400, 100);
    database = Databases.H2.open();
    SqlExperimentStore store = new SqlExperimentStore(database);
    SqlModelStore models = new SqlModelStore(database);
    SqlCheckpointStore checkpoints = new SqlCheckpointStore(database);
    live = new LiveRuns();
    EngineProvider reference = Engines.all().named("reference");
    queue =
        new TrainingQueue(
            store,
            models,
            checkpoints,
            new Engines(List.of(CudaEngines.on(card), reference)),
            new DataLibrary(folder, folder, new MnistDownload()),
            live,
            2,
            1);
    experiments = new ExperimentService(store, models, checkpoints, queue, live);
  }

  @AfterEach
  void stop() {
    queue.close();
    live.close();
    database.close();
    assertEquals(0, card.live(), "left on the card");
    card.close();
  }

  private long start(String name, TrainingPlan plan) {
    long id = experiments.create(name, plan);
    experiments.start(id);
    return id;
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

  private static String engine(Run run) {
    Run.Setup setup = run.setup();
    assertNotNull(setup);
    return setup.engine();
  }

  @Test
  void twoTrainAtTheSameTimeOnOneCard() {
    long first = start("first", PLAN);
    long second = start("second", PLAN.with("network", "784 → 200 relu → 10 softmax"));
    for (Run run : List.of(awaitEnd(first), awaitEnd(second))) {
      assertEquals(RunStatus.DONE, run.status());
      assertEquals("cuda", engine(run));
      Run.Setup setup = run.setup();
      assertNotNull(setup);
      String text = Messages.in(Language.ENGLISH).get(setup.engineDescription());
      assertTrue(text.contains("Simulated GPU"), text);
      Run.TestResult result = run.result();
      assertNotNull(result);
      assertTrue(result.accuracy() > 0.4, "only " + result.accuracy());
    }
  }

  /** More than share the processors: networks of one block have the card at the same time. */
  @Test
  void smallNetworksShareTheCard() {
    List<Long> all = new ArrayList<>();
    for (int seed = 1; seed <= 5; seed++) {
      all.add(start("seed " + seed, ENDLESS.with("seed", seed)));
    }
    Await.until(
        "all to train at once",
        () -> all.stream().allMatch(id -> experiments.beside(run(id)) == 4));
    experiments.pause(all.getFirst());
    Await.until("a pause", () -> run(all.getFirst()).status() == RunStatus.PAUSED);
    experiments.setRate(all.getLast(), 0.01);
    long seen = run(all.getLast()).progress().steps();
    Await.until("others to go on", () -> run(all.getLast()).progress().steps() > seen);
    assertEquals(3, experiments.beside(run(all.getLast())));
    all.forEach(experiments::stop);
    all.forEach(id -> assertEquals(RunStatus.STOPPED, awaitEnd(id).status()));
  }

  /** What fills the card, or the processors, waits as before. */
  @Test
  void largeNetworksWaitForTheirTurn() {
    TrainingPlan large = ENDLESS.with("network", "784 → 200 relu → 10 softmax");
    List<Long> all = List.of(start("a", large), start("b", large), start("c", large));
    Await.until(
        "two to train",
        () -> all.stream().filter(id -> run(id).status() == RunStatus.RUNNING).count() == 2);
    assertEquals(1, experiments.queuePosition(run(all.getLast())));
    all.forEach(experiments::stop);
    all.forEach(this::awaitEnd);
  }

  @Test
  void aRunThatIsStoppedLeavesTheCardEmpty() {
    long id = start("endless", ENDLESS);
    Await.until("steps to be seen", () -> run(id).progress().steps() > 0);
    assertTrue(card.live() > 0);
    experiments.stop(id);
    Run run = awaitEnd(id);
    assertEquals(RunStatus.STOPPED, run.status());
    assertNotNull(run.model());
    Await.until("the card to be empty", () -> card.live() == 0);
  }

  /** The run is marked with the reason; the next one goes to the CPU, and says why. */
  @Test
  void aCardThatFailsInTheMiddleTakesNobodyWithIt() {
    long id = start("unlucky", ENDLESS);
    Await.until("steps to be seen", () -> run(id).progress().steps() > 0);
    card.fail("kernel@3=719");
    Run run = awaitEnd(id);
    assertEquals(RunStatus.FAILED, run.status());
    Message note = run.note();
    assertNotNull(note);
    assertEquals("engine.cuda.failed", note.key());
    String text = Messages.in(Language.ENGLISH).get(note);
    assertTrue(text.contains("CUDA_ERROR_LAUNCH_FAILED"), text);
    card.reset();
    Run next = awaitEnd(start("next", PLAN));
    assertEquals(RunStatus.DONE, next.status());
    assertEquals("reference", engine(next));
  }

  /** A network that is too large fails alone: the card goes on. */
  @Test
  void memoryThatRunsOutFailsOneRun() {
    card.configure("memory=60000000");
    Run run = awaitEnd(start("large", PLAN.with("network", "784 → 16000 relu → 10 softmax")));
    assertEquals(RunStatus.FAILED, run.status());
    Message note = run.note();
    assertNotNull(note);
    assertEquals("engine.cuda.memory", note.key());
    Run next = awaitEnd(start("small", PLAN));
    assertEquals(RunStatus.DONE, next.status());
    assertEquals("cuda", engine(next));
  }
}
