package digitlab.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Anchor;
import digitlab.experiment.Run;
import digitlab.i18n.Language;
import digitlab.interop.ExportFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExperimentViewTest extends LabTest {
  private static final String ENDLESS_NETWORK = "784 → 16 relu → 10 softmax";

  @Test
  void startsFollowsAndShowsTheResult() {
    long id = experiments.create("my run", QUICK);
    ExperimentView view = navigate(ExperimentView.class, id);
    assertTrue(text(view).contains("not started"));
    assertFalse(find(Button.class).withId("stop").exists());
    test(find(Button.class).withId("start").single()).click();
    Run run = awaitEnd(id);
    awaitView("the result", () -> text(view).contains("✓ done"));
    Run.TestResult result = run.result();
    assertTrue(result != null);
    String text = text(view);
    assertTrue(text.contains(Texts.percent(result.accuracy())), text);
    assertTrue(text.contains("of 100 test images recognised"), text);
    assertTrue(text.contains("2 of 2 epochs"), text);
    assertTrue(text.contains("Engine: cpu (vector units of the CPU, "), text);
    assertTrue(text.contains(" numbers at a time) – the fastest that runs here"), text);
    assertTrue(text.contains("IDX files from"), text);
    assertTrue(find(Button.class).withId("start").single().getText().equals("Start again"));
    Anchor tryIt = find(Anchor.class).withId("try-it").single();
    assertEquals("/?model=" + run.model(), tryIt.getHref());
    assertTrue(find(DigitPad.class).exists());
  }

  @Test
  void stopsARunAndKeepsWhatItLearned() {
    long id =
        experiments.create("long", QUICK.with("network", ENDLESS_NETWORK).with("epochs", 10_000));
    ExperimentView view = navigate(ExperimentView.class, id);
    test(find(Button.class).withId("start").single()).click();
    awaitView("progress", () -> text(view).contains("images/s"));
    assertTrue(text(view).contains("of 10,000"), text(view));
    assertFalse(find(Button.class).withId("start").exists());
    test(find(Button.class).withId("stop").single()).click();
    awaitView("the end", () -> text(view).contains("■ stopped"));
    assertTrue(find(DigitPad.class).exists());
  }

  @Test
  void offersANetworkToEverybody() {
    long id = experiments.create("shared", QUICK);
    experiments.start(id);
    String model = awaitEnd(id).model();
    assertTrue(model != null);
    navigate(ExperimentView.class, id);
    Checkbox publish = find(Checkbox.class).withId("publish").single();
    test(publish).click();
    assertTrue(experiments.isPublished(model));
    test(publish).click();
    assertFalse(experiments.isPublished(model));
  }

  @Test
  void givesTheNetworkAndTheFiguresAway() {
    long id = experiments.create("Мой опыт: 1/2", QUICK);
    ExperimentView view = navigate(ExperimentView.class, id);
    assertFalse(text(view).contains("Take it home"));
    experiments.start(id);
    Run run = awaitEnd(id);
    awaitView("the result", () -> text(view).contains("✓ done"));
    for (ExportFormat format : ExportFormat.values()) {
      assertTrue(find(Anchor.class).withId("export-" + format).exists(), format.toString());
    }
    assertEquals(
        List.of("/api/models/" + run.model()),
        find(Anchor.class).all().stream()
            .filter(anchor -> "Мой-опыт-1-2.digitlab".equals(download(anchor)))
            .map(Anchor::getHref)
            .toList());
    assertTrue(find(Anchor.class).withId("metrics-csv").exists());
  }

  private static @Nullable String download(Anchor anchor) {
    return anchor.getElement().getAttribute("download");
  }

  @Test
  void saysWhyAScriptCanNotBeHad() {
    long id = experiments.create("with dropout", QUICK.with("network", "784 → 9 elu → 10 softmax"));
    experiments.start(id);
    awaitEnd(id);
    String text = text(navigate(ExperimentView.class, id));
    assertFalse(find(Anchor.class).withId("export-sklearn").exists());
    assertTrue(text.contains("networks have no elu in their hidden layers. Choose identity"), text);
    speak(Language.RUSSIAN);
    navigate(ExperimentsView.class);
    String russian = text(navigate(ExperimentView.class, id));
    assertTrue(russian.contains("у скрытых слоёв нет активации elu"), russian);
  }

  @Test
  void saysWhyARunFailed() {
    long id =
        experiments.create(
            "wild",
            QUICK
                .with("network", "784 → 16 identity → 10 identity")
                .with("loss", "mse")
                .with("optimizer", "sgd")
                .with("rate", 900));
    experiments.start(id);
    awaitEnd(id);
    ExperimentView view = navigate(ExperimentView.class, id);
    assertTrue(text(view).contains("The loss is no longer a number"), text(view));
    assertTrue(text(view).contains("well below 900"), text(view));
    speak(Language.RUSSIAN);
    assertTrue(text(navigate(ExperimentView.class, id)).contains("потери перестали быть числом"));
  }

  @Test
  void deletesWithAWayBackToThePage() {
    long id = experiments.create("precious", QUICK);
    navigate(ExperimentView.class, id);
    test(find(Button.class).withId("delete").single()).click();
    assertInstanceOf(ExperimentsView.class, getCurrentView());
    assertTrue(experiments.find(id).isEmpty());
    test(find(Button.class).withId("undo").single()).click();
    assertInstanceOf(ExperimentView.class, getCurrentView());
    assertTrue(experiments.find(id).isPresent());
  }

  @Test
  void aSecondViewerSeesTheSame() {
    long id = experiments.create("shown twice", QUICK);
    experiments.start(id);
    awaitEnd(id);
    String first = text(navigate(ExperimentView.class, id));
    navigate(ExperimentsView.class);
    assertEquals(first, text(navigate(ExperimentView.class, id)));
  }

  @Test
  void anExperimentThatIsNotThereIsSaidToBeGone() {
    UI.getCurrent().navigate("experiments/12345");
    assertInstanceOf(NotFoundView.class, getCurrentView());
  }
}
