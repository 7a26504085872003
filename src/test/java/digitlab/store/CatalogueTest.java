package digitlab.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
