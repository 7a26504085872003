package digitlab.net;

import digitlab.text.Decimals;
import digitlab.text.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * A network as described, apart from its numbers: a student can read it aloud.
 *
 * <pre>784 → 128 relu → 10 softmax</pre>
 *
 * @param inputs how many numbers the network reads: 784 for an image of 28×28 pixels
 * @param layers hidden layers and, last, the output layer
 */
public record NetworkSpec(int inputs, List<LayerSpec> layers) {
  public static final int MOST_INPUTS = 65_536;
  public static final int MOST_LAYERS = 64;

  /**
   * 64 million numbers are 256 MB: above this a text from outside is taken for an attack or a slip.
   */
  public static final int MOST_PARAMETERS = 64_000_000;

  public NetworkSpec {
    layers = List.copyOf(layers);
    Decimals.requireRange(inputs, "number of inputs", 1, MOST_INPUTS);
    Decimals.requireRange(layers.size(), "number of layers", 1, MOST_LAYERS);
    long parameters = count(inputs, layers);
    if (parameters > MOST_PARAMETERS) {
      throw new IllegalArgumentException(
          "The network has "
              + parameters
              + " parameters; at most "
              + MOST_PARAMETERS
              + " are allowed. Use fewer neurons.");
    }
  }

  /**
   * Reads the form that {@link #toString} writes; "->" stands for "→".
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  public static NetworkSpec parse(String text) {
    List<String> parts = Words.split(text.replace("->", "→"), '→');
    if (parts.size() < 2) {
      throw new IllegalArgumentException(
          "The network \""
              + text.trim()
              + "\" has no layer. Write it like \"784 → 128 relu → 10 softmax\".");
    }
    int inputs = Decimals.parseInt(parts.get(0).trim(), "number of inputs", 1, MOST_INPUTS);
    List<LayerSpec> layers = new ArrayList<>();
    for (String part : parts.subList(1, parts.size())) {
      layers.add(LayerSpec.parse(part));
    }
    return new NetworkSpec(inputs, layers);
  }

  public int outputs() {
    return layers.getLast().neurons();
  }

  public Activation outputActivation() {
    return layers.getLast().activation();
  }

  /** The number of values that layer {@code layer} reads. */
  public int inputsOf(int layer) {
    return layer == 0 ? inputs : layers.get(layer - 1).neurons();
  }

  /** Weights and biases together. */
  public int parameterCount() {
    return (int) count(inputs, layers);
  }

  private static long count(int inputs, List<LayerSpec> layers) {
    long count = 0;
    long in = inputs;
    for (LayerSpec layer : layers) {
      count += (in + 1) * layer.neurons();
      in = layer.neurons();
    }
    return count;
  }

  /** The sum behind {@link #parameterCount}: "784·16 + 16·10 + 16 + 10". */
  public String parameterFormula() {
    StringBuilder weights = new StringBuilder();
    StringBuilder biases = new StringBuilder();
    for (int layer = 0; layer < layers.size(); layer++) {
      weights
          .append(layer == 0 ? "" : " + ")
          .append(inputsOf(layer))
          .append('·')
          .append(layers.get(layer).neurons());
      biases.append(" + ").append(layers.get(layer).neurons());
    }
    return weights.append(biases).toString();
  }

  /** "784-16-16-10". */
  public String shape() {
    StringBuilder text = new StringBuilder().append(inputs);
    for (LayerSpec layer : layers) {
      text.append('-').append(layer.neurons());
    }
    return text.toString();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(inputs);
    for (LayerSpec layer : layers) {
      text.append(" → ").append(layer);
    }
    return text.toString();
  }
}
