package digitlab.jobs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.data.StrokeGenerator;
import digitlab.datasets.DataPair;
import digitlab.engine.Engines;
import digitlab.net.EngineSettings;
import digitlab.net.Loss;
import digitlab.net.NetworkSpec;
import digitlab.net.Optimizer;
import digitlab.net.StepResult;
import digitlab.testing.Await;
import digitlab.testing.Refusal;
import digitlab.text.Message;
import digitlab.train.EpochResult;
import digitlab.train.PlanText;
import digitlab.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingJobTest {
  private static final DataPair DIGITS =
      new DataPair(
          new StrokeGenerator(1).dataset(300),
          new StrokeGenerator(2).dataset(50),
          Message.of("data.pen-digits"));
  private static final TrainingPlan PLAN =
      PlanText.parse(
          "network 784 → 20 relu → 10 softmax; batch 16; epochs 3; augmentation shift 1 elastic 20");

  private static final class Losses implements TrainingJob.Listener {
    final List<Float> values = new ArrayList<>();

    @Override
    public void onStart(long allSteps, int trainingImages) {}

    @Override
    public void onStep(long step, StepResult result, int images) {
      values.add(result.loss());
    }

    @Override
    public void onEpoch(EpochResult result, double seconds, double samplesPerSecond) {}
  }

  private static TrainingJob.Result train(TrainingPlan plan, int threads, Losses losses) {
    return new TrainingJob(
            plan, DIGITS, Engines.all().choose("reference").provider(), threads, losses)
        .run();
  }

  /** One thread augments when a batch is asked for; with two, another one does it ahead. */
  @Test
  void batchesMadeAheadAreTheSameBatches() {
    Losses one = new Losses();
    Losses two = new Losses();
    TrainingJob.Result first = train(PLAN, 1, one);
    TrainingJob.Result second = train(PLAN, 2, two);
    assertEquals(3 * 17, one.values.size());
    assertEquals(one.values, two.values);
    assertArrayEquals(first.parameters().values(), second.parameters().values());
  }

  @Test
  void theThreadThatMakesBatchesEndsWithTheTraining() {
    var _ = train(PLAN, 2, new Losses());
    Await.until(
        "the thread to end",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("batches")));
  }

  @Test
  void whatDoesNotFitIsRefusedWithTheSum() {
    EngineSettings settings =
        new EngineSettings(
            NetworkSpec.parse("784 → 1000 relu → 10 softmax"),
            Loss.CROSS_ENTROPY,
            new Optimizer.Adam(0.9, 0.999),
            0,
            5000,
            1);
    String message = Refusal.of(() -> MemoryCheck.check(settings, 20));
    assertTrue(
        message.contains("at least 24 MB: 795010 parameters 4 times over make 13 MB"), message);
    assertTrue(message.contains("Java may use 20 MB"), message);
    MemoryCheck.check(settings, 25);
  }
}
