package digitlab.net;

import digitlab.text.Decimals;
import digitlab.text.Words;
import java.util.List;

/**
 * One layer as described: how many neurons, their activation, and the share of its outputs that is
 * switched off at random in training (dropout; Srivastava and others 2014).
 *
 * @param neurons 1…{@value #MOST_NEURONS}
 * @param dropout 0 ≤ share &lt; 1
 */
public record LayerSpec(int neurons, Activation activation, double dropout) {
  public static final int MOST_NEURONS = 16_384;
  public static final double MOST_DROPOUT = 0.95;

  public LayerSpec {
    Decimals.requireRange(neurons, "number of neurons of a layer", 1, MOST_NEURONS);
    Decimals.requireRange(dropout, "dropout of a layer", 0, MOST_DROPOUT);
  }

  public LayerSpec(int neurons, Activation activation) {
    this(neurons, activation, 0);
  }

  /** "128 relu" or "128 relu dropout 0.2". */
  @Override
  public String toString() {
    return neurons + " " + activation + (dropout > 0 ? " dropout " + Decimals.format(dropout) : "");
  }

  static LayerSpec parse(String text) {
    List<String> words = Words.of(text);
    boolean hasDropout = words.size() == 4 && words.get(2).equals("dropout");
    if (words.size() != 2 && !hasDropout) {
      throw new IllegalArgumentException(
          "The layer \""
              + text.trim()
              + "\" is not understood. Write it like \"128 relu\" or \"128 relu dropout 0.2\".");
    }
    return new LayerSpec(
        Decimals.parseInt(words.get(0), "number of neurons of a layer", 1, MOST_NEURONS),
        Activation.parse(words.get(1)),
        hasDropout ? Decimals.parse(words.get(3), "dropout of a layer") : 0);
  }
}
