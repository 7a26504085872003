package digitlab.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.compare.EngineComparison;
import digitlab.experiment.Challenge;
import digitlab.experiment.EpochRecord;
import digitlab.experiment.ExperimentQuery;
import digitlab.experiment.ExperimentQuery.Order;
import digitlab.experiment.ExperimentQuery.Show;
import digitlab.experiment.ListedExperiment;
import digitlab.experiment.Marks;
import digitlab.experiment.Run;
import digitlab.experiment.RunStatus;
import digitlab.testing.Databases;
import digitlab.testing.Refusal;
import digitlab.text.Message;
import digitlab.train.ConfusionMatrix;
import digitlab.train.TrainingPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Finding, ordering and paging, on H2 and on PostgreSQL. */
class CatalogueTest {
  private static List<String> names(List<ListedExperiment> listed) {
    return listed.stream().map(row -> row.experiment().name()).toList();
  }

  private static ExperimentQuery text(String text) {
    return ExperimentQuery.ALL.withText(text);
  }

  /** A run that is over: one epoch, this validation accuracy, this test accuracy. */
  private static Run finished(SqlExperimentStore store, long id, double validation, double test) {
    Run run = store.addRun(id);
    store.addEpoch(run.id(), new EpochRecord(1, 10, 1, 0.5, 0.4, 0.99, 100));
    store.addEpoch(run.id(), new EpochRecord(2, 20, 1, 0.5, 0.4, validation, 100));
    Run done =
        run.preparing(null, Instant.now())
            .training(
                new Run.Setup(
                    "cpu",
                    Message.of("engine.cpu", 8),
                    Message.of("engine.why.first"),
                    Message.of("data.pen-digits")))
            .tested(new Run.TestResult(test, 0.1, new ConfusionMatrix(1, new int[] {1})), "abc")
            .over(RunStatus.DONE, null, Instant.now());
    assertTrue(store.update(done));
    return done;
  }

  @ParameterizedTest
  @EnumSource
  void findsWhatIsWrittenAnywhere(Databases kind) {
    try (Database database = kind.open()) {
      SqlExperimentStore store = new SqlExperimentStore(database);
      SqlExperimentCatalogue catalogue = new SqlExperimentCatalogue(database);
      TrainingPlan plan = TrainingPlan.DEFAULT;
      long one = store.create("One 100% sure", plan);
      long two = store.create("two_2", plan.with("network", "784 → 77 tanh → 10 softmax"));
      catalogue.mark(two, new Marks(List.of("b", "Homework", "a", "a "), "it SHIFTS", true, false));
      assertEquals(List.of("two_2", "One 100% sure"), names(catalogue.page(text(""), 0, 9)));
      for (String found : List.of("TWO_", "77 tanh", "shifts", "homew", "o_2")) {
        assertEquals(List.of("two_2"), names(catalogue.page(text(found), 0, 9)), found);
        assertEquals(1, catalogue.count(text(found)));
      }
      assertEquals(List.of("One 100% sure"), names(catalogue.page(text("100%"), 0, 9)));
      assertEquals(0, catalogue.count(text("1_0")), "no wildcards");
      assertEquals(0, catalogue.count(text("'; drop table run; --")));
      ListedExperiment listed = catalogue.find(two).orElseThrow();
      assertEquals(List.of("a", "b", "Homework"), listed.marks().tags());
      assertEquals(
          List.of("Homework", "a", "b").stream().sorted().toList(),
          catalogue.tags().stream().sorted().toList());
      assertEquals(List.of("two_2"), names(catalogue.page(ExperimentQuery.ALL.withTag("a"), 0, 9)));
      catalogue.mark(two, listed.marks().describedAs(List.of("c"), "").withArchived(true));
      assertEquals(List.of("c"), catalogue.tags());
      assertEquals(List.of("One 100% sure"), names(catalogue.page(text(""), 0, 9)));
      assertEquals(1, catalogue.count(ExperimentQuery.ALL.withShow(Show.ARCHIVED)));
      catalogue.rename(one, "renamed");
      assertEquals("renamed", catalogue.find(one).orElseThrow().experiment().name());
      store.delete(two);
      assertTrue(catalogue.find(two).isEmpty());
      assertEquals(List.of(), catalogue.tags());
    }
  }

