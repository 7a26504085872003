package digitlab.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.data.StrokeGenerator;
import digitlab.net.Activation;
import digitlab.net.Initializer;
import digitlab.train.GradientBench.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the textbooks say must come out. */
class GradientBenchTest {
  private static final GradientBench BENCH =
      new GradientBench(new StrokeGenerator(1).dataset(128), 32, 1);

  private static GradientBench.Result measure(int depth, Activation activation, String weights) {
    return BENCH.measure(depth, activation, Initializer.parse(weights), 0, 0);
  }

  @Test
  void sigmoidsLetItVanishTheFasterTheDeeper() {
    GradientBench.Result five = measure(5, Activation.SIGMOID, "xavier");
    GradientBench.Result ten = measure(10, Activation.SIGMOID, "xavier");
    assertEquals(6, five.gradients().size());
    assertEquals(Verdict.VANISHES, five.verdict());
    assertTrue(ten.first() < five.first() / 100, ten.first() + " of " + five.first());
  }

  @Test
  void reluWithHeLetsItPass() {
    for (int depth : List.of(2, 5, 20)) {
      GradientBench.Result result = measure(depth, Activation.RELU, "he");
      assertEquals(Verdict.PASSES, result.verdict(), result.toString());
    }
    assertEquals(Verdict.PASSES, measure(10, Activation.TANH, "xavier").verdict());
  }

  @Test
  void smallWeightsLetItVanishAndLargeOnesExplode() {
    assertEquals(Verdict.VANISHES, measure(10, Activation.RELU, "normal 0.01").verdict());
    assertEquals(Verdict.EXPLODES, measure(20, Activation.TANH, "normal 1").verdict());
    GradientBench.Result level = measure(10, Activation.RELU, "normal 1");
    assertEquals(Verdict.EXPLODES, level.verdict(), level.toString());
  }

  @Test
  void aTrainingOfSomeStepsChangesItAndTheSameOneIsTheSame() {
    Initializer he = Initializer.HE;
    GradientBench.Result before = BENCH.measure(3, Activation.RELU, he, 0, 0.05f);
    GradientBench.Result after = BENCH.measure(3, Activation.RELU, he, 20, 0.05f);
    assertTrue(after.last() != before.last());
    assertEquals(after, BENCH.measure(3, Activation.RELU, he, 20, 0.05f));
  }
}
