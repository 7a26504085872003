package digitlab.browser;

import digitlab.data.Dataset;
import digitlab.net.Engine;
import digitlab.net.NetworkFile;
import digitlab.net.NetworkFormat;
import digitlab.net.Parameters;
import digitlab.net.StepResult;
import digitlab.train.EpochResult;
import digitlab.train.Evaluation;
import digitlab.train.Outcome;
import digitlab.train.PlanText;
import digitlab.train.Trainer;
import digitlab.train.TrainingPlan;
import java.util.Arrays;

/** One training in the browser: the same trainer and engine as on the server. */
final class Training implements Trainer.Listener, Handles.Closeable {
  /** How many numbers {@link #progress} gives. */
  static final int PROGRESS = 6;

  private final TrainingPlan plan;
  private final Engine engine;
  private final Trainer trainer;
  private final Dataset test;
  private float loss;
  private int epochs;

  // since progress was last asked for
  private double lossSum;
  private int correct;
  private int images;

  /**
   * Prepares a training.
   *
   * @param plan its text form
   * @throws IllegalArgumentException if the plan is not understood or does not fit the images
   */
  Training(String plan, Dataset training, Dataset test, Arithmetic arithmetic) {
    this.plan = PlanText.parse(plan);
    this.test = test;
    engine = arithmetic.engine(this.plan.engineSettings(training.size()));
    trainer = new Trainer(this.plan, training, engine, this);
  }

  /** Trains for up to {@code count} steps. Returns the loss of the last one. */
  float step(int count) {
    for (int i = 0; i < count && trainer.step(); i++) {
      // Trainer.step does it all
    }
    return loss;
  }

  /**
   * Where the training is: steps, whole epochs, mean loss and share of hits since this was last
   * asked, how many images that was, and 1 if it goes on, 0 if it is over, −1 if the loss is no
   * longer a number.
   */
  float[] progress() {
    Outcome outcome = trainer.outcome();
    float[] progress = {
      trainer.steps(),
      epochs,
      images == 0 ? Float.NaN : (float) (lossSum / images),
      images == 0 ? Float.NaN : (float) correct / images,
      images,
      outcome == null ? 1 : outcome == Outcome.DIVERGED ? -1 : 0
    };
    lossSum = 0;
    correct = 0;
    images = 0;
    return progress;
  }

  /** Loss and share of hits on the first {@code most} test images. */
  float[] test(int most) {
    int[] numbers = test.allNumbers();
    if (most < numbers.length) {
      numbers = Arrays.copyOf(numbers, most);
    }
    Evaluation evaluation = Evaluation.of(engine, plan.network().outputs(), test, numbers);
    return new float[] {(float) evaluation.loss(), (float) evaluation.accuracy()};
  }

  /** The network as it is now, as a file. */
  byte[] save(String title) {
    Parameters parameters = new Parameters(plan.network());
    engine.save(parameters);
    return NetworkFormat.write(title, NetworkFile.MNIST_28, plan.loss(), parameters);
  }

  /**
   * Goes on from the numbers of a network file.
   *
   * @throws IllegalArgumentException if it is another network than the plan's, or damaged
   */
  void load(byte[] file) {
    Parameters parameters = NetworkFormat.read(file).parameters();
    Parameters own = new Parameters(plan.network());
    own.copyFrom(parameters);
    engine.load(own);
  }

  @Override
  public void onStep(long step, StepResult result, int rows) {
    loss = result.loss();
    lossSum += (double) loss * rows;
    correct += result.correct();
    images += rows;
  }

  @Override
  public void onEpoch(EpochResult result) {
    epochs = result.epoch();
  }

  @Override
  public void close() {
    engine.close();
  }
}
