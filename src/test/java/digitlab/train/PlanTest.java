package digitlab.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.testing.Refusal;
import digitlab.text.Message;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class PlanTest {
  static final List<Preset> PRESETS = Preset.ALL;

  @ParameterizedTest
  @FieldSource("PRESETS")
  void presetsCanBeTrainedAndAreReadAsTheyAreWritten(Preset preset) {
    assertEquals(List.of(), PlanCheck.errors(preset.plan()));
    assertEquals(List.of(), PlanCheck.warnings(preset.plan()));
    assertEquals(preset.plan(), PlanText.parse(preset.plan().toString()));
    assertEquals(preset.plan(), PlanText.parse(PlanText.format(preset.plan(), "\n")));
    assertEquals(preset, Preset.named(preset.name()));
  }

  @Test
  void theFirstPresetIsTheNetworkOfTheVideos() {
    assertEquals(13_002, Preset.named("3b1b").plan().network().parameterCount());
    assertTrue(Refusal.of(() -> Preset.named("4b1b")).contains("choose 3b1b, nielsen-30"));
  }

  @Test
  void aTextMayBeShortAndHaveRemarks() {
    TrainingPlan plan =
        PlanText.parse("rate 3 # as Nielsen has it\n\n  batch 10; epochs 30\n# the end");
    assertEquals(TrainingPlan.DEFAULT.with("rate", 3).with("batch", 10).with("epochs", 30), plan);
    assertEquals(TrainingPlan.DEFAULT, PlanText.parse(""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "speed 3 | A plan has no field \"speed\"; its fields are data, network",
        "rate 1; rate 2 | names rate twice",
        "rate fast | is not a number",
        "rate -1 | between 0 and 1000",
        "rate Infinity | must be a finite number",
        "batch 0 | between 1 and 1000000",
        "epochs 1e3 | not a whole number",
        "seed one | not a whole number",
        "loss l1 | choose mse, cross-entropy or binary-cross-entropy",
        "optimizer lion | There is no optimiser",
        "schedule warmup | There is no schedule",
        "schedule step 2 5 | factor of the step schedule is 2",
        "stopping soon | not understood",
        "data cifar | choose mnist, mnist+pen-digits, pen-digits or own:NAME",
        "validation 1 | between 0 and 0.9",
        "network 784 | has no layer",
        "initializer | There is no initialiser \"\"",
      })
  void saysWhatIsWrong(String text, String complaint) {
    String message = Refusal.of(() -> PlanText.parse(text));
    assertTrue(message.contains(complaint), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "network 784 → 16 softmax → 10 softmax | plan.error.softmax-hidden",
        "network 784 → 10 relu | plan.error.cross-entropy",
        "network 784 → 10 softmax; loss binary-cross-entropy | plan.error.binary-cross-entropy",
        "network 784 → 16 relu → 10 softmax dropout 0.5 | plan.error.dropout-output",
      })
  void impossibleCombinationsAreExplained(String text, String key) {
    assertEquals(
        List.of(key), PlanCheck.errors(PlanText.parse(text)).stream().map(Message::key).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "loss mse | plan.warning.mse-softmax",
        "initializer zeros | plan.warning.zeros",
        "network 784 → 9 sigmoid → 9 sigmoid → 9 sigmoid → 9 sigmoid → 10 softmax | plan.warning.deep-sigmoid",
        "network 784 → 9 identity → 10 softmax | plan.warning.linear",
      })
  void badIdeasGetAWarning(String text, String key) {
    TrainingPlan plan = PlanText.parse(text);
    assertEquals(List.of(), PlanCheck.errors(plan));
    assertEquals(List.of(key), PlanCheck.warnings(plan).stream().map(Message::key).toList());
  }

  @Test
  void schedulesGoWhereTheyShould() {
    assertEquals(1, Schedule.parse("constant").factor(7, 10));
    Schedule step = Schedule.parse("step 0.5 3");
    assertEquals(1, step.factor(2.99, 10));
    assertEquals(0.5, step.factor(3, 10));
    assertEquals(0.125, step.factor(9.5, 10));
    Schedule cosine = Schedule.parse("cosine");
    assertEquals(1, cosine.factor(0, 10), 1e-12);
    assertEquals(0.5, cosine.factor(5, 10), 1e-12);
    assertEquals(0, cosine.factor(10, 10), 1e-12);
    for (String text : List.of("constant", "step 0.5 3", "cosine")) {
      assertEquals(text, Schedule.parse(text).toString());
    }
    assertEquals("patience 3 change 0.01", Stopping.parse("patience 3 change 0.01").toString());
  }

  @Test
  void aPlanNamesASetOfOnesOwn() {
    TrainingPlan plan = PlanText.parse("data own:мои-цифры; batch 7");
    assertEquals(DataChoice.own("мои-цифры"), plan.data());
    assertEquals("мои-цифры", plan.data().ownName());
    assertEquals(plan, PlanText.parse(plan.toString()));
    assertTrue(Refusal.of(() -> DataChoice.parse("mnits")).contains("mnist, mnist+pen-digits"));
    for (String name : List.of("", "two words", "a;b", "a#b", "x".repeat(41))) {
      assertTrue(Refusal.of(() -> DataChoice.own(name)).contains("can't be called"));
    }
  }
}
