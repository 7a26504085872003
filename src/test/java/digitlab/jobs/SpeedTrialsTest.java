package digitlab.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.engine.Engines;
import digitlab.experiment.Run;
import digitlab.experiment.RunStatus;
import digitlab.experiment.SpeedGuide;
import digitlab.net.NetworkSpec;
import digitlab.store.Database;
import digitlab.store.SqlExperimentStore;
import digitlab.testing.Databases;
import digitlab.text.Message;
import digitlab.train.Preset;
import digitlab.train.TrainingPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SpeedTrialsTest {
  private static final TrainingPlan PLAN = Preset.named("3b1b").plan();

  @Test
  void triesEveryEngineOnceAndBelievesEarlierRunsMore() throws InterruptedException {
    try (Database database = Databases.H2.open()) {
      SqlExperimentStore store = new SqlExperimentStore(database);
      Run run = store.addRun(store.create("earlier", PLAN.with("seed", 9).with("epochs", 3)));
      Message some = Message.of("engine.why.first");
      assertTrue(
          store.update(
              run.training(new Run.Setup("cpu", some, some, some))
                  .advanced(new Run.Progress(9, 9, 3, 1, 12_345))
                  .over(RunStatus.DONE, null, Instant.now())));
      try (SpeedTrials trials = new SpeedTrials(store, Engines.all(), 1)) {
        List<SpeedGuide.Speed> speeds = ask(trials, PLAN);
        assertTrue(speeds.contains(new SpeedGuide.Speed("cpu", 12_345, true)), speeds.toString());
        SpeedGuide.Speed reference = of("reference", speeds);
        assertFalse(reference.fromRuns());
        assertTrue(reference.samplesPerSecond() > 500, reference.toString());
        assertEquals(speeds, ask(trials, PLAN), "it is remembered");
        SpeedGuide.Speed fresh = of("cpu", ask(trials, PLAN.with("batch", 11)));
        assertFalse(fresh.fromRuns(), "another batch is other work");
      }
    }
  }

  private static SpeedGuide.Speed of(String engine, List<SpeedGuide.Speed> speeds) {
    return speeds.stream().filter(speed -> speed.engine().equals(engine)).findFirst().orElseThrow();
  }

  /** What is known once the trials are through. */
  private static List<SpeedGuide.Speed> ask(SpeedTrials trials, TrainingPlan plan)
      throws InterruptedException {
    AtomicReference<List<SpeedGuide.Speed>> last = new AtomicReference<>(List.of());
    trials.ask(plan, () -> true, last::set);
    CountDownLatch through = new CountDownLatch(1);
    List<String> asked = new ArrayList<>();
    trials.ask(
        plan,
        () -> {
          asked.add("wanted?");
          through.countDown();
          return false;
        },
        _ -> asked.add("an answer nobody wants"));
    assertTrue(through.await(1, TimeUnit.MINUTES));
    assertEquals(List.of("wanted?"), asked);
    return Objects.requireNonNull(last.get());
  }

  @Test
  void largeNetworksAreTriedWithFewerNeurons() {
    NetworkSpec ciresan = Preset.named("ciresan").plan().network();
    NetworkSpec tried = SpeedTrials.smaller(ciresan);
    assertTrue(tried.parameterCount() < 2_000_000 && tried.parameterCount() > 1_000_000);
    assertEquals(ciresan.layers().size(), tried.layers().size());
    assertEquals(PLAN.network(), SpeedTrials.smaller(PLAN.network()));
    NetworkSpec flat = NetworkSpec.parse("16384 → 1000 softmax");
    assertEquals(flat.layers(), SpeedTrials.smaller(flat).layers(), "nothing can be left out");
  }
}
