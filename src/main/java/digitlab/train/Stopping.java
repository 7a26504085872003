package digitlab.train;

import digitlab.text.Decimals;
import digitlab.text.Words;
import java.util.List;

/**
 * When a training ends before its last epoch: if for {@code patience} epochs the loss (of the
 * validation images, or of the training images where none are set aside) was not at least {@code
 * minimumChange} below its lowest before.
 *
 * @param patience epochs; 0: never stop early
 */
public record Stopping(int patience, double minimumChange) {
  public static final Stopping NEVER = new Stopping(0, 0);

  public Stopping {
    Decimals.requireRange(patience, "patience", 0, TrainingPlan.MOST_EPOCHS);
    Decimals.requireRange(minimumChange, "minimum change of the loss", 0, 100);
  }

  /** "never" or "patience 5 change 0.001". */
  @Override
  public String toString() {
    return patience == 0
        ? "never"
        : "patience " + patience + " change " + Decimals.format(minimumChange);
  }

  /**
   * The reverse of {@link #toString}; the change may be left out.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  public static Stopping parse(String text) {
    List<String> words = Words.of(text);
    if (words.equals(List.of("never"))) {
      return NEVER;
    }
    boolean hasChange = words.size() == 4 && words.get(2).equals("change");
    if (!words.isEmpty()
        && words.getFirst().equals("patience")
        && (words.size() == 2 || hasChange)) {
      int patience = Decimals.parseInt(words.get(1), "patience", 1, TrainingPlan.MOST_EPOCHS);
      return new Stopping(
          patience, hasChange ? Decimals.parse(words.get(3), "minimum change of the loss") : 0);
    }
    throw new IllegalArgumentException(
        "The stopping rule \""
            + text.trim()
            + "\" is not understood; write never or \"patience 5 change 0.001\".");
  }
}
