package digitlab.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import digitlab.data.Dataset;
import digitlab.data.StrokeGenerator;
import digitlab.net.Engine;
import digitlab.net.Parameters;
import digitlab.net.StepResult;
import digitlab.testing.Refusal;
import digitlab.testing.SimulatedCard;
import digitlab.testing.SimulatedCuda;
import digitlab.train.EpochResult;
import digitlab.train.PlanText;
import digitlab.train.Trainer;
import digitlab.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Networks that train side by side learn, bit for bit, what each of them learns alone: other
 * shapes, optimisers, batches, lengths and seeds beside them change nothing.
 */
class CudaFleetTest {
  private static final Dataset DIGITS = new StrokeGenerator(1).dataset(60);

  private static final List<TrainingPlan> PLANS =
      List.of(
          plan("784 → 16 sigmoid → 16 sigmoid → 10 sigmoid; loss mse; optimizer sgd", 16, 2, 1),
          plan("784 → 10 softmax; optimizer adam", 7, 2, 2),
          plan("784 → 9 gelu dropout 0.3 → 10 softmax; optimizer momentum", 16, 1, 3),
          plan("784 → 130 relu → 10 softmax; optimizer nesterov", 16, 2, 4), // not in one block
          plan("784 → 16 sigmoid → 16 sigmoid → 10 sigmoid; loss mse; optimizer sgd", 16, 2, 5));

  private static TrainingPlan plan(String text, int batch, int epochs, int seed) {
    return PlanText.parse("rate 0.01; validation 0; network " + text)
        .with("batch", batch)
        .with("epochs", epochs)
        .with("seed", seed);
  }

  /** A training and the losses that it told. */
  private static final class Training implements Trainer.Listener {
    final List<Float> losses = new ArrayList<>();
    final Trainer trainer;
    boolean more = true;

    Training(TrainingPlan plan, Engine engine) {
      trainer = new Trainer(plan, DIGITS, engine, this);
    }

    void step() {
      more = more && trainer.step();
    }

    @Override
    public void onStep(long step, StepResult result, int images) {
      losses.add(result.loss());
    }

    @Override
    public void onEpoch(EpochResult result) {}
  }

  private static float[] parameters(TrainingPlan plan, Engine engine) {
    Parameters parameters = new Parameters(plan.network());
    engine.save(parameters);
    return parameters.values();
  }

  @Test
  void eachLearnsWhatItLearnsAlone() {
    try (SimulatedCard card = SimulatedCard.open(SimulatedCuda.Checks.ALL)) {
      CudaProvider provider = CudaEngines.on(card, Placement.AUTO);
      List<Training> together = new ArrayList<>();
      List<float[]> learned = new ArrayList<>();
      try (CudaFleet fleet =
          provider.createFleet(PLANS.stream().map(p -> p.engineSettings(DIGITS.size())).toList())) {
        for (int i = 0; i < PLANS.size(); i++) {
          together.add(new Training(PLANS.get(i), fleet.engines().get(i)));
        }
        while (together.stream().anyMatch(training -> training.more)) {
          together.forEach(Training::step);
        }
        for (int i = 0; i < PLANS.size(); i++) {
          learned.add(parameters(PLANS.get(i), fleet.engines().get(i)));
        }
      }
      for (int i = 0; i < PLANS.size(); i++) {
        try (Engine engine = provider.create(PLANS.get(i).engineSettings(DIGITS.size()), 1)) {
          Training alone = new Training(PLANS.get(i), engine);
          while (alone.more) {
            alone.step();
          }
          assertEquals(alone.losses, together.get(i).losses, PLANS.get(i).toString());
          assertArrayEquals(parameters(PLANS.get(i), engine), learned.get(i));
        }
      }
      assertEquals(0, card.live());
    }
  }

  @Test
  void theyReadTheSameImages() {
    try (SimulatedCard card = SimulatedCard.open(SimulatedCuda.Checks.ALL)) {
      CudaProvider provider = CudaEngines.on(card, Placement.AUTO);
      String message =
          Refusal.of(
              () ->
                  provider.createFleet(
                      List.of(
                          plan("784 → 10 softmax", 16, 1, 1).engineSettings(60),
                          plan("783 → 10 softmax", 16, 1, 1).engineSettings(60))));
      assertEquals(
          "The networks read 784 and 783 inputs; networks that train together read the same images.",
          message);
      assertEquals(0, card.live());
    }
  }
}
