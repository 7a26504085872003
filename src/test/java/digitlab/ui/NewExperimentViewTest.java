package digitlab.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
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
