package digitlab.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.testing.Property;
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
        "data cifar | choose mnist, mnist+pen-digits, mnist+pen-digits+doodles, pen-digits or own:NAME",
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
        "network 784 → 9 sigmoid → 10 relu; loss mse | plan.warning.relu-output",
        "network 784 → 2 relu → 10 softmax | plan.warning.narrow",
        "initializer normal 1 | plan.warning.large-weights",
        "initializer uniform 1 | plan.warning.large-weights",
        "rate 0 | plan.warning.rate-zero",
        "rate 0.1 | plan.warning.rate-adaptive",
        "rate 3; optimizer sgd | plan.warning.rate-high",
        "rate 0.5; optimizer momentum 0.9 | plan.warning.rate-high",
        "rate 0.00001; optimizer nesterov 0.5 | plan.warning.rate-low",
        "network 784 → 16 relu dropout 0.5 → 10 softmax | plan.warning.dropout-small",
        "l2 0.1 | plan.warning.l2",
        "augmentation rotate 90 | plan.warning.rotate",
        "stopping patience 2; validation 0 | plan.warning.stopping-training",
        "stopping patience 10; epochs 10 | plan.warning.patience",
        "schedule step 0.5 10; epochs 10 | plan.warning.schedule",
      })
  void badIdeasGetAWarning(String text, String key) {
    TrainingPlan plan = PlanText.parse(text);
    assertEquals(List.of(), PlanCheck.errors(plan));
    assertEquals(List.of(key), PlanCheck.warnings(plan).stream().map(Message::key).toList());
  }

  @Test
  void whatIsUsualGetsNoWarning() {
    for (String text :
        List.of(
            "rate 3; optimizer sgd; loss mse; network 784 → 30 sigmoid → 10 sigmoid",
            "rate 0.1; optimizer momentum 0.9",
            "l2 0.1; optimizer adamw",
            "initializer normal 0.01",
            "stopping patience 2; schedule step 0.5 5")) {
      assertEquals(List.of(), PlanCheck.warnings(PlanText.parse(text), 60_000), text);
    }
  }

  @Test
  void theSizeOfTheDataSetCounts() {
    TrainingPlan plan = PlanText.parse("batch 1000; epochs 200; validation 0.25");
    assertEquals(List.of(), PlanCheck.warnings(plan, 2000));
    assertEquals(
        List.of(Message.of("plan.warning.batch", 1000, 750)), PlanCheck.warnings(plan, 1000));
    assertEquals(
        List.of(Message.of("plan.warning.few-steps", 90)),
        PlanCheck.warnings(plan.with("epochs", 45), 2000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rate 5000 | rate 1000 | plan.repair.range rate 5000 0 1000 1000",
        "rate -1 | rate 0 | plan.repair.range rate -1 0 1000 0",
        "batch 99999999999999999999 | batch 1000000 | plan.repair.range batch 99999999999999999999 1 1000000 1000000",
        "epochs 0 | epochs 1 | plan.repair.range epochs 0 1 10000 1",
        "optimizer momentum 5 | optimizer momentum 0.9999 | plan.repair.range optimizer 5 0 0.9999 0.9999",
        "augmentation shift 1 rotate 999 | augmentation shift 1 rotate 90 | plan.repair.range augmentation 999 0 90 90",
        "network 784 → 99999 relu → 10 softmax | network 784 → 16384 relu → 10 softmax | plan.repair.range network 99999 1 16384 16384",
        "schedule step 7 3 | schedule step 1 3 | plan.repair.range schedule 7 0.0001 1 1",
        "rate fast | rate 0.001 | plan.repair.unreadable rate fast 0.001",
        "rate NaN | rate 0.001 | plan.repair.unreadable rate NaN 0.001",
        "optimizer <script> | optimizer adam 0.9 0.999 | plan.repair.unreadable optimizer <script> adam 0.9 0.999",
        "network 784 → 16384 relu → 16384 relu → 10 softmax | network 784 → 128 relu → 10 softmax | plan.repair.unreadable network 784 → 16384 relu → 16384 relu → 10 softmax 784 → 128 relu → 10 softmax",
        "rate 1; rate 2 | rate 1 | plan.repair.twice rate 2 1",
        "speed 3 | rate 0.001 | plan.repair.unknown speed",
      })
  void hostileTextsAreClampedAndItIsSaid(String text, String field, String repair) {
    PlanRepair.Repaired repaired = PlanRepair.read(text);
    assertEquals(PlanText.parse(field), repaired.plan());
    Message said = repaired.repairs().getFirst();
    assertEquals(repair, said.key() + " " + String.join(" ", said.arguments()));
    assertEquals(1, repaired.repairs().size());
  }

  @Test
  void anyTextGivesAPlanAndASoundOneGivesItself() {
    for (Preset preset : Preset.ALL) {
      PlanRepair.Repaired read = PlanRepair.read(preset.plan().toString());
      assertEquals(preset.plan(), read.plan());
      assertEquals(List.of(), read.repairs());
    }
    Property.check(
        300,
        rng -> {
          StringBuilder text = new StringBuilder();
          List<String> pieces =
              List.of("rate", "batch", "network", "784", "→", "1e9", "-5", ";", "\n", "relu", "x");
          for (int i = rng.nextInt(40); i > 0; i--) {
            text.append(pieces.get(rng.nextInt(pieces.size()))).append(' ');
          }
          TrainingPlan plan = PlanRepair.read(text.toString()).plan();
          assertEquals(plan, PlanText.parse(plan.toString()), text.toString());
        });
    PlanRepair.Repaired endless = PlanRepair.read("nonsense;".repeat(10_000));
    assertEquals(TrainingPlan.DEFAULT, endless.plan());
    assertEquals("plan.repair.long", endless.repairs().getFirst().key());
    assertEquals(20, endless.repairs().size());
    PlanRepair.Repaired wide =
        PlanRepair.read("network 784" + " → 99999 relu".repeat(3) + " → 10 softmax");
    assertEquals(TrainingPlan.DEFAULT.network(), wide.plan().network());
    assertEquals(4, wide.repairs().size(), "three layers, and then it is too large");
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
