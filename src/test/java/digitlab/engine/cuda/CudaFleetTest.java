package digitlab.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.data.Dataset;
import digitlab.data.StrokeGenerator;
import digitlab.net.Batch;
import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.net.Initializer;
import digitlab.net.Parameters;
import digitlab.net.StepResult;
import digitlab.testing.SimulatedCard;
import digitlab.testing.SimulatedCuda;
import digitlab.train.EpochResult;
import digitlab.train.PlanText;
import digitlab.train.Trainer;
import digitlab.train.TrainingPlan;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Networks that train side by side learn, bit for bit, what each of them learns alone: other
 * shapes, inputs, optimisers, batches, lengths and seeds beside them change nothing.
 */
class CudaFleetTest {
  private static final Dataset DIGITS = new StrokeGenerator(1).dataset(60);
  private static final Dataset SMALL = quarters(DIGITS);

  private static final List<TrainingPlan> PLANS =
      List.of(
          plan("784 → 16 sigmoid → 16 sigmoid → 10 sigmoid; loss mse; optimizer sgd", 16, 2, 1),
          plan("784 → 10 softmax; optimizer adam", 7, 2, 2),
          plan("784 → 9 gelu dropout 0.3 → 10 softmax; optimizer momentum", 16, 1, 3),
          plan("784 → 130 relu → 10 softmax; optimizer nesterov", 16, 2, 4), // not in one block
          plan("196 → 20 tanh → 10 softmax; optimizer sgd", 5, 2, 6),
          plan("784 → 16 sigmoid → 16 sigmoid → 10 sigmoid; loss mse; optimizer sgd", 16, 2, 5));

  private static TrainingPlan plan(String text, int batch, int epochs, int seed) {
    return PlanText.parse("rate 0.01; validation 0; network " + text)
        .with("batch", batch)
        .with("epochs", epochs)
        .with("seed", seed);
  }

  /** Every second pixel of every second line. */
  private static Dataset quarters(Dataset all) {
    byte[] pixels = new byte[all.size() * 14 * 14];
    for (int i = 0; i < pixels.length; i++) {
      int image = i / 196;
      int line = i % 196 / 14;
      pixels[i] = all.images().pixels()[image * 784 + 2 * line * 28 + 2 * (i % 14)];
    }
    return new Dataset("quarters", 14, 14, 10, pixels, all.images().labels());
  }

  private static Dataset data(TrainingPlan plan) {
    return plan.network().inputs() == 196 ? SMALL : DIGITS;
  }

  /** A training and what came of it. */
  private static final class Training implements Trainer.Listener, AutoCloseable {
    final List<Float> losses = new ArrayList<>();
    final TrainingPlan plan;
    final Engine engine;
    final Trainer trainer;
    boolean more = true;

    Training(TrainingPlan plan, CudaProvider provider) {
      this.plan = plan;
      engine = provider.create(plan.engineSettings(DIGITS.size()), 1);
      trainer = new Trainer(plan, data(plan), engine, this);
    }

    Training step() {
      more = more && trainer.step();
      return this;
    }

    Training toTheEnd() {
      while (more) {
        step();
      }
      return this;
    }

    float[] parameters() {
      Parameters parameters = new Parameters(plan.network());
      engine.save(parameters);
      return parameters.values();
    }

    @Override
    public void onStep(long step, StepResult result, int images) {
      losses.add(result.loss());
    }

    @Override
    public void onEpoch(EpochResult result) {}

    @Override
    public void close() {
      engine.close();
    }
  }

  /** Losses of all steps, then all parameters. */
  private record Learned(List<Float> losses, FloatBuffer parameters) {
    static Learned of(Training training) {
      return new Learned(training.losses, FloatBuffer.wrap(training.parameters()));
    }

    void check(Learned other, TrainingPlan plan) {
      assertEquals(losses, other.losses, plan.toString());
      assertEquals(parameters, other.parameters, plan.toString());
    }
  }

