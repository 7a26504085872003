package digitlab.train;

import digitlab.math.Functions;
import digitlab.text.Decimals;
import digitlab.text.Words;
import java.util.List;

/** How the learning rate changes over the epochs: a factor of the plan's rate. */
public sealed interface Schedule {
  /**
   * The factor at a point of the training.
   *
   * @param epochsDone with fraction: 2.5 is in the middle of the third epoch
   * @param epochs of the whole plan
   */
  double factor(double epochsDone, int epochs);

  /** The rate stays. */
  record Constant() implements Schedule {
    @Override
    public double factor(double epochsDone, int epochs) {
      return 1;
    }

    @Override
    public String toString() {
      return "constant";
    }
  }

  /** The rate is multiplied by {@code factor} each {@code everyEpochs} epochs. */
  record Step(double factor, int everyEpochs) implements Schedule {
    public Step {
      Decimals.requireRange(factor, "factor of the step schedule", 0.0001, 1);
      Decimals.requireRange(
          everyEpochs, "number of epochs of the step schedule", 1, TrainingPlan.MOST_EPOCHS);
    }

    @Override
    public double factor(double epochsDone, int epochs) {
      double value = 1;
      for (int drop = 1; drop * (double) everyEpochs <= epochsDone; drop++) {
        value *= factor;
      }
      return value;
    }

    @Override
    public String toString() {
      return "step " + Decimals.format(factor) + " " + everyEpochs;
    }
  }

  /** Half a cosine from 1 down to 0 (Loshchilov, Hutter 2017, eq. 5, without restarts). */
  record Cosine() implements Schedule {
    @Override
    public double factor(double epochsDone, int epochs) {
      return 0.5 * (1 + Functions.cos(Math.PI * epochsDone / epochs));
    }

    @Override
    public String toString() {
      return "cosine";
    }
  }

  /**
   * "constant", "step 0.5 10" or "cosine".
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  static Schedule parse(String text) {
    List<String> words = Words.of(text);
    if (words.equals(List.of("constant"))) {
      return new Constant();
    }
    if (words.equals(List.of("cosine"))) {
      return new Cosine();
    }
    if (words.size() == 3 && words.getFirst().equals("step")) {
      return new Step(
          Decimals.parse(words.get(1), "factor of the step schedule"),
          Decimals.parseInt(
              words.get(2), "number of epochs of the step schedule", 1, TrainingPlan.MOST_EPOCHS));
    }
    throw new IllegalArgumentException(
        "There is no schedule \""
            + text.trim()
            + "\"; choose constant, \"step 0.5 10\" (half the rate each 10 epochs) or cosine.");
  }
}
