package digitlab.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import digitlab.engine.Engines;
import digitlab.experiment.Run;
import digitlab.experiment.RunHistory;
import digitlab.experiment.RunStatus;
import digitlab.i18n.Language;
import digitlab.interop.ExportFormat;
import digitlab.train.TrainingPlan;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExperimentViewTest extends LabTest {
  private static final String ENDLESS_NETWORK = "784 → 16 relu → 10 softmax";

  @Test
  void startsFollowsAndShowsTheResult() {
    long id = experiments.create("my run", QUICK);
    ExperimentView view = navigate(ExperimentView.class, id);
    assertTrue(text(view).contains("not started"));
    assertFalse(find(Button.class).withId("stop").single().isEnabled());
    test(find(Button.class).withId("play").single()).click();
    Run run = awaitEnd(id);
    awaitView("the result", () -> text(view).contains("✓ done"));
    Run.TestResult result = run.result();
    assertTrue(result != null);
    String text = text(view);
    assertTrue(text.contains(Texts.percent(result.accuracy())), text);
    assertTrue(text.contains("of 100 test images recognised"), text);
    assertTrue(text.contains("2 of 2 epochs"), text);
    Engines.Choice engine = Engines.all().choose(Engines.AUTO);
    assertTrue(
        text.contains(
            Texts.get(
                "experiment.engine",
                engine.provider().name(),
                Texts.get(engine.provider().description()),
                Texts.get(engine.why()))),
        text);
    assertTrue(text.contains("IDX files from"), text);
    assertEquals(
        "Start again with fresh weights (Space)",
        find(Button.class).withId("play").single().getAriaLabel().orElse(""));
    Anchor tryIt = find(Anchor.class).withId("try-it").single();
    assertEquals("/?model=" + run.model(), tryIt.getHref());
    assertTrue(find(DigitPad.class).exists());
  }

  @Test
  void isDrivenStepByStep() {
    long id = experiments.create("by hand", QUICK.with("epochs", 3));
    ExperimentView view = navigate(ExperimentView.class, id);
    Transport transport = find(Transport.class).single();
    transport.press("step");
    awaitView("a pause", () -> text(view).contains("Ⅱ paused"));
    awaitView("Go on (Space)", () -> label("play").equals("Go on (Space)"));
    transport.press("step");
    awaitView("two steps", () -> steps(id) == 2);
    transport.press("epoch");
    awaitView("an epoch", () -> text(view).contains("Epoch 1/3"));
    RateField rate = find(RateField.class).withId("live-rate").single();
    ComponentUtil.fireEvent(
        rate, new AbstractField.ComponentValueChangeEvent<>(rate, rate, 0.003, false));
    assertEquals(List.of(), history(id).rates(), "what the program shows is no wish");
    test(rate).selectItem("0.01");
    awaitView("the rate", () -> !history(id).rates().isEmpty());
    assertEquals(0.01, history(id).rates().getFirst().rate());
    rate.type("0.0042");
    awaitView("the typed rate", () -> history(id).rates().getLast().rate() == 0.0042);
    transport.press("stop");
    awaitView("the end", () -> text(view).contains("■ stopped"));
    assertTrue(text(view).contains("Can go on after step"), text(view));
    awaitView("Go on (Space)", () -> label("play").equals("Go on (Space)"));
    transport.press("play");
    assertEquals(RunStatus.DONE, awaitEnd(id).status());
    awaitView("the end", () -> text(view).contains("✓ done"));
    awaitView(
        "Start again with fresh weights (Space)",
        () -> label("play").equals("Start again with fresh weights (Space)"));
    assertFalse(find(Button.class).withId("step").single().isEnabled());
    long first = Objects.requireNonNull(experiments.find(id).orElseThrow().run()).id();
    transport.press("reset");
    awaitView("another run", () -> awaitEnd(id).id() != first);
    transport.press("<script>");
  }

  @Test
  void whatPeopleWriteOnItIsChangedHere() {
    long id = experiments.create("mine", QUICK);
    ExperimentView view = navigate(ExperimentView.class, id);
    test(find(Button.class).withId("favourite").single()).click();
    assertTrue(catalogue.find(id).orElseThrow().marks().favourite());
    test(find(Button.class).withId("describe").single()).click();
    test(find(TextField.class).withId("marks-name").single()).setValue("ours");
    test(find(TextArea.class).withId("marks-notes").single()).setValue("For Monday");
    test(find(Button.class).withId("marks-save").single()).click();
    awaitView("the new name", () -> text(view).contains("ours"));
    assertTrue(text(view).contains("For Monday"), text(view));
    test(find(Button.class).withId("archive").single()).click();
    assertTrue(catalogue.find(id).orElseThrow().marks().archived());
    assertTrue(text(view).contains("Take out of the archive"), text(view));
  }

  private String label(String button) {
    return find(Button.class).withId(button).single().getAriaLabel().orElse("");
  }

  private RunHistory history(long id) {
    return experiments.history(experiments.find(id).orElseThrow());
  }

  private long steps(long id) {
    Run run = experiments.find(id).orElseThrow().run();
    return run == null ? 0 : run.progress().steps();
  }

  @Test
  void saysWhichPlaceInTheQueueItHas() {
    TrainingPlan endless = QUICK.with("epochs", 10_000);
    long first = experiments.create("first", endless);
    long second = experiments.create("second", endless);
    long third = experiments.create("third", endless);
    experiments.start(first);
    experiments.start(second);
    experiments.start(third);
    ExperimentView view = navigate(ExperimentView.class, third);
    awaitView("its place", () -> text(view).contains("number 2 in the queue"));
    experiments.stop(first);
    awaitView("it to move up", () -> text(view).contains("number 1 in the queue"));
    experiments.stop(second);
    awaitView("its turn", () -> text(view).contains("▶ training"));
    experiments.stop(third);
    for (long id : List.of(first, second, third)) {
      awaitEnd(id);
    }
  }

  @Test
  void saysWithHowManyOthersItSharesTheEngine() {
    long id =
        experiments.create(
            "one of many", QUICK.with("network", ENDLESS_NETWORK).with("epochs", 10_000));
    experiments.start(id);
    ExperimentView view = navigate(ExperimentView.class, id);
    awaitView("progress", () -> text(view).contains("images/s"));
    assertFalse(text(view).contains("with other trainings"), text(view));
    Run run = Objects.requireNonNull(experiments.find(id).orElseThrow().run());
    Run other = Run.queued(-1, -1, Instant.now()).training(Objects.requireNonNull(run.setup()));
    live.publish(other, new RunHistory());
    awaitView("the other", () -> text(view).contains("with other trainings; at the moment: 1"));
    experiments.stop(id);
    awaitEnd(id);
  }

  @Test
  void stopsARunAndKeepsWhatItLearned() {
    long id =
        experiments.create("long", QUICK.with("network", ENDLESS_NETWORK).with("epochs", 10_000));
    ExperimentView view = navigate(ExperimentView.class, id);
    test(find(Button.class).withId("play").single()).click();
    awaitView("progress", () -> text(view).contains("images/s"));
    assertTrue(text(view).contains("of 10,000"), text(view));
    assertEquals(
        "Pause (Space)", find(Button.class).withId("play").single().getAriaLabel().orElse(""));
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
  void saysInWordsWhatIsWrongAndWhatToTry() {
    long id =
        experiments.create(
            "deep",
            QUICK
                .with(
                    "network",
                    "784 → 9 sigmoid → 9 sigmoid → 9 sigmoid → 9 sigmoid → 9 sigmoid → 10 softmax")
                .with("initializer", "xavier"));
    experiments.start(id);
    awaitEnd(id);
    String text = text(navigate(ExperimentView.class, id));
    assertTrue(text.contains("Vanishing gradient: its norm is"), text);
    assertTrue(text.contains("What to try:  ReLU with He weights"), text);
    speak(Language.RUSSIAN);
    navigate(ExperimentsView.class);
    String russian = text(navigate(ExperimentView.class, id));
    assertTrue(russian.contains("Затухающий градиент: его норма"), russian);
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
