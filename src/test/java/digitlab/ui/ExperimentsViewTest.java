package digitlab.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import digitlab.experiment.Experiment;
import digitlab.i18n.Language;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExperimentsViewTest extends LabTest {
  @SuppressWarnings("unchecked")
  private Grid<Experiment> grid() {
    return find(Grid.class).single();
  }

  /** The first page is this view already, so it is the news that bring the rows. */
  private ExperimentsView open(int rows) {
    ExperimentsView view = navigate(ExperimentsView.class);
    awaitView(rows + " rows", () -> find(Grid.class).exists() && test(grid()).size() == rows);
    return view;
  }

  @Test
  void withoutExperimentsItSaysHowToBegin() {
    ExperimentsView view = navigate(ExperimentsView.class);
    assertTrue(text(view).contains("Begin with a preset"));
    assertFalse(find(Grid.class).exists());
    test(find(Button.class).withId("new").single()).click();
    assertInstanceOf(NewExperimentView.class, getCurrentView());
  }

  @Test
  void listsTheNewestFirstAndFollowsThem() {
    long first = experiments.create("first", QUICK);
    experiments.create("second", QUICK);
    open(2);
    assertEquals("second", test(grid()).getRow(0).name());
    assertEquals("–", test(grid()).getCellText(1, 2));
    experiments.start(first);
    double accuracy = resultOf(first);
    awaitView(
        "the accuracy to appear",
        () -> test(grid()).getCellText(1, 2).equals(Texts.percent(accuracy)));
    experiments.create("third", QUICK);
    awaitView("the new one to appear", () -> test(grid()).size() == 3);
  }

  private double resultOf(long id) {
    var result = awaitEnd(id).result();
    assertTrue(result != null);
    return result.accuracy();
  }

  @Test
  void deletesAndBringsBack() {
    experiments.create("precious", QUICK);
    open(1);
    test(deleteButton()).click();
    assertEquals(List.of(), experiments.list());
    awaitView("the row to go", () -> !find(Grid.class).exists());
    test(find(Button.class).withId("undo").single()).click();
    assertEquals(1, experiments.list().size());
    awaitView("the row to come back", () -> find(Grid.class).exists());
  }

  private Button deleteButton() {
    return (Button) test(grid()).getCellComponent(0, 5).getChildren().toList().getLast();
  }

  @Test
  void speaksRussian() {
    speak(Language.RUSSIAN);
    experiments.create("первый", QUICK);
    navigate(NewExperimentView.class); // a view that is shown already would be kept as it is
    ExperimentsView view = open(1);
    assertTrue(text(view).contains("Новый эксперимент"));
    assertEquals("Эксперименты · Digit Lab", view.getPageTitle());
    assertEquals("Состояние", grid().getColumnByKey("status").getHeaderText());
  }

  @Test
  void onANarrowScreenThePageOfTheExperimentHasTheRest() {
    experiments.create("x", QUICK);
    ExperimentsView view = open(1);
    view.showNarrow(true);
    assertEquals(List.of("name", "accuracy"), shownColumns());
    view.showNarrow(false);
    assertEquals(6, shownColumns().size());
  }

  private List<String> shownColumns() {
    return grid().getColumns().stream()
        .filter(Grid.Column::isVisible)
        .map(Grid.Column::getKey)
        .toList();
  }
}
