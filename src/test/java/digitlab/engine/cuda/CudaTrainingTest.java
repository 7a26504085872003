package digitlab.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.data.Dataset;
import digitlab.datasets.DataLibrary;
import digitlab.datasets.DataPair;
import digitlab.datasets.MnistDownload;
import digitlab.engine.EngineProvider;
import digitlab.engine.Engines;
import digitlab.jobs.TrainingJob;
import digitlab.net.StepResult;
import digitlab.testing.Mnist;
import digitlab.testing.SimulatedCard;
import digitlab.testing.SimulatedCuda;
import digitlab.train.DataChoice;
import digitlab.train.EpochResult;
import digitlab.train.Evaluation;
import digitlab.train.PlanText;
import digitlab.train.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole trainings on a part of MNIST, on the simulated card and by the plain engine. */
class CudaTrainingTest {
  private static final int TRAINING = 3000;
  private static final int TEST = 500;

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

  private static DataPair mnist() throws InterruptedException {
    Path folder = Mnist.folder();
    DataPair all =
        new DataLibrary(folder, folder, new MnistDownload())
            .find(DataChoice.MNIST, (_, _, _) -> {});
    return new DataPair(first(all.training(), TRAINING), first(all.test(), TEST), all.origin());
  }

  private static Dataset first(Dataset all, int count) {
    byte[] pixels = Arrays.copyOf(all.images().pixels(), count * all.pixelsPerImage());
    byte[] labels = Arrays.copyOf(all.images().labels(), count);
    return new Dataset(all.name(), all.width(), all.height(), all.classes(), pixels, labels);
  }

  private static TrainingJob.Result train(
      TrainingPlan plan, DataPair data, EngineProvider provider, Losses losses) {
    return new TrainingJob(plan, data, provider, 2, losses).run();
  }

  /** In shared memory, and with all blocks; with dropout, augmentation, validation, a schedule. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "network 784 → 16 sigmoid → 16 sigmoid → 10 sigmoid; loss mse; optimizer sgd; rate 3;"
            + " batch 32; epochs 2; validation 0.1",
        "network 784 → 40 relu dropout 0.2 → 10 softmax; optimizer adam; rate 0.002; batch 48;"
            + " schedule cosine; epochs 1; augmentation shift 1 elastic 20; l2 0.0001",
        "network 784 → 120 tanh → 60 elu → 10 softmax; optimizer nesterov; rate 0.02; batch 128;"
            + " epochs 1",
      })
  void learnsWhatThePlainEngineLearns(String text) throws InterruptedException {
    TrainingPlan plan = PlanText.parse(text);
    DataPair data = mnist();
    try (SimulatedCard card = SimulatedCard.open(SimulatedCuda.Checks.FEW)) {
      EngineProvider provider = CudaEngines.on(card);
      assertNull(provider.obstacle());
      Losses plain = new Losses();
      Losses cuda = new Losses();
      TrainingJob.Result expected = train(plan, data, Engines.all().named("reference"), plain);
      TrainingJob.Result result = train(plan, data, provider, cuda);
      assertEquals(plain.values.size(), cuda.values.size());
      for (int step = 0; step < plain.values.size(); step++) {
        assertEquals(plain.values.get(step), cuda.values.get(step), 2e-3, "step " + step);
      }
      Evaluation right = expected.test();
      Evaluation test = result.test();
      assertNotNull(right);
      assertNotNull(test);
      assertTrue(right.accuracy() > 0.4, "only " + right.accuracy());
      assertEquals(right.accuracy(), test.accuracy(), 0.005);
      assertEquals(0, card.live());
    }
  }
}
