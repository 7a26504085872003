package digitlab.train;

import digitlab.data.BatchSource;
import digitlab.data.Batches;
import digitlab.data.Dataset;
import digitlab.math.Rng;
import digitlab.net.Batch;
import digitlab.net.Engine;
import digitlab.net.Parameters;
import digitlab.net.StepResult;
import digitlab.net.TrainingState;
import digitlab.text.Decimals;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One training, a step at a time: who calls {@link #step} decides when to pause, to stop and to
 * look. It knows no clock, no thread and no screen, so that it runs on a server and in a browser
 * alike. An engine may report steps later than it takes them on; at the end of an epoch all are
 * known. Not thread-safe.
 */
public final class Trainer {
  /** Is told what happens, in the thread that trains. */
  public interface Listener {
    /** After each step, numbered from 1. */
    void onStep(long step, StepResult result, int images);

    /** After the last step of each epoch. */
    void onEpoch(EpochResult result);
  }

  /** Hands batches on, in their order: one at a time, or some made ahead. */
  public interface Delivery {
    BatchSource of(Batches batches);
  }

  private final TrainingPlan plan;
  private final Dataset dataset;
  private final Engine engine;
  private final Listener listener;
  private final BatchSource batches;
  private final int[] validationNumbers;
  private final int batchSize;
  private final int stepsPerEpoch;
  private final Engine.Results results = this::count;

  private double rate;
  private long begun; // steps that the engine was given
  private long step; // steps that are done
  private int epoch;
  private double epochLoss;
  private int epochCorrect;
  private double lowestLoss = Double.POSITIVE_INFINITY;
  private int epochsWithoutFall;
  private @Nullable Outcome outcome;

  /**
   * Sets images aside for validation, as the plan has it, and loads fresh parameters into the
   * engine.
   *
   * @param dataset the training images
   * @param engine made from {@link TrainingPlan#engineSettings}
   * @throws IllegalArgumentException if the network can't read these images
   */
  public Trainer(TrainingPlan plan, Dataset dataset, Engine engine, Listener listener) {
    this(plan, dataset, engine, listener, batches -> batches, null);
  }

  /**
   * The same with batches that come in another way than one at a time when they are asked for, and
   * from the middle of a training.
   *
   * @param delivery is given the batches and hands them on
   * @param from where to go on; null to begin
   */
  public Trainer(
      TrainingPlan plan,
      Dataset dataset,
      Engine engine,
      Listener listener,
      Delivery delivery,
      @Nullable Checkpoint from) {
    checkFit(plan, dataset);
    this.plan = plan;
    this.dataset = dataset;
    this.engine = engine;
    this.listener = listener;
    int[] numbers = dataset.allNumbers();
    Rng.named(plan.seed(), "validation").shuffle(numbers);
    int validation = (int) (plan.validation() * (numbers.length - dataset.unclassed()) + 0.5);
    int training = numbers.length - validation;
    moveClassedToEnd(dataset, numbers, validation);
    if (training < 1) {
      throw new IllegalArgumentException(
          "Of "
              + numbers.length
              + " images "
              + validation
              + " are set aside for validation; none is left to train on. Set fewer aside.");
    }
    validationNumbers = Arrays.copyOfRange(numbers, training, numbers.length);
    batchSize = plan.batch() < training ? plan.batch() : training;
    Batches inOrder =
        new Batches(
            dataset,
            Arrays.copyOf(numbers, training),
            batchSize,
            plan.augmentation(),
            plan.seed(),
            engine.alters());
    stepsPerEpoch = (training + batchSize - 1) / batchSize;
    rate = plan.rate();
    if (from == null) {
      engine.load(Parameters.initial(plan.network(), plan.initializer(), plan.seed()));
    } else {
      inOrder.skip(from.steps());
      engine.resume(from.state());
      begun = from.steps();
      step = from.steps();
      epoch = (int) (step / stepsPerEpoch);
      epochLoss = from.epochLoss();
      epochCorrect = from.epochCorrect();
      lowestLoss = from.lowestLoss();
      epochsWithoutFall = from.epochsWithoutFall();
      rate = from.rate();
    }
    batches = delivery.of(inOrder);
  }

  /** The last {@code count} numbers become those of images that have a class. */
  private static void moveClassedToEnd(Dataset dataset, int[] numbers, int count) {
    int other = numbers.length - 1;
    for (int i = numbers.length - 1; i >= numbers.length - count; i--) {
      other = other < i ? other : i;
      while (dataset.label(numbers[other]) == Dataset.NO_CLASS) {
        other--;
      }
      int number = numbers[other];
      numbers[other] = numbers[i];
      numbers[i] = number;
    }
  }

  private static void checkFit(TrainingPlan plan, Dataset dataset) {
    if (plan.network().inputs() != dataset.pixelsPerImage()) {
      throw new IllegalArgumentException(
          "The network reads "
              + plan.network().inputs()
              + " inputs; the images of "
              + dataset.name()
              + " have "
              + dataset.width()
              + "×"
              + dataset.height()
              + " = "
              + dataset.pixelsPerImage()
              + " pixels. Begin the network with that number.");
    }
    if (plan.network().outputs() < dataset.classes()) {
      throw new IllegalArgumentException(
          "The network has "
              + plan.network().outputs()
              + " outputs; "
              + dataset.name()
              + " has "
              + dataset.classes()
              + " classes. Give the last layer that many neurons.");
    }
  }

  /** Gives the engine one batch to train on. Returns whether there is more to do. */
  public boolean step() {
    if (outcome != null) {
      return false;
    }
    Batch batch = batches.next();
    double epochsDone = (double) begun / stepsPerEpoch;
    double factor = plan.schedule().factor(epochsDone, plan.epochs());
    begun++;
    engine.begin(batch, (float) (rate * factor), results);
    if (batches.atEnd()) {
      settle();
      if (outcome == null) {
        finishEpoch();
      }
    }
    return outcome == null;
  }

  /**
   * Waits for what the engine still has in hand, so that the steps that were reported are those
   * that its parameters have gone through: before they are looked at in the middle of an epoch.
   */
  public void settle() {
    engine.finish(results);
  }

  private void count(StepResult result) {
    if (outcome != null) {
      return; // it diverged, and some steps had been given away already
    }
    step++;
    boolean last = step % stepsPerEpoch == 0;
    int rows = last ? batches.imagesPerEpoch() - (stepsPerEpoch - 1) * batchSize : batchSize;
    epochLoss += (double) result.loss() * rows;
    epochCorrect += result.correct();
    listener.onStep(step, result, rows);
    if (!Float.isFinite(result.loss())) {
      outcome = Outcome.DIVERGED;
    }
  }

  private void finishEpoch() {
    epoch++;
    Evaluation validation =
        validationNumbers.length == 0
            ? null
            : Evaluation.of(engine, plan.network().outputs(), dataset, validationNumbers);
    EpochResult result =
        new EpochResult(
            epoch,
            epochLoss / batches.imagesPerEpoch(),
            (double) epochCorrect / batches.imagesPerEpoch(),
            validation);
    epochLoss = 0;
    epochCorrect = 0;
    if (result.watchedLoss() < lowestLoss - plan.stopping().minimumChange()) {
      lowestLoss = result.watchedLoss();
      epochsWithoutFall = 0;
    } else {
      epochsWithoutFall++;
    }
    if (epoch == plan.epochs()) {
      outcome = Outcome.EPOCHS_DONE;
    } else if (plan.stopping().patience() > 0 && epochsWithoutFall >= plan.stopping().patience()) {
      outcome = Outcome.LOSS_FLAT;
    }
    listener.onEpoch(result);
  }

  /** Where the training stands, to go on from later. */
  public Checkpoint checkpoint() {
    settle();
    TrainingState state = new TrainingState(plan.network(), plan.optimizer());
    engine.save(state);
    return new Checkpoint(
        state, step, epochLoss, epochCorrect, lowestLoss, epochsWithoutFall, rate);
  }

  /**
   * Trains on with another learning rate; the schedule acts on it as on the plan's.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public void setRate(double newRate) {
    rate = Decimals.requireRange(newRate, "learning rate", 0, TrainingPlan.MOST_RATE);
  }

  /** The learning rate before the schedule. */
  public double rate() {
    return rate;
  }

  /** Steps done so far. */
  public long steps() {
    return step;
  }

  /** Steps of the whole plan, if nothing ends it early. */
  public long allSteps() {
    return (long) stepsPerEpoch * plan.epochs();
  }

  /** Images that are trained on; the others are for validation. */
  public int trainingImages() {
    return batches.imagesPerEpoch();
  }

  /** Why the training is over; null while it goes on. */
  public @Nullable Outcome outcome() {
    return outcome;
  }
}
