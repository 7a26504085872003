package digitlab.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.datasets.DataLibrary;
import digitlab.datasets.DataPair;
import digitlab.datasets.MnistDownload;
import digitlab.engine.Engines;
import digitlab.jobs.TrainingJob;
import digitlab.net.StepResult;
import digitlab.testing.Mnist;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How well the reference engine learns the real MNIST. */
class AccuracyIT {
  @TempDir private Path cache;

  private DataPair data(DataChoice choice) throws InterruptedException {
    return new DataLibrary(Mnist.folder(), cache, new MnistDownload())
        .find(choice, (_, _, _) -> {});
  }

  private double testAccuracy(TrainingPlan plan) throws InterruptedException {
    return testAccuracy(plan, data(DataChoice.MNIST));
  }

  private static double testAccuracy(TrainingPlan plan, DataPair data) {
    TrainingJob job =
        new TrainingJob(plan, data, Engines.all().choose("reference").provider(), 1, new Quiet());
    return Objects.requireNonNull(job.run().test()).accuracy();
  }

  private static final class Quiet implements TrainingJob.Listener {
    @Override
    public void onStart(long allSteps, int trainingImages) {}

    @Override
    public void onStep(long step, StepResult result, int images) {}

    @Override
    public void onEpoch(EpochResult result, double seconds, double samplesPerSecond) {}
  }

  @Test
  void theNetworkOfTheVideosReaches95Percent() throws InterruptedException {
    double accuracy = testAccuracy(Preset.named("3b1b").plan());
    assertTrue(accuracy >= 0.950, "test accuracy " + accuracy);
  }

  /** Trained on our own pen digits, tested on MNIST's. */
  @Test
  void theGeneratorAloneReaches93Percent() throws InterruptedException {
    TrainingPlan plan =
        PlanText.parse(
            """
            network 784 → 128 relu → 64 relu → 10 softmax
            optimizer adam; rate 0.002; schedule cosine; batch 64; epochs 8; validation 0
            augmentation shift 1 rotate 8 scale 0.1 elastic 34
            """);
    DataPair drawn = data(DataChoice.PEN_DIGITS);
    DataPair mnist = data(DataChoice.MNIST);
    double accuracy =
        testAccuracy(plan, new DataPair(drawn.training(), mnist.test(), drawn.origin()));
    assertTrue(accuracy >= 0.93, "test accuracy " + accuracy);
  }

  @Test
  void reluAndCrossEntropyReach978Permille() throws InterruptedException {
    TrainingPlan plan =
        PlanText.parse(
            "network 784 → 128 relu → 64 relu → 10 softmax; optimizer adam; rate 0.002; schedule cosine; batch 64; epochs 8");
    double accuracy = testAccuracy(plan);
    assertTrue(accuracy >= 0.978, "test accuracy " + accuracy);
  }
}
