package digitlab.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.compare.EngineComparison;
import digitlab.compare.EngineComparison.Difference;
import digitlab.data.StrokeGenerator;
import digitlab.datasets.DataPair;
import digitlab.engine.EngineProvider;
import digitlab.engine.Engines;
import digitlab.text.Message;
import digitlab.train.PlanText;
import digitlab.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Engines that need no library: the vectorised one and plain Java. */
class ComparisonJobTest {
  private static final TrainingPlan PLAN =
      PlanText.parse(
          "network 784 → 12 tanh → 10 softmax; batch 10; epochs 3; rate 0.01; optimizer sgd; validation 0.2");
  private static final DataPair DATA =
      new DataPair(
          new StrokeGenerator(1).dataset(250),
          new StrokeGenerator(2).dataset(50),
          Message.of("data.pen-digits"));

  private final List<EngineComparison> told = new ArrayList<>();

  private Optional<EngineComparison> compare(
      TrainingPlan plan, String ours, String theirs, int turns) {
    return new ComparisonJob(plan, DATA, 2, () -> false, told::add)
        .run(engine(ours), engine(theirs), () -> told.size() >= turns);
  }

  private static EngineProvider engine(String name) {
    return Engines.all().named(name);
  }

  @Test
  void bothLearnTheSameFromTheSame() {
    EngineComparison done = compare(PLAN, "cpu", "reference", 100).orElseThrow();
    assertTrue(done.isDone());
    assertEquals(
        List.of(1L, 2L, 5L, 10L, 20L, 40L, 60L),
        done.differences().stream().limit(7).map(Difference::step).toList().subList(0, 7));
    assertEquals(60, done.steps());
    assertEquals(
        List.of(3, 3), List.of(done.ours().epochs().size(), done.theirs().epochs().size()));
    assertTrue(done.differences().getFirst().largest() < 1e-6, done.differences().toString());
    assertTrue(done.differences().getLast().relative() < 1e-4, done.differences().toString());
    assertEquals(done.ours().testAccuracy(), done.theirs().testAccuracy());
    assertTrue(done.ours().imagesPerSecond() > 0 && done.theirs().seconds() > 0);
  }

  @Test
  void anEngineDoesNotDifferFromItself() {
    EngineComparison done = compare(PLAN, "reference", "reference", 100).orElseThrow();
    assertTrue(done.differences().stream().allMatch(difference -> difference.largest() == 0));
  }

  @Test
  void itIsStoppedAndKeepsNothing() {
    assertTrue(compare(PLAN, "cpu", "reference", 3).isEmpty());
    assertEquals(3, told.size());
    assertTrue(!told.getLast().isDone());
  }

  @Test
  void aTrainingThatDivergesSaysSo() {
    TrainingPlan wild =
        PLAN.with("network", "784 → 16 identity → 10 identity")
            .with("loss", "mse")
            .with("rate", 900);
    ComparisonJob.DivergedException e =
        assertThrows(
            ComparisonJob.DivergedException.class, () -> compare(wild, "cpu", "reference", 100));
    assertEquals("run.diverged", e.why().key());
  }
}
