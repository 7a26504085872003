package digitlab.data;

import digitlab.net.Alteration;
import digitlab.text.Decimals;
import digitlab.text.Words;
import java.util.List;

/**
 * How images are changed at random each time they are shown, so that a network sees each digit in
 * many hands. All numbers are the most that may happen; 0 switches a change off.
 *
 * @param shift pixels, 0…8
 * @param rotate degrees, 0…90
 * @param scale share by which the image grows or shrinks, 0…0.5
 * @param shear share by which rows slide past each other, 0…1
 * @param elastic strength α of an elastic distortion, 0…100, smoothed with σ = {@value
 *     SmoothField#SIGMA} pixels (Simard, Steinkraus, Platt 2003, section 2: α = 34, σ = 4)
 * @param thickness pixels by which lines grow or shrink at either edge, 0…1
 */
public record Augmentation(
    double shift, double rotate, double scale, double shear, double elastic, double thickness) {
  private static final List<String> NAMES =
      List.of("shift", "rotate", "scale", "shear", "elastic", "thickness");
  private static final double[] MOST = {8, 90, 0.5, 1, 100, 1};

  public static final Augmentation NONE = new Augmentation(0, 0, 0, 0, 0, 0);

  public Augmentation {
    double[] values = {shift, rotate, scale, shear, elastic, thickness};
    for (int i = 0; i < MOST.length; i++) {
      Decimals.requireRange(values[i], NAMES.get(i) + " of the augmentation", 0, MOST[i]);
    }
  }

  public boolean isNone() {
    return equals(NONE);
  }

  /** The same for engines that change images themselves. */
  Alteration of(int width, int height, int classes, long key) {
    return new Alteration(
        width, height, classes, key, shift, rotate, scale, shear, elastic, thickness);
  }

  /** "none" or "shift 2 rotate 10". */
  @Override
  public String toString() {
    double[] values = {shift, rotate, scale, shear, elastic, thickness};
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < MOST.length; i++) {
      if (values[i] != 0) {
        text.append(text.isEmpty() ? "" : " ")
            .append(NAMES.get(i))
            .append(' ')
            .append(Decimals.format(values[i]));
      }
    }
    return text.isEmpty() ? "none" : text.toString();
  }

  /**
   * The reverse of {@link #toString}.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  public static Augmentation parse(String text) {
    List<String> words = Words.of(text);
    if (words.equals(List.of("none"))) {
      return NONE;
    }
    double[] values = new double[MOST.length];
    for (int i = 0; i < words.size(); i += 2) {
      int which = NAMES.indexOf(words.get(i));
      if (which < 0 || i + 1 == words.size()) {
        throw new IllegalArgumentException(
            "The augmentation \""
                + text.trim()
                + "\" is not understood. Write \"none\" or pairs like \"shift 2 rotate 10\" of "
                + Words.choices(NAMES)
                + ".");
      }
      values[which] = Decimals.parse(words.get(i + 1), words.get(i) + " of the augmentation");
    }
    return new Augmentation(values[0], values[1], values[2], values[3], values[4], values[5]);
  }
}