  @ParameterizedTest
  @EnumSource
  void ordersByEachColumnAndCutsPages(Databases kind) {
    try (Database database = kind.open()) {
      SqlExperimentStore store = new SqlExperimentStore(database);
      SqlExperimentCatalogue catalogue = new SqlExperimentCatalogue(database);
      List<Run> runs = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        long id = store.create("e" + i, TrainingPlan.DEFAULT);
        if (i > 0) {
          runs.add(finished(store, id, 0.9 + 0.01 * i, 0.9 - 0.01 * i));
        }
      }
      ExperimentQuery all = ExperimentQuery.ALL;
      assertEquals(
          List.of("e4", "e3", "e2", "e1", "e0"),
          names(catalogue.page(all.ordered(Order.VALIDATION, true), 0, 9)),
          "those without stand last");
      assertEquals(
          List.of("e4", "e3", "e2", "e1", "e0"),
          names(catalogue.page(all.ordered(Order.TEST, false), 0, 9)));
      assertEquals(
          List.of("e1", "e2"), names(catalogue.page(all.ordered(Order.NAME, false), 1, 2)));
      for (Order order : Order.values()) {
        assertEquals(5, catalogue.page(all.ordered(order, true), 0, 9).size(), order.toString());
      }
      assertEquals(0.92, catalogue.find(2 + firstId(catalogue)).orElseThrow().validation());
      assertNull(catalogue.find(firstId(catalogue)).orElseThrow().validation());
      assertEquals(4, catalogue.count(all.withShow(Show.DONE)));
      assertEquals(1, catalogue.count(all.withShow(Show.NEW)));
      assertEquals(0, catalogue.count(all.withShow(Show.GOING)));
      assertEquals(0, catalogue.count(all.withShow(Show.ENDED_EARLY)));
      List<Long> wanted = new ArrayList<>(runs.stream().map(Run::id).toList());
      Collections.reverse(wanted);
      wanted.add(12_345L);
      assertEquals(List.of("e4", "e3", "e2", "e1"), names(catalogue.withRuns(wanted)));
      assertEquals(List.of(), catalogue.withRuns(List.of()));
    }
  }

  private static long firstId(SqlExperimentCatalogue catalogue) {
    return catalogue.page(ExperimentQuery.ALL, 4, 1).getFirst().id();
  }

  @ParameterizedTest
  @EnumSource
  void aChallengeHidesTestResultsAndRevealsThemOnce(Databases kind) {
    try (Database database = kind.open()) {
      SqlExperimentStore store = new SqlExperimentStore(database);
      SqlExperimentCatalogue catalogue = new SqlExperimentCatalogue(database);
      SqlChallengeStore challenges = new SqlChallengeStore(database);
      long first = store.create("first", TrainingPlan.DEFAULT);
      long second = store.create("second", TrainingPlan.DEFAULT);
      long without = store.create("never started", TrainingPlan.DEFAULT);
      finished(store, first, 0.9, 0.8);
      finished(store, second, 0.95, 0.7);
      long cup = challenges.create("cup");
      for (long id : List.of(without, first, second, second)) {
        challenges.enter(cup, id);
      }
      assertEquals(List.of("second", "first", "never started"), board(challenges, cup));
      assertNull(challenges.board(cup).getFirst().test());
      Run hidden = catalogue.find(first).orElseThrow().experiment().run();
      assertTrue(hidden != null && hidden.result() == null, "hidden");
      assertEquals(
          List.of(false, false, false),
          catalogue.page(ExperimentQuery.ALL.ordered(Order.TEST, true), 0, 9).stream()
              .map(listed -> !listed.sealed())
              .toList());
      challenges.withdraw(cup, without);
      assertTrue(challenges.reveal(cup));
      assertEquals(false, challenges.reveal(cup));
      finished(store, first, 0.99, 0.99);
      challenges.enter(cup, without);
      challenges.withdraw(cup, first);
      assertEquals(List.of("second", "first"), board(challenges, cup), "as it was then");
      assertEquals(0.7, challenges.board(cup).getFirst().test());
      assertTrue(challenges.find(cup).orElseThrow().revealed() != null);
      Run shown = store.find(first).orElseThrow().run();
      assertTrue(shown != null && shown.result() != null, "no longer hidden");
      challenges.delete(cup);
      assertEquals(List.of(), challenges.list());
    }
  }

  private static List<String> board(SqlChallengeStore challenges, long challenge) {
    return challenges.board(challenge).stream().map(Challenge.Entry::name).toList();
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheNewestComparisonOfEngines(Databases kind) {
    try (Database database = kind.open()) {
      SqlEngineComparisonStore comparisons = new SqlEngineComparisonStore(database);
      long id = new SqlExperimentStore(database).create("x", TrainingPlan.DEFAULT);
      assertTrue(comparisons.newest(id).isEmpty());
      EpochRecord epoch = new EpochRecord(1, 10, 1, 0.5, null, null, 100);
      EngineComparison.Side side =
          new EngineComparison.Side(
              "cpu", Message.of("engine.cpu", 8), 2, 1.5, 1e5, List.of(epoch), 0.95, 0.1);
      EngineComparison done =
          new EngineComparison(
              side,
              side,
              List.of(new EngineComparison.Difference(1, 0, 1e-7, 2e-8)),
              10,
              10,
              false);
      comparisons.save(id, new EngineComparison(side, side, List.of(), 1, 10, true));
      comparisons.save(id, done);
      assertEquals(done, comparisons.newest(id).orElseThrow());
    }
  }

  @Test
  void tooMuchIsRefused() {
    assertTrue(
        Refusal.of(() -> new Marks(List.of("x".repeat(41)), "", false, false)).contains("Shorten"));
    assertTrue(
        Refusal.of(() -> new Marks(List.of(), "x".repeat(10_001), false, false))
            .contains("10000 are kept"));
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      many.add("tag " + i);
    }
    assertTrue(Refusal.of(() -> new Marks(many, "", false, false)).contains("at most 20"));
  }
}
