package digitlab.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import digitlab.data.StrokeGenerator;
import digitlab.datasets.DataPair;
import digitlab.experiment.Experiment;
import digitlab.experiment.Run;
import digitlab.i18n.Language;
import digitlab.net.Activation;
import digitlab.net.Loss;
import digitlab.text.Message;
import digitlab.train.DataChoice;
import digitlab.train.PlanText;
import digitlab.train.Preset;
import digitlab.train.TrainingPlan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class NewExperimentViewTest extends LabTest {
  static final List<String> PRESETS = Preset.ALL.stream().map(Preset::name).toList();

  private NewExperimentView open(Map<String, String> parameters) {
    UI.getCurrent().navigate(NewExperimentView.class, QueryParameters.simple(parameters));
    return (NewExperimentView) getCurrentView();
  }

  private Experiment create() {
    test(find(Button.class).withId("create").single()).click();
    assertInstanceOf(ExperimentView.class, getCurrentView());
    return experiments.list().getFirst();
  }

  @SuppressWarnings("unchecked")
  private <T> Select<T> select(String id) {
    return find(Select.class).withId(id).single();
  }

  private String formula() {
    return find(Span.class).withId("formula").single().getText();
  }

  @ParameterizedTest
  @FieldSource("PRESETS")
  void aPresetGoesThroughTheFormUnchanged(String preset) {
    open(Map.of("preset", preset));
    Experiment made = create();
    assertEquals(Preset.named(preset).plan(), made.plan());
    assertEquals(preset, made.name());
  }

  @Test
  void changesALayerOfThePresetAndSeesTheSum() {
    navigate(NewExperimentView.class);
    select("preset").setValue("3b1b");
    assertEquals("784·16 + 16·16 + 16·10 + 16 + 16 + 10 = 13,002 parameters", formula());
    test(find(IntegerField.class).withId("neurons-1").single()).setValue(32);
    assertEquals("784·32 + 32·16 + 16·10 + 32 + 16 + 10 = 25,818 parameters", formula());
    test(find(TextField.class).withId("name").single()).setValue("wider");
    Experiment made = create();
    assertEquals("784 → 32 sigmoid → 16 sigmoid → 10 sigmoid", made.plan().network().toString());
    assertEquals("wider", made.name());
  }

  @Test
  void addsAndRemovesLayers() {
    open(Map.of("preset", "3b1b"));
    test(find(Button.class).withId("add-layer").single()).click();
    assertTrue(formula().startsWith("784·16 + 16·16 + 16·16 + 16·10"), formula());
    Button remove =
        find(Button.class).all().stream()
            .filter(button -> "Remove layer 1".equals(button.getAriaLabel().orElse("")))
            .findFirst()
            .orElseThrow();
    test(remove).click();
    assertEquals(Preset.named("3b1b").plan().network(), create().plan().network());
  }

  @Test
  void explainsWhatCanNotWorkAndOffersNoStart() {
    NewExperimentView view = open(Map.of("preset", "3b1b"));
    this.<Activation>select("activation-1").setValue(Activation.SOFTMAX);
    assertTrue(text(view).contains("Layer 1 has softmax"), text(view));
    assertFalse(find(Button.class).withId("create-and-start").single().isEnabled());
    this.<Activation>select("activation-1").setValue(Activation.RELU);
    assertTrue(find(Button.class).withId("create-and-start").single().isEnabled());
    find(IntegerField.class).withId("plan-batch").single().setValue(null);
    assertTrue(text(view).contains("A number is missing"), text(view));
    assertFalse(find(Button.class).withId("create").single().isEnabled());
  }

  @Test
  void warnsOfBadIdeasButLetsThem() {
    NewExperimentView view = open(Map.of("preset", "keras-mlp"));
    this.<Loss>select("plan-loss").setValue(Loss.MSE);
    assertTrue(text(view).contains("Cross-entropy is made for softmax"), text(view));
    assertTrue(find(Button.class).withId("create").single().isEnabled());
  }

  @Test
  void copiesAnExperiment() {
    TrainingPlan plan =
        QUICK
            .with("optimizer", "nesterov 0.8")
            .with("schedule", "step 0.3 2")
            .with("stopping", "patience 2 change 0.01");
    long id = experiments.create("original", plan);
    open(Map.of("from", Long.toString(id)));
    Experiment made = create();
    assertEquals(plan, made.plan());
    assertEquals("original (copy)", made.name());
  }

  @Test
  void createsAndStarts() {
    long id = experiments.create("original", QUICK);
    open(Map.of("from", Long.toString(id)));
    test(find(Button.class).withId("create-and-start").single()).click();
    Experiment made = experiments.list().getFirst();
    assertTrue(awaitEnd(made.id()).result() != null);
  }

  @Test
  void movesLayersButNotTheOutput() {
    NewExperimentView view =
        open(Map.of("plan", "network 784 → 16 relu → 32 tanh → 64 elu → 10 softmax"));
    DragRows rows = find(DragRows.class).single();
    ComponentUtil.fireEvent(rows, new DragRows.MoveEvent(rows, true, 0, 2, false));
    assertTrue(text(view).contains("784 → 32 tanh → 64 elu → 16 relu → 10 softmax"), text(view));
    ComponentUtil.fireEvent(rows, new DragRows.MoveEvent(rows, true, 2, 1, true));
    assertTrue(text(view).contains("784 → 32 tanh → 16 relu → 64 elu → 10 softmax"));
    for (int hostile : new int[] {-1, 3, 99}) {
      ComponentUtil.fireEvent(rows, new DragRows.MoveEvent(rows, true, 0, hostile, false));
      ComponentUtil.fireEvent(rows, new DragRows.MoveEvent(rows, true, hostile, 0, false));
    }
    assertTrue(text(view).contains("784 → 32 tanh → 16 relu → 64 elu → 10 softmax"));
  }

  @Test
  void aLinkBringsAWholePlan() {
    TrainingPlan plan =
        Preset.named("simard-800").plan().with("seed", Long.MAX_VALUE).with("rate", 0.0123);
    open(Map.of("plan", plan.toString()));
    assertEquals(plan, create().plan());
  }

  @Test
  void aLinkWithAPresetsPlanShowsWhatWasPublished() {
    NewExperimentView view = open(Map.of("plan", Preset.named("3b1b").plan().toString()));
    assertTrue(text(view).contains("96.00\u00A0% of the test images"), text(view));
    assertEquals("3b1b", select("preset").getValue());
  }

  @Test
  void hostileLinksAreClampedAndItIsSaid() {
    NewExperimentView view =
        open(
            Map.of(
                "plan", "rate 1e9; batch -5; <b>x</b> 1; network 784 → 99999 relu → 10 softmax"));
    String text = text(view);
    assertTrue(text.contains("rate: 1000000000 is not between 0 and 1000. Taken: 1000."), text);
    assertTrue(text.contains("batch: -5 is not between 1 and 1000000. Taken: 1."), text);
    assertTrue(text.contains("A plan has no field “<b>x</b>”. It was left out."), text);
    assertTrue(text.contains("network: 99999 is not between 1 and 16384. Taken: 16384."), text);
    TrainingPlan made = create().plan();
    assertEquals(1000, made.rate());
    assertEquals(1, made.batch());
  }

  @Test
  void aPlanIsShownAndTakenAsText() {
    NewExperimentView view = open(Map.of("preset", "nielsen-30"));
    find(Details.class).withId("plan-as-text").single().setOpened(true);
    TextArea text = find(TextArea.class).withId("plan-text").single();
    assertEquals(PlanText.format(Preset.named("nielsen-30").plan(), "\n"), text.getValue());
    text.setValue("rate 0.5 # slower\nbatch 7; epochs 99999");
    test(find(Button.class).withId("take-text").single()).click();
    assertTrue(text(view).contains("epochs: 99999 is not between 1 and 10000"), text(view));
    assertTrue(text.getValue().contains("batch 7\nepochs 10000"), text.getValue());
    assertEquals(
        TrainingPlan.DEFAULT.with("rate", 0.5).with("batch", 7).with("epochs", 10_000),
        create().plan());
  }

  @Test
  void aRateIsChosenOrTyped() {
    open(Map.of());
    RateField rate = find(RateField.class).withId("plan-rate").single();
    rate.type("0,02");
    assertEquals(0.02, rate.getValue());
    rate.type("fast");
    assertTrue(rate.isInvalid());
    assertFalse(find(Button.class).withId("create").single().isEnabled());
    rate.type("-1");
    assertTrue(rate.isInvalid());
    rate.setValue(0.003);
    assertEquals(0.003, create().plan().rate());
  }

  @Test
  void oursStandsBesideWhatWasPublished() {
    NewExperimentView view = open(Map.of("preset", "3b1b"));
    assertTrue(text(view).contains("In this Lab it was not trained yet."), text(view));
    TrainingPlan plan = Preset.named("3b1b").plan();
    double sum = 0;
    for (int seed = 1; seed <= 2; seed++) {
      long id = experiments.create("seed " + seed, plan.with("seed", seed));
      experiments.start(id);
      Run.TestResult result = awaitEnd(id).result();
      assertTrue(result != null);
      sum += result.accuracy();
    }
    assertTrue(
        text(open(Map.of("preset", "3b1b")))
            .contains("In this Lab: " + Texts.percent(sum / 2) + ", runs: 2."));
  }

  @Test
  void saysHowLongItWillTake() {
    NewExperimentView view = open(Map.of("preset", "3b1b"));
    awaitView("an estimate", () -> text(view).contains("reference: about"));
    assertTrue(text(view).contains("cpu: about"), text(view));
  }

  @Test
  void hostileParametersDoNothing() {
    open(Map.of("preset", "<script>"));
    assertEquals(TrainingPlan.DEFAULT, create().plan());
    NewExperimentView view = open(Map.of("from", "abc"));
    assertTrue(text(view).contains("There is no experiment abc"), text(view));
  }

  @Test
  void speaksRussian() {
    speak(Language.RUSSIAN);
    NewExperimentView view = open(Map.of("preset", "3b1b"));
    assertTrue(text(view).contains("Обучение"), text(view));
    assertEquals("Параметры: 784·16 + 16·16 + 16·10 + 16 + 16 + 10 = 13\u00A0002", formula());
  }

  @Test
  void aSetThatSomebodyBroughtCanBeChosen() {
    DataPair digits =
        new DataPair(
            new StrokeGenerator(1).dataset(40),
            new StrokeGenerator(2).dataset(20),
            Message.of("data.pen-digits"));
    ownSets.save("ours", digits);
    open(Map.of());
    Select<DataChoice> data = select("plan-data");
    test(data).selectItem("ours");
    Experiment made = create();
    assertEquals(DataChoice.own("ours"), made.plan().data());
    experiments.start(made.id());
    Run.Setup setup = awaitEnd(made.id()).setup();
    assertTrue(setup != null);
    assertEquals("data.own", setup.data().key());
    ownSets.delete("ours");
    open(Map.of("from", Long.toString(made.id())));
    assertEquals(DataChoice.own("ours"), this.<DataChoice>select("plan-data").getValue());
  }
}
