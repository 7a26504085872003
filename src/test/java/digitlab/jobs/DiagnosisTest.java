package digitlab.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.data.Dataset;
import digitlab.data.StrokeGenerator;
import digitlab.datasets.DataPair;
import digitlab.engine.Engines;
import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import digitlab.net.Engine;
import digitlab.net.StepResult;
import digitlab.text.Message;
import digitlab.train.Course;
import digitlab.train.Diagnosis;
import digitlab.train.EpochResult;
import digitlab.train.Evaluation;
import digitlab.train.Finding;
import digitlab.train.Finding.Kind;
import digitlab.train.PlanText;
import digitlab.train.ProbeResult;
import digitlab.train.Trainer;
import digitlab.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Real trainings that go wrong in each of the ways that are known, and some that go well. */
class DiagnosisTest {
  private static final DataPair DIGITS =
      new DataPair(
          new StrokeGenerator(1).dataset(500),
          new StrokeGenerator(2).dataset(50),
          Message.of("data.pen-digits"));

  /** A job that is watched as those of the queue are. */
  private static final class Watched implements TrainingJob.Listener, TrainingJob.Pilot {
    private final TrainingPlan plan;
    private final List<Course.Epoch> epochs = new ArrayList<>();
    private final List<ProbeResult> probes = new ArrayList<>();
    private @Nullable Watch watch;
    private long steps;

    Watched(TrainingPlan plan) {
      this.plan = plan;
    }

    @Override
    public void onEngine(Engine engine, Dataset training) {
      watch = new Watch(plan, training, engine, 0, probes::add);
    }

    @Override
    public void onStart(long allSteps, int trainingImages) {}

    @Override
    public boolean goesOn(Trainer trainer) {
      Objects.requireNonNull(watch).betweenSteps(trainer, System.nanoTime());
      return true;
    }

    @Override
    public void onStep(long step, StepResult result, int images) {
      steps = step;
      Objects.requireNonNull(watch).onStep(step, result.loss());
    }

    @Override
    public void onEpoch(EpochResult result, double seconds, double samplesPerSecond) {
      Evaluation validation = result.validation();
      epochs.add(
          new Course.Epoch(
              result.trainLoss(),
              result.trainAccuracy(),
              validation == null ? null : validation.loss()));
    }

    List<Finding> findings() throws InterruptedException {
      TrainingJob.Result result =
          new TrainingJob(plan, DIGITS, Engines.all().choose("reference").provider(), 1, this)
              .run(this, null);
      return Diagnosis.of(new Course(plan, epochs, probes, result.outcome(), steps));
    }
  }

  private static List<Finding> train(String plan) throws InterruptedException {
    return new Watched(PlanText.parse(plan)).findings();
  }

  private static List<Kind> kinds(List<Finding> findings) {
    return findings.stream().map(Finding::kind).toList();
  }

  /** The finding of that kind, which this plan must provoke; both languages have words for it. */
  private static String provokes(Kind kind, String plan) throws InterruptedException {
    List<Finding> findings = train(plan);
    Finding finding =
        findings.stream()
            .filter(found -> found.kind() == kind)
            .findFirst()
            .orElseThrow(() -> new AssertionError(plan + " gave " + findings));
    StringBuilder words = new StringBuilder();
    for (Language language : Language.values()) {
      for (Message message : List.of(finding.what(), finding.why(), finding.remedy())) {
        words.append(Messages.in(language).get(message)).append('\n');
      }
    }
    assertTrue(words.indexOf("{") < 0, words.toString());
    return words.toString();
  }

  @Test
  void notANumberAndWhereFirst() throws InterruptedException {
    String words =
        provokes(
            Kind.NOT_A_NUMBER,
            "network 784 → 16 relu → 8 relu → 10 identity; loss mse; optimizer sgd; rate 100");
    assertTrue(words.contains("Layer 3 (10 identity) was the first"), words);
    assertTrue(words.contains("well below 100, for instance 10;"), words);
    assertTrue(words.contains("числа слоя 3 (10 identity)"), words);
  }

