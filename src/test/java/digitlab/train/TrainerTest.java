package digitlab.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.data.Dataset;
import digitlab.data.DoodleGenerator;
import digitlab.data.StrokeGenerator;
import digitlab.net.Batch;
import digitlab.net.Engine;
import digitlab.net.JavaEngine;
import digitlab.net.Parameters;
import digitlab.net.PlainKernels;
import digitlab.net.StepResult;
import digitlab.testing.Refusal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final Dataset DIGITS = new StrokeGenerator(1).dataset(600);
  private static final TrainingPlan PLAN =
      PlanText.parse(
          "network 784 → 20 relu → 10 softmax; batch 32; epochs 4; rate 0.01; validation 0.25");

  /** What a training said. */
  private static final class Log implements Trainer.Listener {
    final List<EpochResult> epochs = new ArrayList<>();
    final List<Float> losses = new ArrayList<>();
    int images;

    @Override
    public void onStep(long step, StepResult result, int count) {
      assertEquals(losses.size() + 1, step);
      losses.add(result.loss());
      images += count;
    }

    @Override
    public void onEpoch(EpochResult result) {
      epochs.add(result);
    }
  }

  private record Done(Log log, Trainer trainer, Parameters parameters) {}

  private static Done train(TrainingPlan plan) {
    return train(plan, DIGITS);
  }

  private static Done train(TrainingPlan plan, Dataset dataset) {
    Log log = new Log();
    try (JavaEngine engine =
        new JavaEngine(plan.engineSettings(dataset.size()), new PlainKernels())) {
      Trainer trainer = new Trainer(plan, dataset, engine, log);
      while (trainer.step()) {
        assertNull(trainer.outcome());
      }
      Parameters parameters = new Parameters(plan.network());
      engine.save(parameters);
      return new Done(log, trainer, parameters);
    }
  }

  /**
   * Stopped in the middle of an epoch, with everything random in it, it goes on as it would have.
   */
  @Test
  void goesOnFromACheckpointAsIfNothingHadHappened() {
    TrainingPlan plan =
        PLAN.with("network", "784 → 20 relu dropout 0.2 → 10 softmax")
            .with("augmentation", "shift 1 rotate 5")
            .with("schedule", "cosine")
            .with("stopping", "patience 2");
    Done straight = train(plan);
    Log log = new Log();
    Checkpoint checkpoint;
    try (JavaEngine engine =
        new JavaEngine(plan.engineSettings(DIGITS.size()), new PlainKernels())) {
      Trainer trainer = new Trainer(plan, DIGITS, engine, log);
      for (int step = 0; step < 22; step++) {
        assertTrue(trainer.step());
      }
      checkpoint = trainer.checkpoint();
    }
    assertEquals(22, checkpoint.steps());
    try (JavaEngine engine =
        new JavaEngine(plan.engineSettings(DIGITS.size()), new PlainKernels())) {
      Trainer trainer = new Trainer(plan, DIGITS, engine, log, batches -> batches, checkpoint);
      boolean more = true;
      while (more) {
        more = trainer.step();
      }
      Parameters after = new Parameters(plan.network());
      engine.save(after);
      assertEquals(straight.log.losses, log.losses);
      assertEquals(
          straight.log.epochs.stream().map(EpochResult::trainAccuracy).toList(),
          log.epochs.stream().map(EpochResult::trainAccuracy).toList());
      assertEquals(
          straight.log.epochs.stream().map(EpochResult::watchedLoss).toList(),
          log.epochs.stream().map(EpochResult::watchedLoss).toList());
      assertArrayEquals(straight.parameters.values(), after.values());
    }
  }

  /** Another rate acts from the next step on, and the schedule acts on it. */
  @Test
  void theRateCanBeChangedOnTheWay() {
    Log log = new Log();
    try (JavaEngine engine =
        new JavaEngine(PLAN.engineSettings(DIGITS.size()), new PlainKernels())) {
      Trainer trainer = new Trainer(PLAN, DIGITS, engine, log);
      assertTrue(trainer.step());
      trainer.setRate(0);
      assertEquals(0, trainer.rate());
      Parameters before = new Parameters(PLAN.network());
      engine.save(before);
      assertTrue(trainer.step());
      Parameters after = new Parameters(PLAN.network());
      engine.save(after);
      assertArrayEquals(before.values(), after.values());
      assertTrue(Refusal.of(() -> trainer.setRate(-1)).contains("between 0 and 1000"));
    }
  }

  @Test
  void learns() {
    Done done = train(PLAN);
    assertEquals(Outcome.EPOCHS_DONE, done.trainer.outcome());
    assertEquals(4, done.log.epochs.size());
    assertEquals(450, done.trainer.trainingImages());
    assertEquals(4 * 450, done.log.images);
    assertEquals(4 * 15, done.log.losses.size());
    assertEquals(60, done.trainer.allSteps());
    Evaluation validation = done.log.epochs.getLast().validation();
    assertNotNull(validation);
    assertEquals(150, validation.confusion().total());
    assertTrue(validation.accuracy() > 0.6, "only " + validation.accuracy());
    assertTrue(done.log.epochs.getLast().trainLoss() < done.log.epochs.getFirst().trainLoss());
    assertFalse(done.trainer.step(), "nothing happens after the end");
    assertEquals(60, done.trainer.steps());
  }

  @Test
  void isTheSameAgainForTheSameSeed() {
    TrainingPlan plan =
        PLAN.with("network", "784 → 20 relu dropout 0.2 → 10 softmax")
            .with("augmentation", "shift 1 rotate 5");
    Done first = train(plan);
    assertArrayEquals(first.parameters.values(), train(plan).parameters.values());
    assertEquals(first.log.losses, train(plan).log.losses);
    assertFalse(first.log.losses.equals(train(plan.with("seed", 2)).log.losses));
  }

  /** An engine that computes as soon as it is given a step, and tells of it only much later. */
  private static final class LateEngine implements Engine {
    private static final int LATE = 7;

    private final JavaEngine engine;
    private final Deque<StepResult> untold = new ArrayDeque<>();

    LateEngine(TrainingPlan plan) {
      engine = new JavaEngine(plan.engineSettings(DIGITS.size()), new PlainKernels());
    }

    @Override
    public void begin(Batch batch, float rate, Results results) {
      untold.add(engine.step(batch, rate));
      if (untold.size() > LATE) {
        results.accept(untold.remove());
      }
    }

    @Override
    public void finish(Results results) {
      while (!untold.isEmpty()) {
        results.accept(untold.remove());
      }
    }

    @Override
    public StepResult step(Batch batch, float rate) {
      throw new UnsupportedOperationException("The trainer takes no single steps.");
    }

    @Override
    public void load(Parameters parameters) {
      engine.load(parameters);
    }

    @Override
    public void gradients(Batch batch, Parameters into) {
      engine.gradients(batch, into);
    }

    @Override
    public StepResult predict(Batch batch, float[] outputs) {
      assertTrue(untold.isEmpty(), "all steps of an epoch are known before it is judged");
      return engine.predict(batch, outputs);
    }

    @Override
    public void save(Parameters into) {
      engine.save(into);
    }

    @Override
    public void close() {}
  }

  /** Same steps with the same figures in the same epochs, the ragged last batch included. */
  @Test
  void anEngineMayTellLater() {
    Log log = new Log();
    Trainer trainer = new Trainer(PLAN, DIGITS, new LateEngine(PLAN), log);
    boolean more = trainer.step();
    assertTrue(log.losses.isEmpty());
    trainer.settle();
    assertEquals(1, log.losses.size());
    while (more) {
      more = trainer.step();
    }
    Done expected = train(PLAN);
    assertEquals(expected.log.losses, log.losses);
    assertEquals(
        expected.log.epochs.stream().map(EpochResult::trainLoss).toList(),
        log.epochs.stream().map(EpochResult::trainLoss).toList());
    assertEquals(
        expected.log.epochs.stream().map(EpochResult::watchedLoss).toList(),
        log.epochs.stream().map(EpochResult::watchedLoss).toList());
    assertEquals(expected.log.images, log.images);
  }

  @Test
  void stepsBehindADivergenceAreNotCounted() {
    Log log = new Log();
    TrainingPlan wild =
        PLAN.with("rate", 1000)
            .with("optimizer", "sgd")
            .with("loss", "mse")
            .with("network", "784 → 20 relu → 10 identity");
    Trainer trainer = new Trainer(wild, DIGITS, new LateEngine(wild), log);
    boolean more = true;
    while (more) {
      more = trainer.step();
    }
    assertEquals(Outcome.DIVERGED, trainer.outcome());
    assertFalse(Float.isFinite(log.losses.getLast()));
    assertEquals(1, log.losses.stream().filter(loss -> !Float.isFinite(loss)).count());
  }

  @Test
  void withoutValidationThereIsNone() {
    Done done = train(PLAN.with("validation", 0).with("epochs", 1));
    assertNull(done.log.epochs.getFirst().validation());
    assertEquals(600, done.log.images);
  }

  /** Validation asks what a digit is; doodles are only trained on. */
  @Test
  void doodlesAreNotForValidation() {
    Dataset both = Dataset.join(DIGITS, new DoodleGenerator(1).dataset(400));
    TrainingPlan plan = PLAN.with("validation", 0.25).with("epochs", 1);
    Done done = train(plan, both);
    assertEquals(850, done.trainer.trainingImages());
    Evaluation validation = done.log.epochs.getFirst().validation();
    assertNotNull(validation);
    assertEquals(150, validation.confusion().total());
  }

  @Test
  void oneImageAtATimeAndAllAtOnceWorkToo() {
    assertEquals(450, train(PLAN.with("batch", 1).with("epochs", 1)).log.losses.size());
    assertEquals(1, train(PLAN.with("batch", 100_000).with("epochs", 1)).log.losses.size());
  }

  @Test
  void stopsWhenTheLossNoLongerFalls() {
    Done done =
        train(PLAN.with("rate", 0).with("epochs", 50).with("stopping", "patience 3 change 0.001"));
    assertEquals(Outcome.LOSS_FLAT, done.trainer.outcome());
    assertEquals(4, done.log.epochs.size());
  }

  @Test
  void noticesThatItDiverges() {
    Done done =
        train(
            PLAN.with("optimizer", "sgd")
                .with("rate", 1000)
                .with("loss", "mse")
                .with("network", "784 → 20 identity → 10 identity"));
    assertEquals(Outcome.DIVERGED, done.trainer.outcome());
    assertTrue(done.log.losses.size() < 60);
  }

  @Test
  void refusesWhatDoesNotFitTheImages() {
    assertTrue(
        Refusal.of(() -> train(PLAN.with("network", "100 → 10 softmax")))
            .contains("28×28 = 784 pixels"));
    assertTrue(
        Refusal.of(() -> train(PLAN.with("network", "784 → 9 softmax"))).contains("9 outputs"));
  }

  @Test
  void aCurveKeepsItsExtremes() {
    Curve curve = new Curve();
    for (int step = 1; step <= 100_000; step++) {
      curve.add(step == 54_321 ? 1000 : step == 77_777 ? -1000 : step % 7);
    }
    Curve.Part all = curve.all();
    assertTrue(
        all.mean().length < Curve.MOST_BUCKETS && all.mean().length >= Curve.MOST_BUCKETS / 2 - 1);
    float most = 0;
    float least = 0;
    double sum = 0;
    for (int i = 0; i < all.mean().length; i++) {
      most = Math.max(most, all.most()[i]);
      least = Math.min(least, all.least()[i]);
      sum += (double) all.mean()[i] * all.width();
      assertTrue(all.least()[i] <= all.mean()[i] && all.mean()[i] <= all.most()[i]);
    }
    assertEquals(1000, most);
    assertEquals(-1000, least);
    assertEquals(3, sum / (all.mean().length * (double) all.width()), 0.01);
  }

  @Test
  void aChartFetchesOnlyWhatItLacks() {
    Curve curve = new Curve();
    for (int i = 0; i < 10; i++) {
      curve.add(i);
    }
    assertArrayEquals(new float[] {7, 8, 9}, curve.missing(1, 7).mean());
    assertEquals(10, curve.missing(2, 7).mean().length, "of another width: all anew");
    assertEquals(0, curve.missing(1, 10).mean().length);
  }
}
