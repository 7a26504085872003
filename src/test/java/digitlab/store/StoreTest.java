package digitlab.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.data.StrokeGenerator;
import digitlab.datasets.DataPair;
import digitlab.datasets.OwnSet;
import digitlab.experiment.EpochRecord;
import digitlab.experiment.Experiment;
import digitlab.experiment.ModelInfo;
import digitlab.experiment.RateChange;
import digitlab.experiment.Run;
import digitlab.experiment.RunHistory;
import digitlab.experiment.RunStatus;
import digitlab.experiment.StepMetrics;
import digitlab.experiment.StepWindow;
import digitlab.math.Rng;
import digitlab.sweep.Sweep;
import digitlab.sweep.SweepSpace;
import digitlab.testing.Databases;
import digitlab.text.Message;
import digitlab.train.ConfusionMatrix;
import digitlab.train.Curve;
import digitlab.train.DataChoice;
import digitlab.train.Histogram;
import digitlab.train.LayerHealth;
import digitlab.train.Preset;
import digitlab.train.ProbeResult;
import digitlab.train.TrainingPlan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same on H2 and on PostgreSQL. */
class StoreTest {
  private static final TrainingPlan PLAN = Preset.named("keras-mlp").plan();

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  @ParameterizedTest
  @EnumSource
  void keepsExperimentsAndTheirNewestRun(Databases kind) {
    try (Database database = kind.open()) {
      SqlExperimentStore store = new SqlExperimentStore(database);
      long first = store.create("Первый опыт 'с кавычками'", PLAN);
      long second = store.create("second", TrainingPlan.DEFAULT);
      Experiment found = store.find(first).orElseThrow();
      assertEquals("Первый опыт 'с кавычками'", found.name());
      assertEquals(PLAN, found.plan());
      assertNull(found.run());
      assertEquals(List.of(second, first), store.list().stream().map(Experiment::id).toList());
      assertEquals(Optional.empty(), store.find(999));

      Run old = store.addRun(first);
      Run run = store.addRun(first);
      assertTrue(run.id() > old.id());
      assertEquals(RunStatus.QUEUED, run.status());
      Run.Setup setup =
          new Run.Setup(
              "cpu",
              Message.of("engine.cpu", 16),
              Message.of("engine.why.first"),
              Message.of("data.mnist", "/data"));
      Run finished =
          run.preparing(Message.of("run.data"), now())
              .training(setup)
              .advanced(new Run.Progress(100, 200, 3, 1.5, 12_345.6))
              .tested(
                  new Run.TestResult(0.9531, 0.123, new ConfusionMatrix(2, new int[] {5, 1, 2, 7})),
                  "ab12")
              .over(RunStatus.STOPPED, Message.of("run.flat", 3), now());
      assertTrue(store.update(finished));
      Run read = store.find(first).orElseThrow().run();
      assertNotNull(read);
      Run.TestResult result = read.result();
      assertNotNull(result);
      assertEquals(0.9531, result.accuracy());
      assertArrayEquals(new int[] {5, 1, 2, 7}, result.confusion().counts());
      assertEquals(
          List.of(finished.id(), RunStatus.STOPPED, setup, finished.progress()),
          List.of(read.id(), read.status(), read.setup(), read.progress()));
      assertEquals(finished.note(), read.note());
      assertEquals("ab12", read.model());
      assertEquals(finished.started(), read.started());
      assertEquals(finished.finished(), read.finished());
      assertFalse(store.update(finished), "a run that is over stays as it is");
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsEveryStepAndEveryEpoch(Databases kind) {
    try (Database database = kind.open()) {
      SqlExperimentStore store = new SqlExperimentStore(database);
      Run run = store.addRun(store.create("x", PLAN));
      store.addSteps(run.id(), new StepMetrics(3, new float[] {0.25f}, new float[] {0.75f}));
      store.addSteps(run.id(), new StepMetrics(1, new float[] {1, 0.5f}, new float[] {0, 0.5f}));
      store.addEpoch(run.id(), new EpochRecord(2, 6, 0.1, 0.9, null, null, 1000));
      store.addEpoch(run.id(), new EpochRecord(1, 3, 0.2, 0.8, 0.3, 0.7, 900));
      RunHistory history = store.history(run.id());
      assertArrayEquals(new float[] {1, 0.5f, 0.25f}, history.loss(0, 0).mean());
      assertArrayEquals(new float[] {0, 0.5f, 0.75f}, history.accuracy(0, 0).mean());
      assertEquals(
          List.of(
              new EpochRecord(1, 3, 0.2, 0.8, 0.3, 0.7, 900),
              new EpochRecord(2, 6, 0.1, 0.9, null, null, 1000)),
          history.epochs());
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsSweepsAndTheirBestValidations(Databases kind) {
    try (Database database = kind.open()) {
      SqlExperimentStore store = new SqlExperimentStore(database);
      SqlSweepStore sweeps = new SqlSweepStore(database);
      SweepSpace space = SweepSpace.parse("random 2 seed 3 seeds 1\nrate: 0.001…1 log 5");
      long id = sweeps.create("Серия", PLAN, space);
      assertEquals(List.of(), sweeps.list(), "one without experiments is none");
      long first = store.create("first", PLAN);
      long second = store.create("second", PLAN.with("rate", 0.5));
      long stranger = store.create("stranger", PLAN);
      sweeps.add(id, first);
      sweeps.add(id, second);
      Sweep found = sweeps.find(id).orElseThrow();
      assertEquals(found, sweeps.list().getFirst());
      assertEquals(
          List.of("Серия", PLAN, space), List.of(found.name(), found.plan(), found.space()));
      Run old = store.addRun(first);
      store.addEpoch(old.id(), new EpochRecord(1, 3, 0.2, 0.8, 0.3, 0.99, 900));
      Run run = store.addRun(first);
      store.addEpoch(run.id(), new EpochRecord(1, 3, 0.2, 0.8, 0.3, 0.7, 900));
      store.addEpoch(run.id(), new EpochRecord(2, 6, 0.2, 0.8, 0.3, 0.6, 900));
      store.addEpoch(store.addRun(stranger).id(), new EpochRecord(1, 3, 0.2, 0.8, 0.3, 0.5, 900));
      assertEquals(Map.of(first, 0.7), sweeps.bestValidations(id), "of the newest run");
      assertEquals(
          List.of(first, second),
          sweeps.experiments(id).stream().map(entry -> entry.experiment().id()).toList());
      store.delete(first);
      assertEquals(1, sweeps.experiments(id).size());
      store.delete(second);
      assertEquals(List.of(), sweeps.list());
      store.purge(Duration.ofSeconds(-1));
      assertEquals(found, sweeps.find(id).orElseThrow());
      assertEquals(Optional.empty(), sweeps.find(999));
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsWhatProbesSawEvenWhereNumbersAreNone(Databases kind) {
    try (Database database = kind.open()) {
      SqlExperimentStore store = new SqlExperimentStore(database);
      Run run = store.addRun(store.create("x", PLAN));
      Histogram outputs = new Histogram(-1, 2.5, new int[] {1, 0, 70_000});
      LayerHealth healthy = new LayerHealth(0.25, 1e-3, 0.5, 0.75, true, outputs);
      LayerHealth broken =
          new LayerHealth(
              Double.POSITIVE_INFINITY, Double.NaN, 0, 0, false, new Histogram(0, 0, new int[0]));
      store.addProbe(run.id(), new ProbeResult(9, Double.NaN, 0, List.of(healthy, broken)));
      store.addProbe(run.id(), new ProbeResult(0, 9.9, 0, List.of(broken)));
      store.addProbe(run.id(), new ProbeResult(0, 2.3, 0.1, List.of(healthy, healthy)));
      List<ProbeResult> probes = store.history(run.id()).probes(0);
      assertEquals(
          List.of(0L, 9L), probes.stream().map(ProbeResult::step).toList(), "in their order");
      assertEquals(2.3, probes.getFirst().loss());
      ProbeResult last = probes.getLast();
      assertTrue(Double.isNaN(last.loss()));
      assertEquals(1, last.firstBroken());
      LayerHealth first = last.layers().getFirst();
      assertEquals(
          List.of(0.25, 1e-3, 0.5, 0.75),
          List.of(first.gradient(), first.update(), first.dead(), first.saturated()));
      assertArrayEquals(outputs.counts(), first.outputs().counts());
      assertEquals(2.5, first.outputs().high());
      assertEquals(Double.POSITIVE_INFINITY, last.layers().getLast().gradient());
      assertTrue(Double.isNaN(last.layers().getLast().update()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesASpanOfStepsInFullDetail(Databases kind) {
    try (Database database = kind.open()) {
      SqlExperimentStore store = new SqlExperimentStore(database);
      Run run = store.addRun(store.create("x", PLAN));
      for (int first = 1; first <= 4000; first += 1000) {
        float[] losses = new float[1000];
        for (int i = 0; i < losses.length; i++) {
          losses[i] = first + i; // each step's loss is its number
        }
        store.addSteps(run.id(), new StepMetrics(first, losses, new float[1000]));
      }
      assertTrue(store.history(run.id()).loss(0, 0).width() > 1, "thinned out");
      StepWindow window = store.steps(run.id(), 990, 2010);
      assertEquals(990, window.firstStep());
      assertEquals(1, window.loss().width());
      assertEquals(1021, window.loss().mean().length);
      assertEquals(990, window.loss().mean()[0]);
      assertEquals(2010, window.loss().mean()[1020]);
      assertEquals(0, store.steps(run.id(), 9000, 9999).loss().mean().length);
    }
  }

  /** Read from its thinned curve, a run looks as if all its steps were read. */
  @ParameterizedTest
  @EnumSource
  void longCurvesAreKeptThinnedOut(Databases kind) {
    try (Database database = kind.open()) {
      SqlExperimentStore store = new SqlExperimentStore(database);
      SqlCheckpointStore checkpoints = new SqlCheckpointStore(database);
      Run run = store.addRun(store.create("long", PLAN));
      RunHistory all = new RunHistory();
      Rng rng = new Rng(1);
      for (int row = 0; row < 45; row++) {
        StepMetrics steps =
            new StepMetrics(row * 3001L + 1, numbers(rng, 3001), numbers(rng, 3001));
        all.addSteps(steps);
        store.addSteps(run.id(), steps);
      }
      long steps = 45 * 3001;
      assertTrue(
          store.update(
              run.advanced(new Run.Progress(steps, steps, 1, 1, 1))
                  .over(RunStatus.STOPPED, null, now())));
      store.thinOutAll();
      assertEquals(1, rows(database, "run_curve"));
      assertSameCurves(all, store.history(run.id()));
      StepMetrics more = new StepMetrics(steps + 1, numbers(rng, 9000), numbers(rng, 9000));
      all.addSteps(more);
      store.addSteps(run.id(), more);
      store.thinOut(run.id());
      assertSameCurves(all, store.history(run.id()));
      assertTrue(checkpointed(database, run.id(), 3001));
      assertTrue(checkpoints.reopen(run.id()));
      assertEquals(0, rows(database, "run_curve"), "what comes again is gone");
      assertEquals(750, store.history(run.id()).loss(0, 0).mean().length);
    }
  }

  private static boolean checkpointed(Database database, long run, long step) {
    return database
            .jdbi()
            .withHandle(
                handle ->
                    handle.execute(
                        "insert into checkpoint (run_id, step, state) values (?, ?, ?)",
                        run,
                        step,
                        new byte[1]))
        == 1;
  }

  private static int rows(Database database, String table) {
    return database
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("select count(*) from " + table).mapTo(int.class).one());
  }

  private static float[] numbers(Rng rng, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = rng.nextFloat();
    }
    return numbers;
  }

  private static void assertSameCurves(RunHistory expected, RunHistory history) {
    assertSame(expected.loss(0, 0), history.loss(0, 0));
    assertSame(expected.accuracy(0, 0), history.accuracy(0, 0));
  }

  private static void assertSame(Curve.Part expected, Curve.Part part) {
    assertEquals(expected.width(), part.width());
    assertArrayEquals(expected.mean(), part.mean());
    assertArrayEquals(expected.least(), part.least());
    assertArrayEquals(expected.most(), part.most());
  }

  @ParameterizedTest
  @EnumSource
  void deletesWithAWayBack(Databases kind) {
    try (Database database = kind.open()) {
      SqlExperimentStore store = new SqlExperimentStore(database);
      long id = store.create("x", PLAN);
      Run run = store.addRun(id);
      store.addSteps(run.id(), new StepMetrics(1, new float[1], new float[1]));
      store.delete(id);
      assertEquals(List.of(), store.list());
      assertEquals(Optional.empty(), store.find(id));
      store.purge(Duration.ofDays(1));
      store.restore(id);
      assertEquals(1, store.list().size());
      store.delete(id);
      store.purge(Duration.ofSeconds(-1));
      store.restore(id);
      assertEquals(List.of(), store.list(), "purged for good");
    }
  }

  @ParameterizedTest
  @EnumSource
  void runsOfASilentServerAreTakenOverAndItCanNotWriteToThemAnyMore(Databases kind) {
    try (Database database = kind.open()) {
      SqlExperimentStore dead = new SqlExperimentStore(database, "dead");
      SqlExperimentStore alive = new SqlExperimentStore(database, "alive");
      SqlCheckpointStore heir = new SqlCheckpointStore(database, "alive");
      long queued = dead.create("queued", PLAN);
      long paused = dead.create("paused", PLAN);
      long running = dead.create("running", PLAN);
      long deleted = dead.create("deleted", PLAN);
      dead.addRun(queued);
      dead.addRun(deleted);
      dead.delete(deleted);
      assertTrue(dead.update(dead.addRun(paused).in(RunStatus.PAUSED)));
      Run run = dead.addRun(running).preparing(null, now());
      assertTrue(dead.update(run.advanced(new Run.Progress(6, 9, 2, 30, 9))));
      dead.addEpoch(run.id(), new EpochRecord(1, 3, 0.2, 0.8, 0.3, 0.7, 900));
      dead.addEpoch(run.id(), new EpochRecord(2, 6, 0.2, 0.8, 0.3, 0.7, 900));
      dead.addSteps(run.id(), new StepMetrics(1, new float[4], new float[4]));
      dead.addSteps(run.id(), new StepMetrics(5, new float[2], new float[2]));
      assertTrue(new SqlCheckpointStore(database, "dead").save(run.id(), 4, new byte[1]));
      Run done = dead.addRun(dead.create("done", PLAN));
      assertTrue(dead.update(done.over(RunStatus.DONE, null, now())));

      assertEquals(List.of(), heir.takeOver(Duration.ofMinutes(1)), "it may still be alive");
      assertFalse(alive.update(run), "another server's run");
      assertEquals(
          List.of(running, queued, paused),
          heir.takeOver(Duration.ZERO),
          "what trained goes first");
      assertEquals(
          List.of(RunStatus.DONE, RunStatus.QUEUED, RunStatus.PAUSED, RunStatus.QUEUED),
          alive.list().stream().map(experiment -> status(experiment)).toList());
      Run heirs = alive.find(running).orElseThrow().run();
      assertNotNull(heirs);
      assertEquals(
          new Run.Progress(4, 9, 1, 20, 9), heirs.progress(), "back where its checkpoint is");

      assertFalse(dead.update(run), "it came too late");
      dead.release(run);
      dead.addSteps(run.id(), new StepMetrics(5, new float[9], new float[9]));
      dead.addEpoch(run.id(), new EpochRecord(2, 9, 0, 0, 0.0, 0.0, 0));
      dead.addRate(run.id(), new RateChange(5, 9));
      dead.addProbe(run.id(), new ProbeResult(5, 0, 0, List.of()));
      RunHistory history = alive.history(run.id());
      assertEquals(4, history.loss(0, 0).mean().length);
      assertEquals(1, history.epochs().size());
      assertEquals(List.of(), history.rates());
      assertEquals(List.of(), history.probes(0));
      dead.heartbeat(List.of(run.id()));
      dead.heartbeat(List.of());
      assertTrue(alive.update(heirs), "still its heir's");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRunThatIsReleasedNeedNotFallSilentFirst(Databases kind) {
    try (Database database = kind.open()) {
      SqlExperimentStore ending = new SqlExperimentStore(database, "ending");
      SqlCheckpointStore other = new SqlCheckpointStore(database, "other");
      long id = ending.create("x", PLAN);
      Run run = ending.addRun(id);
      ending.release(run.advanced(new Run.Progress(0, 9, 0, 0, 0)));
      assertEquals(List.of(id), other.takeOver(Duration.ofDays(1)));
      assertFalse(ending.update(run));
    }
  }

  /** It may be the run that brings the servers down. */
  @ParameterizedTest
  @EnumSource
  void aRunThatDoesNotGetOnIsGivenUp(Databases kind) {
    try (Database database = kind.open()) {
      SqlExperimentStore store = new SqlExperimentStore(database);
      SqlCheckpointStore checkpoints = new SqlCheckpointStore(database);
      long id = store.create("deadly", PLAN);
      Run run = store.addRun(id);
      for (int crash = 1; crash <= 2; crash++) {
        assertTrue(store.update(run.preparing(null, now())));
        assertEquals(List.of(id), checkpoints.takeOver(Duration.ZERO));
        assertEquals(RunStatus.QUEUED, status(store.find(id).orElseThrow()));
      }
      assertTrue(store.update(run.preparing(null, now())));
      assertTrue(checkpoints.save(run.id(), 1, new byte[1]), "it got on");
      for (int crash = 1; crash <= 3; crash++) {
        assertTrue(store.update(run.preparing(null, now())));
        assertEquals(List.of(id), checkpoints.takeOver(Duration.ZERO));
      }
      Run ended = store.find(id).orElseThrow().run();
      assertNotNull(ended);
      assertEquals(RunStatus.INTERRUPTED, ended.status());
      assertEquals(Message.of("run.interrupted", 3), ended.note());
      assertEquals(List.of(), checkpoints.takeOver(Duration.ZERO));
      assertTrue(checkpoints.reopen(run.id()), "a person may try");
    }
  }

  /** As large as the Adam of a network of 784-2500-2000-1500-1000-500-10. */
  @ParameterizedTest
  @EnumSource
  void aRunGoesOnFromItsNewestCheckpointWithWhoeverTakesIt(Databases kind) {
    try (Database database = kind.open()) {
      SqlExperimentStore store = new SqlExperimentStore(database, "one");
      SqlCheckpointStore checkpoints = new SqlCheckpointStore(database, "one");
      SqlCheckpointStore others = new SqlCheckpointStore(database, "other");
      Run run = store.addRun(store.create("x", PLAN)).preparing(null, now());
      assertTrue(store.update(run));
      assertEquals(OptionalLong.empty(), checkpoints.step(run.id()));
      assertTrue(checkpoints.save(run.id(), 1, new byte[3]));
      byte[] large = new byte[144_000_000];
      large[large.length - 1] = 7;
      assertTrue(checkpoints.save(run.id(), 4, large));
      assertFalse(others.save(run.id(), 5, new byte[1]), "not theirs");
      assertFalse(others.reopen(run.id()), "it is going on");
      assertArrayEquals(large, checkpoints.find(run.id()).orElseThrow());
      store.addSteps(run.id(), new StepMetrics(1, new float[4], new float[4]));
      store.addSteps(run.id(), new StepMetrics(5, new float[2], new float[2]));
      store.addEpoch(run.id(), new EpochRecord(1, 4, 0.2, 0.8, 0.3, 0.7, 900));
      store.addEpoch(run.id(), new EpochRecord(2, 6, 0.2, 0.8, 0.3, 0.7, 900));
      store.addRate(run.id(), new RateChange(3, 0.1));
      store.addRate(run.id(), new RateChange(5, 0.3));
      store.addRate(run.id(), new RateChange(5, 0.2));
      store.addRate(run.id(), new RateChange(6, 0.01));
      assertEquals(3, store.history(run.id()).rates().size());
      assertTrue(store.update(run.in(RunStatus.PAUSED)));
      assertFalse(others.reopen(run.id()), "a pause is no end");
      assertTrue(store.update(run.over(RunStatus.STOPPED, null, now())));
      assertFalse(checkpoints.save(run.id(), 6, new byte[1]), "it is over");
      assertTrue(others.reopen(run.id()));
      assertFalse(checkpoints.reopen(run.id()), "somebody else was quicker");
      assertFalse(store.update(run));
      RunHistory history = store.history(run.id());
      assertEquals(4, history.loss(0, 0).mean().length, "what comes again is gone");
      assertEquals(1, history.epochs().size());
      assertEquals(List.of(new RateChange(3, 0.1), new RateChange(5, 0.2)), history.rates());
      checkpoints.delete(run.id());
      assertEquals(Optional.empty(), checkpoints.find(run.id()));
    }
  }

  private static RunStatus status(Experiment experiment) {
    Run run = experiment.run();
    assertNotNull(run);
    return run.status();
  }

  @ParameterizedTest
  @EnumSource
  void keepsModelsAndWhichOfThemAreOffered(Databases kind) {
    try (Database database = kind.open()) {
      SqlModelStore models = new SqlModelStore(database);
      byte[] file = "a network".getBytes(StandardCharsets.UTF_8);
      ModelInfo info = new ModelInfo("f00d", "моя сеть", "784 → 10 softmax");
      models.save(info, file);
      models.save(new ModelInfo("f00d", "again", "x"), new byte[0]);
      assertArrayEquals(file, models.file("f00d").orElseThrow());
      assertEquals(Optional.empty(), models.file("beef"));
      assertFalse(models.isPublished("f00d"));
      models.publish("f00d", true);
      assertTrue(models.isPublished("f00d"));
      assertEquals(List.of(info), models.published());
      models.publish("f00d", false);
      assertEquals(List.of(), models.published());
    }
  }

  /** As large as a network of 784-2500-2000-1500-1000-500-10. */
  @ParameterizedTest
  @EnumSource
  void keepsLargeModels(Databases kind) {
    try (Database database = kind.open()) {
      SqlModelStore models = new SqlModelStore(database);
      byte[] file = new byte[48_000_000];
      file[file.length - 1] = 7;
      models.save(new ModelInfo("b16", "large", "x"), file);
      assertArrayEquals(file, models.file("b16").orElseThrow());
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsDataSetsWholeAndByTheirNames(Databases kind) {
    try (Database database = kind.open()) {
      SqlOwnSetStore sets = new SqlOwnSetStore(database);
      DataPair digits =
          new DataPair(
              new StrokeGenerator(1).dataset(30),
              new StrokeGenerator(2).dataset(20),
              Message.of("data.pen-digits"));
      assertTrue(sets.save("мои-цифры", digits));
      assertFalse(
          sets.save("мои-цифры", new DataPair(digits.test(), digits.test(), digits.origin())));
      OwnSet facts = sets.find("мои-цифры").orElseThrow();
      assertEquals(List.of(facts), sets.list());
      assertEquals(List.of(28, 28, 10, 30, 20), numbers(facts));
      assertEquals(DataChoice.own("мои-цифры"), facts.choice());
      DataPair read = sets.read("мои-цифры").orElseThrow();
      assertArrayEquals(digits.training().images().pixels(), read.training().images().pixels());
      assertArrayEquals(digits.training().images().labels(), read.training().images().labels());
      assertArrayEquals(digits.test().images().pixels(), read.test().images().pixels());
      assertArrayEquals(digits.test().images().labels(), read.test().images().labels());
      sets.delete("мои-цифры");
      assertEquals(Optional.empty(), sets.find("мои-цифры"));
      assertTrue(sets.read("мои-цифры").isEmpty());
      assertTrue(sets.save("мои-цифры", digits), "the name is free again");
    }
  }

  private static List<Integer> numbers(OwnSet set) {
    return List.of(set.width(), set.height(), set.classes(), set.training(), set.test());
  }

  @ParameterizedTest
  @EnumSource
  void keepsSettings(Databases kind) {
    try (Database database = kind.open()) {
      SqlSettingStore settings = new SqlSettingStore(database);
      assertEquals(Optional.empty(), settings.get("a"));
      settings.put("a", "1");
      settings.put("a", "2");
      assertEquals(Optional.of("2"), settings.get("a"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everythingIsThereAfterARestart(Databases kind) {
    String url = kind.newUrl();
    try (Database database = Database.open(url)) {
      assertEquals(kind == Databases.H2, database.isExclusive());
      assertTrue(new SqlExperimentStore(database).create("kept", PLAN) > 0);
    }
    try (Database database = Database.open(url)) {
      assertEquals(
          List.of("kept"),
          new SqlExperimentStore(database).list().stream().map(Experiment::name).toList());
    }
  }

  @Test
  void aDatabaseThatCanNotBeUsedIsExplained() {
    String unreachable =
        assertThrows(
                DatabaseException.class,
                () -> Database.open("jdbc:postgresql://127.0.0.1:1/x?user=u&password=secret"))
            .getMessage();
    assertTrue(String.valueOf(unreachable).contains("Check the address"), unreachable);
    assertFalse(String.valueOf(unreachable).contains("secret"), unreachable);
    String other =
        assertThrows(DatabaseException.class, () -> Database.open("jdbc:mysql://x")).getMessage();
    assertTrue(String.valueOf(other).contains("neither H2 nor PostgreSQL"), other);
  }
}
