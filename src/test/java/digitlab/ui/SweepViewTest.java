package digitlab.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import digitlab.experiment.Experiment;
import digitlab.i18n.Language;
import digitlab.sweep.Axis;
import digitlab.sweep.Sweep;
import digitlab.sweep.SweepService;
import digitlab.sweep.SweepSpace;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SweepViewTest extends LabTest {
  private void openForm() {
    navigate(NewExperimentView.class);
    find(Details.class).withId("sweep-form").single().setOpened(true);
  }

  private String verdict() {
    return find(Paragraph.class).withId("sweep-verdict").single().getText();
  }

  @Test
  void makesASweepFromTheFormAndTrainsIt() {
    long from = experiments.create("base", QUICK);
    openFormFrom(from);
    test(find(Button.class).withId("add-axis").single()).click();
    TextField values =
        find(TextField.class).all().stream()
            .filter(field -> field.hasClassName("axis-values"))
            .findFirst()
            .orElseThrow();
    test(values).setValue("0.01, 0.001");
    test(find(IntegerField.class).withId("sweep-seeds").single()).setValue(2);
    assertEquals("4 runs", verdict());
    test(find(TextField.class).withId("name").single()).setValue("rates");
    test(find(Button.class).withId("create-and-start").single()).click();
    SweepView view = assertInstanceOf(SweepView.class, getCurrentView());
    awaitView("all four", () -> text(view).contains("4 of 4 done"));
    List<Experiment> made =
        experiments.list().stream().filter(each -> each.name().startsWith("rates")).toList();
    assertEquals(4, made.size());
    assertEquals("rates · rate 0.01 · seed 1", made.getLast().name());
    awaitView("the best", () -> text(view).contains("mean of 2 seeds"));
    Grid<?> grid = find(Grid.class).withId("sweep-runs").single();
    assertEquals(4, test(grid).size());
    ParallelCoordinates picture = find(ParallelCoordinates.class).single();
    ComponentUtil.fireEvent(
        picture, new ParallelCoordinates.OpenEvent(picture, true, (int) made.getFirst().id()));
    assertInstanceOf(ExperimentView.class, getCurrentView());
  }

  private void openFormFrom(long from) {
    UI.getCurrent()
        .navigate(NewExperimentView.class, QueryParameters.of("from", Long.toString(from)));
    find(Details.class).withId("sweep-form").single().setOpened(true);
  }

  @Test
  @SuppressWarnings("unchecked")
  void saysWhatIsWrongWithTheValues() {
    openForm();
    test(find(Button.class).withId("add-axis").single()).click();
    Select<String> field =
        find(Select.class).all().stream()
            .filter(select -> select.hasClassName("axis-field"))
            .findFirst()
            .orElseThrow();
    assertEquals("4 runs", verdict(), "the example of the rate");
    field.setValue("activation");
    assertEquals("3 runs", verdict());
    TextField values =
        find(TextField.class).all().stream()
            .filter(each -> each.hasClassName("axis-values"))
            .findFirst()
            .orElseThrow();
    test(values).setValue("relu, swish");
    assertEquals(
        "✕ Activation of the hidden layers: “swish” is no value of this field.", verdict());
    assertFalse(find(Button.class).withId("create").single().isEnabled());
    test(values).setValue("relu, softmax");
    assertTrue(verdict().contains("can not be trained"), verdict());
    test(values).setValue("relu, elu");
    assertTrue(find(Button.class).withId("create").single().isEnabled());
    find(Select.class).withId("sweep-mode").single().setValue("random");
    assertTrue(find(IntegerField.class).withId("sweep-samples").exists());
    assertEquals("2 runs", verdict(), "there are no more to draw");
  }

  @Test
  void saysItInTheLanguageOfThePage() {
    speak(Language.RUSSIAN);
    openForm();
    test(find(Button.class).withId("add-axis").single()).click();
    TextField values =
        find(TextField.class).all().stream()
            .filter(each -> each.hasClassName("axis-values"))
            .findFirst()
            .orElseThrow();
    String field = Texts.get("plan.field.rate") + ": ";
    test(values).setValue("1…0.1");
    assertEquals(
        "✕ " + field + "Диапазон идёт от 1 до 0.1; первое число должно быть меньше второго.",
        verdict());
    test(values).setValue("0.1…x");
    assertTrue(verdict().contains("непонятен. Пишите так: 0.001…1 log 4."), verdict());
    test(values).setValue("5000, 1");
    assertTrue(verdict().contains("5000 не лежит между 0 и 1"), verdict());
    test(values).setValue("0…1 501");
    assertTrue(verdict().contains("501 не лежит между 2 и 500"), verdict());
    test(values).setValue("");
    assertTrue(verdict().contains("Значений нет."), verdict());
  }

  @Test
  void listsSweepsAndDrivesThemTogether() {
    SweepsView empty = navigate(SweepsView.class);
    assertTrue(text(empty).contains("No sweep yet"));
    SweepService sweeps = Objects.requireNonNull(TestFactory.services).sweeps();
    Sweep sweep =
        sweeps.create(
            "long ones",
            QUICK.with("epochs", 10_000),
            new SweepSpace(List.of(Axis.parse("batch: 5, 10")), 0, 0, 1));
    SweepsView list = navigate(SweepsView.class);
    assertTrue(text(list).contains("long ones"), text(list));
    assertTrue(text(list).contains("Batch size"), text(list));
    SweepView view = navigate(SweepView.class, sweep.id());
    assertEquals(List.of("sweep-play"), whatCanBeClicked());
    test(find(Button.class).withId("sweep-play").single()).click();
    awaitView("one to train", () -> text(view).contains("training: 1 · waiting: 1"));
    assertEquals(List.of("sweep-pause", "sweep-stop"), whatCanBeClicked());
    test(find(Button.class).withId("sweep-pause").single()).click();
    awaitView("a pause", () -> text(view).contains("training: 0 · waiting: 0"));
    assertEquals(List.of("sweep-play", "sweep-stop"), whatCanBeClicked());
    test(find(Button.class).withId("sweep-stop").single()).click();
    experiments.list().forEach(each -> awaitEnd(each.id()));
  }

  private List<String> whatCanBeClicked() {
    return Stream.of("sweep-play", "sweep-pause", "sweep-stop")
        .filter(id -> find(Button.class).withId(id).single().isEnabled())
        .toList();
  }

  @Test
  void speaksRussian() {
    speak(Language.RUSSIAN);
    openForm();
    test(find(Button.class).withId("add-axis").single()).click();
    assertEquals("Запусков: 4", verdict());
    assertTrue(text(navigate(SweepsView.class)).contains("Серий пока нет"));
  }
}
