package digitlab.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.data.Dataset;
import digitlab.data.StrokeGenerator;
import digitlab.engine.EngineProvider;
import digitlab.engine.Engines;
import digitlab.net.Batch;
import digitlab.net.DenseLayer;
import digitlab.net.Engine;
import digitlab.net.JavaEngine;
import digitlab.net.NetworkSpec;
import digitlab.net.Parameters;
import digitlab.net.PlainKernels;
import digitlab.net.StepResult;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProbeTest {
  private static final Dataset DIGITS = new StrokeGenerator(3).dataset(300);
  private static final TrainingPlan PLAN =
      PlanText.parse(
          "network 784 → 20 relu dropout 0.2 → 12 tanh → 10 softmax; batch 20; epochs 2");

  static List<EngineProvider> engines() {
    return Engines.all().providers();
  }

  private static float[] train(EngineProvider provider, boolean watched) {
    try (Engine engine = provider.create(PLAN.engineSettings(DIGITS.size()), 2)) {
      Trainer trainer = new Trainer(PLAN, DIGITS, engine, new Deaf());
      Probe probe = new Probe(PLAN, DIGITS);
      boolean more = true;
      while (more) {
        if (watched) {
          probe.before(engine);
        }
        more = trainer.step();
        if (watched) {
          assertEquals(3, probe.after(engine, trainer.steps()).layers().size());
        }
      }
      Parameters parameters = new Parameters(PLAN.network());
      engine.save(parameters);
      return parameters.values();
    }
  }

  private static final class Deaf implements Trainer.Listener {
    @Override
    public void onStep(long step, StepResult result, int images) {}

    @Override
    public void onEpoch(EpochResult result) {}
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aTrainingThatIsWatchedEndsWithTheSameBits(EngineProvider provider) {
    String reason = "Skipped: " + provider.name() + " can't train here: " + provider.obstacle();
    Assumptions.assumeTrue(provider.obstacle() == null, reason);
    assertArrayEquals(train(provider, false), train(provider, true));
  }

  @Test
  void seesGradientUpdateAndLossAsTheEngineHasThem() {
    TrainingPlan plan =
        PlanText.parse("network 784 → 9 relu → 10 softmax; optimizer sgd; rate 0.1");
    try (Engine engine = new JavaEngine(plan.engineSettings(100), new PlainKernels())) {
      Parameters start = Parameters.initial(plan.network(), plan.initializer(), plan.seed());
      engine.load(start);
      Probe probe = new Probe(plan, DIGITS);
      probe.before(engine);
      ProbeResult rest = probe.atRest(0);
      assertTrue(Double.isNaN(rest.layers().getFirst().update()), "no step was seen");

      // all images the probe could have chosen, so that both look at the same ones
      Dataset few = new StrokeGenerator(4).dataset(30);
      Probe whole = new Probe(plan, few);
      Batch batch = new Batch().select(few.images(), few.allNumbers(), 0, few.size());
      Parameters gradient = new Parameters(plan.network());
      engine.gradients(batch, gradient);
      whole.before(engine);
      ProbeResult before = whole.atRest(0);
      StepResult step = engine.step(batch, 0.1f);
      ProbeResult after = whole.after(engine, 1);
      assertEquals(step.loss(), before.loss(), 1e-5);
      assertTrue(after.loss() < before.loss());
      for (int l = 0; l < 2; l++) {
        DenseLayer layer = start.layer(l);
        LayerHealth health = before.layers().get(l);
        double norm = norm(gradient.values(), layer.weightsAt(), layer.end());
        assertEquals(norm, health.gradient(), 1e-5 * norm);
        double update =
            0.1
                * norm(gradient.values(), layer.weightsAt(), layer.biasesAt())
                / norm(start.values(), layer.weightsAt(), layer.biasesAt());
        assertEquals(update, after.layers().get(l).update(), 1e-3 * update);
      }
    }
  }

  private static double norm(float[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) values[i] * values[i];
    }
    return Math.sqrt(sum);
  }

  @Test
  void countsNeuronsThatAreSilentAndOutputsThatAreFlat() {
    TrainingPlan plan = PlanText.parse("network 784 → 4 relu → 4 sigmoid → 10 softmax");
    Parameters parameters = new Parameters(plan.network());
    DenseLayer relu = parameters.layer(0);
    DenseLayer sigmoid = parameters.layer(1);
    for (int o = 0; o < 4; o++) {
      parameters.values()[relu.biasesAt() + o] = o == 0 ? 1 : -1; // three of four are silent
      parameters.values()[sigmoid.biasesAt() + o] = o < 2 ? 9 : 0; // two of four are flat
    }
    ProbeResult seen = look(plan, parameters);
    assertEquals(0.75, seen.layers().get(0).dead());
    assertEquals(0, seen.layers().get(0).saturated());
    assertEquals(0, seen.layers().get(1).dead());
    assertEquals(0.5, seen.layers().get(1).saturated());
    Histogram outputs = seen.layers().get(1).outputs();
    assertEquals(1, outputs.high());
    assertEquals(2 * 100, outputs.counts()[Histogram.BINS / 2], "σ(0) = ½");
    assertEquals(2 * 100, outputs.counts()[Histogram.BINS - 1], "σ(9) is nearly 1");
    assertEquals(-1, seen.firstBroken());
  }

  @Test
  void namesTheFirstLayerThatBroke() {
    TrainingPlan plan = PlanText.parse("network 784 → 4 relu → 4 relu → 10 softmax");
    Parameters parameters = Parameters.initial(plan.network(), plan.initializer(), 1);
    parameters.values()[parameters.layer(1).biasesAt()] = Float.POSITIVE_INFINITY;
    ProbeResult seen = look(plan, parameters);
    assertTrue(seen.layers().get(0).finite());
    assertFalse(seen.layers().get(1).finite());
    assertEquals(1, seen.firstBroken());
    parameters.values()[parameters.layer(1).biasesAt()] = 1e30f;
    assertEquals(1, look(plan, parameters).firstBroken(), "nearly too large");
  }

  private static ProbeResult look(TrainingPlan plan, Parameters parameters) {
    try (Engine engine = new JavaEngine(plan.engineSettings(10), new PlainKernels())) {
      engine.load(parameters);
      Probe probe = new Probe(plan, DIGITS);
      probe.before(engine);
      return probe.atRest(7);
    }
  }

  @Test
  void looksAtFewerImagesWhereEachCostsMore() {
    assertEquals(
        100, Probe.images(NetworkSpec.parse("784 → 16 sigmoid → 16 sigmoid → 10 sigmoid")));
    assertEquals(32, Probe.images(NetworkSpec.parse("784 → 512 relu → 512 relu → 10 softmax")));
    assertEquals(49, Probe.images(NetworkSpec.parse("784 → 256 relu → 10 softmax")));
  }
}
