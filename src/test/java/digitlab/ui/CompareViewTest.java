package digitlab.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.QueryParameters;
import digitlab.experiment.Run;
import digitlab.i18n.Language;
import digitlab.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CompareViewTest extends LabTest {
  private static final TrainingPlan VALIDATED = QUICK.with("validation", 0.2);
  private static final TrainingPlan LAZY = VALIDATED.with("rate", 0.00001);

  /** Trains a plan with these seeds. Returns the runs. */
  private List<Long> train(String name, TrainingPlan plan, int... seeds) {
    List<Long> runs = new ArrayList<>();
    for (int seed : seeds) {
      long id = experiments.create(name + " " + seed, plan.with("seed", seed));
      experiments.start(id);
      runs.add(awaitEnd(id).id());
    }
    return runs;
  }

  private CompareView open(List<Long> runs) {
    return open(runs.stream().map(String::valueOf).collect(Collectors.joining(",")));
  }

  private CompareView open(String runs) {
    UI.getCurrent().navigate(CompareView.class, QueryParameters.simple(Map.of("runs", runs)));
    return (CompareView) getCurrentView();
  }

  private String verdict(String which) {
    return find(Paragraph.class).withId("verdict-" + which).single().getText();
  }

  @Test
  void seedsOfOnePlanAreOneRowAndAPlanThatLearnsIsFoundBetter() {
    List<Long> runs = new ArrayList<>(train("good", VALIDATED, 1, 2, 3));
    runs.addAll(train("lazy", LAZY, 1, 2, 3));
    CompareView view = open(runs);
    String text = text(view);
    assertTrue(text.contains("good 1 (3 seeds)"), text);
    assertTrue(text.contains("lazy 1 (3 seeds)"), text);
    assertTrue(text.contains("±"), text);
    assertTrue(
        verdict("validation").contains("“good 1 (3 seeds)” is better by"), verdict("validation"));
    assertTrue(verdict("test").contains("as 3 seeds show"), verdict("test"));
    assertTrue(text.contains("Learning rate 0.003 0.00001"), text);
    awaitView("the digits", () -> text(view).contains("the first is better"));
    assertTrue(text(view).contains("Of 100 test digits"), text(view));
  }

  @Test
  void equalPlansAreNotSaidToDiffer() {
    List<Long> runs = new ArrayList<>(train("one", VALIDATED, 1, 2));
    runs.addAll(train("other", VALIDATED.with("batch", 11), 1, 2));
    open(runs);
    assertTrue(verdict("test").contains("no difference can be seen with 2 seeds"), verdict("test"));
  }

  @Test
  void oneSeedSaysNothingAndOtherSeedsAreNotPaired() {
    List<Long> runs = new ArrayList<>(train("one", VALIDATED, 1));
    runs.addAll(train("other", LAZY, 1));
    CompareView view = open(runs);
    assertTrue(verdict("test").contains("says nothing about chance"), verdict("test"));
    List<Long> unlike = new ArrayList<>(runs.subList(0, 1));
    unlike.addAll(train("third", LAZY, 9));
    assertTrue(text(open(unlike)).contains("share no seed"), text(view));
  }

  @Test
  void choosingInTheListLeadsHere() {
    train("one", QUICK, 1);
    train("two", QUICK, 2);
    navigate(ExperimentsView.class);
    awaitView("two rows", () -> find(Grid.class).exists());
    Grid<?> grid = find(Grid.class).single();
    selectAll(grid);
    test(find(Button.class).withId("compare").single()).click();
    assertInstanceOf(CompareView.class, getCurrentView());
    assertTrue(text((CompareView) getCurrentView()).contains("(2 seeds)"));
  }

  private static <T> void selectAll(Grid<T> grid) {
    grid.getLazyDataView().getItems().forEach(grid::select);
  }

  @Test
  void aBadAddressIsSaidToBeOne() {
    assertTrue(text(open("")).contains("Nothing is chosen"));
    Run run = awaitEnd(start("only"));
    String text = text(open(run.id() + ",x,<script>,999," + run.id()));
    assertTrue(text.contains("Not shown: 3"), text);
    assertTrue(text.contains("only"), text);
    assertFalse(find(Select.class).withId("compare-first").exists(), "nothing to pair");
    assertTrue(text(open("1,".repeat(500))).contains("only"), "each once");
  }

  private long start(String name) {
    long id = experiments.create(name, QUICK);
    experiments.start(id);
    return id;
  }

  @Test
  void followsARunThatIsGoingOn() {
    long id =
        experiments.create(
            "long", VALIDATED.with("network", "784 → 16 relu → 10 softmax").with("epochs", 10_000));
    experiments.start(id);
    Run run = experiments.find(id).orElseThrow().run();
    assertTrue(run != null);
    CompareView view = open(List.of(run.id()));
    awaitView("a first figure", () -> text(view).contains("%"));
    String before = text(view);
    awaitView("another", () -> !text(view).equals(before));
    experiments.stop(id);
    awaitEnd(id);
  }

  @Test
  void speaksRussian() {
    List<Long> runs = new ArrayList<>(train("один", VALIDATED, 1, 2));
    runs.addAll(train("другой", LAZY, 1, 2));
    speak(Language.RUSSIAN);
    CompareView view = open(runs);
    assertEquals("Сравнение · Digit Lab", view.getPageTitle());
    assertTrue(text(view).contains("Чем отличаются планы"), text(view));
    assertTrue(verdict("test").startsWith("На тестовых изображениях: "), verdict("test"));
  }
}
