package digitlab.train;

import digitlab.data.Augmentation;
import digitlab.net.EngineSettings;
import digitlab.net.Initializer;
import digitlab.net.Loss;
import digitlab.net.NetworkSpec;
import digitlab.net.Optimizer;
import digitlab.text.Decimals;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that decides how a training goes; with the same images, engine and threads it goes the
 * same way again. {@link PlanText} is its text form.
 *
 * @param rate the learning rate η
 * @param l2 weight decay, added to the gradient as l2·w
 * @param batch images in one step
 * @param epochs at most so many times through all images
 * @param validation the share of the training images that is set aside to watch the training with
 * @param seed of everything random
 */
public record TrainingPlan(
    DataChoice data,
    NetworkSpec network,
    Loss loss,
    Optimizer optimizer,
    double rate,
    Schedule schedule,
    int batch,
    int epochs,
    Stopping stopping,
    Initializer initializer,
    double l2,
    double validation,
    Augmentation augmentation,
    long seed) {
  public static final int MOST_EPOCHS = 10_000;
  public static final int MOST_BATCH = 1_000_000;
  public static final double MOST_RATE = 1000;

  /** What a plan is that says nothing: a small network that learns well. */
  public static final TrainingPlan DEFAULT =
      new TrainingPlan(
          DataChoice.MNIST,
          NetworkSpec.parse("784 → 128 relu → 10 softmax"),
          Loss.CROSS_ENTROPY,
          new Optimizer.Adam(0.9, 0.999),
          0.001,
          new Schedule.Constant(),
          64,
          10,
          Stopping.NEVER,
          Initializer.HE,
          0,
          0.1,
          Augmentation.NONE,
          1);

  public TrainingPlan {
    Decimals.requireRange(rate, "learning rate", 0, MOST_RATE);
    Decimals.requireRange(batch, "batch size", 1, MOST_BATCH);
    Decimals.requireRange(epochs, "number of epochs", 1, MOST_EPOCHS);
    Decimals.requireRange(l2, "L2 weight decay", 0, 10);
    Decimals.requireRange(validation, "validation share", 0, 0.9);
  }

  /**
   * What an engine must know of this plan; {@code images} are trained on, so no batch is larger.
   */
  public EngineSettings engineSettings(int images) {
    return new EngineSettings(network, loss, optimizer, l2, batch < images ? batch : images, seed);
  }

  /**
   * This plan with another value in one field of {@link PlanText#FIELDS}.
   *
   * @throws IllegalArgumentException saying what is wrong with the value
   */
  public TrainingPlan with(String field, Object value) {
    List<String> values = new ArrayList<>(values());
    values.set(PlanText.FIELDS.indexOf(field), value.toString());
    return PlanText.of(values);
  }

  /** One line: {@link PlanText#format} with semicolons. */
  @Override
  public String toString() {
    return PlanText.format(this, "; ");
  }

  /** The text forms of all fields, in order. */
  List<String> values() {
    return List.of(
        data.toString(),
        network.toString(),
        loss.toString(),
        optimizer.toString(),
        Decimals.format(rate),
        schedule.toString(),
        Integer.toString(batch),
        Integer.toString(epochs),
        stopping.toString(),
        initializer.toString(),
        Decimals.format(l2),
        Decimals.format(validation),
        augmentation.toString(),
        Long.toString(seed));
  }
}