  @Test
  void diverged() throws InterruptedException {
    provokes(Kind.DIVERGED, "network 784 → 16 relu → 10 softmax; optimizer sgd; rate 30; epochs 1");
  }

  @Test
  void vanishingGradient() throws InterruptedException {
    String words =
        provokes(
            Kind.VANISHING_GRADIENT,
            "network 784 → 12 sigmoid → 12 sigmoid → 12 sigmoid → 12 sigmoid → 12 sigmoid"
                + " → 10 softmax; initializer xavier; epochs 1");
    assertTrue(words.contains("ReLU with He weights instead of sigmoid"), words);
  }

  @Test
  void explodingGradient() throws InterruptedException {
    provokes(
        Kind.EXPLODING_GRADIENT,
        "network 784 → 40 relu → 40 relu → 40 relu → 10 softmax; initializer normal 1;"
            + " rate 0.0000001; epochs 1");
  }

  @Test
  void deadNeurons() throws InterruptedException {
    String words =
        provokes(
            Kind.DEAD_NEURONS,
            "network 784 → 32 relu → 10 softmax; optimizer adam 0.9 0.999; rate 1; epochs 2");
    assertTrue(words.contains("of 32 neurons are silent"), words);
  }

  @Test
  void saturatedNeurons() throws InterruptedException {
    String words =
        provokes(
            Kind.SATURATED_NEURONS,
            "network 784 → 30 tanh → 10 softmax; initializer normal 1; rate 0.0001; epochs 1");
    assertTrue(words.contains("layer 1 (30 tanh)"), words);
  }

  @Test
  void overfitting() throws InterruptedException {
    String words =
        provokes(
            Kind.OVERFITTING,
            "network 784 → 64 relu → 10 softmax; batch 10; rate 0.01; epochs 40; validation 0.8");
    assertTrue(words.contains("early stopping"), words);
  }

  @Test
  void stuckForWantOfRate() throws InterruptedException {
    String words =
        provokes(
            Kind.STUCK,
            "network 784 → 16 relu → 10 softmax; optimizer sgd; rate 0.00001; epochs 2");
    assertTrue(words.contains("A higher learning rate: 0.0001 instead of 0.00001"), words);
  }

  @Test
  void stuckForWantOfDifference() throws InterruptedException {
    provokes(
        Kind.STUCK, "network 784 → 16 relu → 10 softmax; initializer zeros; batch 10; epochs 2");
  }

  @Test
  void unfinished() throws InterruptedException {
    String words =
        provokes(
            Kind.UNFINISHED,
            "network 784 → 16 relu → 10 softmax; optimizer sgd; rate 0.02; batch 20; epochs 3");
    assertTrue(words.contains("More epochs, for instance 6"), words);
  }

  @Test
  void tooSmall() throws InterruptedException {
    provokes(
        Kind.TOO_SMALL,
        "network 784 → 2 tanh → 10 softmax; batch 10; rate 0.01; schedule cosine; epochs 30");
  }

  @Test
  void aHealthyTrainingGetsNoAdvice() throws InterruptedException {
    for (String network :
        List.of("784 → 32 relu → 10 softmax", "784 → 30 tanh → 20 relu → 10 softmax")) {
      String plan =
          "network " + network + "; batch 10; rate 0.002; schedule cosine; epochs 12; l2 0.0001";
      assertEquals(List.of(), kinds(train(plan)), network);
    }
  }

  @Test
  void whatNobodyLookedIntoIsJudgedByItsEpochs() {
    TrainingPlan plan = TrainingPlan.DEFAULT;
    List<Course.Epoch> epochs =
        List.of(
            new Course.Epoch(1, 0.7, 0.9),
            new Course.Epoch(0.5, 0.8, 0.5),
            new Course.Epoch(0.3, 0.9, 0.6),
            new Course.Epoch(0.1, 0.99, 0.8));
    assertEquals(
        List.of(Kind.OVERFITTING),
        kinds(Diagnosis.of(new Course(plan, epochs, List.of(), null, 9))));
    assertEquals(List.of(), Diagnosis.of(new Course(plan, List.of(), List.of(), null, 0)));
  }
}
