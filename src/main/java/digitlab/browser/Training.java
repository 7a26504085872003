package digitlab.browser;

import digitlab.data.Dataset;
import digitlab.ink.Rasterizer;
import digitlab.net.JavaEngine;
import digitlab.net.NetworkFile;
import digitlab.net.NetworkFormat;
import digitlab.net.Parameters;
import digitlab.net.PlainKernels;
import digitlab.net.StepResult;
import digitlab.train.EpochResult;
import digitlab.train.PlanText;
import digitlab.train.Trainer;
import digitlab.train.TrainingPlan;

/** One training in the browser: the same trainer and engine as on the server. */
final class Training implements Trainer.Listener {
  private final TrainingPlan plan;
  private final JavaEngine engine;
  private final Trainer trainer;
  private float loss;

  /**
   * Prepares a training.
   *
   * @param plan its text form
   * @param pixels (labels.length, 784)
   * @throws IllegalArgumentException if the plan is not understood or does not fit the images
   */
  Training(String plan, byte[] pixels, byte[] labels) {
    this.plan = PlanText.parse(plan);
    Dataset dataset =
        new Dataset("images of this page", Rasterizer.SIDE, Rasterizer.SIDE, 10, pixels, labels);
    engine = new JavaEngine(this.plan.engineSettings(dataset.size()), new PlainKernels());
    trainer = new Trainer(this.plan, dataset, engine, this);
  }

  /** Trains for up to {@code count} steps. Returns the loss of the last one. */
  float step(int count) {
    for (int i = 0; i < count && trainer.step(); i++) {
      // Trainer.step does it all
    }
    return loss;
  }

  /** The network as it is now, as a file. */
  byte[] save(String title) {
    Parameters parameters = new Parameters(plan.network());
    engine.save(parameters);
    return NetworkFormat.write(title, NetworkFile.MNIST_28, plan.loss(), parameters);
  }

  @Override
  public void onStep(long step, StepResult result, int images) {
    loss = result.loss();
  }

  @Override
  public void onEpoch(EpochResult result) {}
}
