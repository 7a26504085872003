package digitlab.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.testing.Refusal;
import digitlab.train.PlanText;
import digitlab.train.TrainingPlan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SweepTest {
  private static final TrainingPlan BASE =
      PlanText.parse("network 784 → 16 relu dropout 0.1 → 32 tanh → 10 softmax; seed 7");

  private static SweepSpace grid(String... axes) {
    return new SweepSpace(List.of(axes).stream().map(Axis::parse).toList(), 0, 0, 1);
  }

  private static List<String> values(List<TrainingPlan> plans, String field) {
    return plans.stream().map(plan -> SweepField.value(plan, field)).toList();
  }

  @Test
  void aGridHasEveryCombinationOnce() {
    List<TrainingPlan> plans = grid("rate: 0.1, 0.01, 0.1", "batch: 10…40 4").plans(BASE);
    assertEquals(8, plans.size());
    assertEquals(
        List.of("0.1", "0.1", "0.1", "0.1", "0.01", "0.01", "0.01", "0.01"), values(plans, "rate"));
    assertEquals(List.of("10", "20", "30", "40"), values(plans.subList(0, 4), "batch"));
    assertEquals(BASE, plans.getFirst().with("rate", BASE.rate()).with("batch", BASE.batch()));
  }

  @Test
  void rangesAreEvenInDifferencesOrInRatios() {
    assertEquals(List.of("0.001", "0.01", "0.1", "1"), Axis.parse("rate: 0.001…1 log 4").values());
    assertEquals(List.of("0", "0.25", "0.5", "0.75", "1"), Axis.parse("rate: 0..1").values());
    assertEquals(List.of("1", "2"), Axis.parse("depth: 1...2 9").values(), "each once");
    assertEquals(
        List.of("16", "32", "64", "128"), Axis.parse("neurons: 16…128 log 4").values(), "whole");
  }

  @Test
  void hiddenLayersVaryTogether() {
    assertEquals(
        List.of(
            "784 → 8 relu dropout 0.1 → 8 tanh → 10 softmax",
            "784 → 9 relu dropout 0.1 → 9 tanh → 10 softmax"),
        values(grid("neurons: 8, 9").plans(BASE), "network"));
    assertEquals(
        List.of(
            "784 → 16 relu dropout 0.1 → 10 softmax",
            "784 → 16 relu dropout 0.1 → 16 relu dropout 0.1 → 16 relu dropout 0.1 → 10 softmax"),
        values(grid("depth: 1, 3").plans(BASE), "network"));
    assertEquals(
        List.of("784 → 16 elu → 32 elu → 10 softmax"),
        values(grid("activation: elu", "dropout: 0").plans(BASE), "network"));
    assertTrue(
        Refusal.of(() -> grid("neurons: 8").plans(PlanText.parse("network 784 → 10 softmax")))
            .contains("no hidden layer"));
  }

  @Test
  void drawingsAreSeededDistinctAndWithinTheirRange() {
    SweepSpace space =
        new SweepSpace(
            List.of(Axis.parse("rate: 0.0001…1 log"), Axis.parse("batch: 16, 32")), 40, 5, 1);
    List<TrainingPlan> plans = space.plans(BASE);
    assertEquals(plans, space.plans(BASE), "the same seed draws the same");
    assertEquals(40, plans.stream().distinct().count());
    assertTrue(plans.stream().allMatch(plan -> plan.rate() >= 0.0001 && plan.rate() <= 1));
    long small = plans.stream().filter(plan -> plan.rate() < 0.01).count();
    assertTrue(small > 10 && small < 30, small + " of 40 in the lower half of the decades");
    assertTrue(
        !plans.equals(new SweepSpace(space.axes(), 40, 6, 1).plans(BASE)), "another seed, others");
    assertEquals(
        2, new SweepSpace(List.of(Axis.parse("batch: 16, 32")), 40, 5, 1).plans(BASE).size());
  }

  @Test
  void seedsComeOnTopOfEverything() {
    List<TrainingPlan> plans =
        new SweepSpace(List.of(Axis.parse("rate: 0.1, 0.2")), 0, 0, 3).plans(BASE);
    assertEquals(List.of("7", "8", "9", "7", "8", "9"), values(plans, "seed"));
    assertEquals(3, new SweepSpace(List.of(), 0, 0, 3).plans(BASE).size());
    assertEquals(
        List.of("rate", "seed"),
        new SweepSpace(List.of(Axis.parse("rate: 1, 2")), 0, 0, 3).fields());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grid seeds 1\nrate: 0.1, 0.01\nnetwork: 784 → 8 relu → 10 softmax, 784 → 10 softmax",
        "random 20 seed -4 seeds 3\nrate: 0.001…1 log 5\nl2: 0…0.1 3",
        "grid seeds 5",
      })
  void aSpaceIsReadAsItIsWritten(String text) {
    assertEquals(text, SweepSpace.parse(text).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "speed: 1, 2 | no field \"speed\" to vary",
        "rate: | No values of rate",
        "rate | No values of rate",
        "rate: 1…0.1 | goes from 1 to 0.1",
        "rate: 0…1 log | above 0 for log",
        "rate: a…b | is not a number",
        "rate: 0.1…1 log 3 wide | not understood",
        "loss: 1…3 | are no numbers",
        "batch: 1…9 1 | between 2 and 500",
      })
  void saysWhatIsWrong(String axis, String complaint) {
    String message = Refusal.of(() -> Axis.parse(axis));
    assertTrue(message.contains(complaint), message);
  }

  @Test
  void tooManyRunsAndDoubleFieldsAreRefused() {
    assertTrue(
        Refusal.of(() -> grid("rate: 0…1 100", "l2: 0…1 100").plans(BASE))
            .contains("These are 10000 runs; at most 500"));
    assertTrue(Refusal.of(() -> grid("rate: 1", "rate: 2")).contains("varies twice"));
    assertTrue(
        Refusal.of(() -> new SweepSpace(List.of(Axis.parse("seed: 1, 2")), 0, 0, 2))
            .contains("seed varies already"));
    assertTrue(Refusal.of(() -> grid("batch: 0").plans(BASE)).contains("batch size is 0"));
    assertTrue(Refusal.of(() -> SweepSpace.parse("all of it")).contains("not understood"));
  }
}