  private static List<Learned> alone(CudaProvider provider) {
    List<Learned> all = new ArrayList<>();
    for (TrainingPlan plan : PLANS) {
      try (Training training = new Training(plan, provider)) {
        all.add(Learned.of(training.toTheEnd()));
      }
    }
    return all;
  }

  @Test
  void eachLearnsWhatItLearnsAlone() {
    try (SimulatedCard card = SimulatedCard.open(SimulatedCuda.Checks.ALL)) {
      CudaProvider provider = CudaEngines.on(card, Placement.AUTO);
      List<Learned> alone = alone(provider);
      List<Training> together = PLANS.stream().map(plan -> new Training(plan, provider)).toList();
      while (together.stream().anyMatch(training -> training.more)) {
        together.forEach(Training::step);
      }
      for (int i = 0; i < PLANS.size(); i++) {
        alone.get(i).check(Learned.of(together.get(i)), PLANS.get(i));
      }
      together.forEach(Training::close);
      assertEquals(0, card.live());
    }
  }

  /** As in the Lab: each in a thread, coming and going. */
  @Test
  void soTheyDoInThreads() throws InterruptedException, ExecutionException {
    try (SimulatedCard card = SimulatedCard.open(SimulatedCuda.Checks.FEW);
        ExecutorService threads = Executors.newCachedThreadPool()) {
      CudaProvider provider = CudaEngines.on(card);
      List<Learned> alone = alone(provider);
      for (int round = 0; round < 3; round++) {
        List<Callable<Learned>> tasks = new ArrayList<>();
        for (TrainingPlan plan : PLANS) {
          tasks.add(
              () -> {
                try (Training training = new Training(plan, provider)) {
                  return Learned.of(training.toTheEnd());
                }
              });
        }
        List<Future<Learned>> results = threads.invokeAll(tasks);
        for (int i = 0; i < PLANS.size(); i++) {
          alone.get(i).check(results.get(i).get(), PLANS.get(i));
        }
      }
      assertEquals(0, card.live());
    }
  }

  /** What comes while the card is busy is launched together when it is not. */
  @Test
  void manyNeedFewLaunches() {
    try (SimulatedCard card = SimulatedCard.open(SimulatedCuda.Checks.FEW)) {
      CudaProvider provider = CudaEngines.on(card, Placement.ONE_BLOCK);
      int alone = kernels(1, provider, card);
      int together = kernels(8, provider, card);
      assertTrue(together <= 3 * alone, together + " launches, " + alone + " for one network");
    }
  }

  private static int kernels(int networks, CudaProvider provider, SimulatedCard card) {
    int before = card.kernels();
    EngineSettings settings = PLANS.getFirst().engineSettings(DIGITS.size());
    List<Engine> engines = new ArrayList<>();
    for (int i = 0; i < networks; i++) {
      engines.add(provider.create(settings, 1));
      engines.get(i).load(Parameters.initial(settings.network(), Initializer.XAVIER, i));
    }
    Batch batch = new Batch().select(DIGITS.images(), DIGITS.allNumbers(), 0, 4);
    for (int step = 0; step < 100; step++) {
      for (Engine engine : engines) {
        engine.begin(batch, 0.1f, _ -> {});
      }
    }
    engines.forEach(engine -> engine.finish(_ -> {}));
    engines.forEach(Engine::close);
    return card.kernels() - before;
  }

  /** Whoever stops in the middle takes nothing from the others. */
  @Test
  void oneMayLeave() {
    try (SimulatedCard card = SimulatedCard.open(SimulatedCuda.Checks.ALL)) {
      CudaProvider provider = CudaEngines.on(card, Placement.AUTO);
      try (Training alone = new Training(PLANS.getFirst(), provider);
          Training stays = new Training(PLANS.getFirst(), provider)) {
        Training leaves = new Training(PLANS.getLast(), provider);
        for (int step = 0; step < 5; step++) {
          leaves.step();
          stays.step();
        }
        leaves.close();
        Learned.of(alone.toTheEnd()).check(Learned.of(stays.toTheEnd()), PLANS.getFirst());
      }
      assertEquals(0, card.live());
    }
  }
}
