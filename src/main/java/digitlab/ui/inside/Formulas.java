package digitlab.ui.inside;

import digitlab.net.Loss;
import digitlab.net.NeuronStudy;
import digitlab.ui.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The formulas of forward and backward pass with the real numbers in them. */
final class Formulas {
  private static final int DIGITS = 3;

  private Formulas() {}

  /** How wrong one answer is: "C = ½·((0.43−0)² + … + (0.88−1)²) = 0.31". */
  static String cost(Loss loss, float[] outputs, int label, double cost) {
    List<String> terms = new ArrayList<>();
    for (int c = 0; c < outputs.length; c++) {
      switch (loss) {
        case MSE ->
            terms.add("(" + Texts.decimal(outputs[c], 2) + "−" + (c == label ? 1 : 0) + ")²");
        case BINARY_CROSS_ENTROPY ->
            terms.add(
                c == label ? "log " + number(outputs[c]) : "log(1−" + number(outputs[c]) + ")");
        case CROSS_ENTROPY -> {
          if (c == label) {
            terms.add(number(outputs[c]));
          }
        }
      }
    }
    String sum = String.join(" + ", terms);
    String formula =
        switch (loss) {
          case MSE -> "½·(" + sum + ")";
          case CROSS_ENTROPY -> "−log " + sum;
          case BINARY_CROSS_ENTROPY -> "−(" + sum + ")";
        };
    return "C = " + formula + " = " + number(cost);
  }

  /** z and y of a neuron, from what it reads. */
  static List<String> forward(NeuronStudy study, int inputs) {
    return List.of(
        "z = Σ w·x + b = "
            + sum(study.inputs(), inputs)
            + " + "
            + bracketed(study.bias())
            + " = "
            + number(study.sum()),
        "y = " + study.activation() + "(z) = " + number(study.output()));
  }

  /** δ of a neuron, and the gradients of its weights and its bias. */
  static List<String> backward(
      NeuronStudy study, int label, int above, IntFunction<String> nameOfInput) {
    List<String> lines = new ArrayList<>();
    boolean output = study.above().isEmpty() && above == 0;
    int target = study.neuron() == label ? 1 : 0;
    String error = number(study.output()) + " − " + target;
    if (output && Double.isNaN(study.pull())) {
      lines.add(
          isDifference(study, target)
              ? "δ = y − t = " + error + " = " + number(study.delta())
              : "δ = y·((y − t) − Σ y·(y − t)) = " + number(study.delta()));
    } else {
      lines.add(
          output
              ? "∂C/∂y = y − t = " + error + " = " + number(study.pull())
              : "∂C/∂y = Σ w·δ = " + sum(study.above(), above) + " = " + number(study.pull()));
      lines.add("f′(z) = " + number(study.slope()));
      lines.add(
          "δ = ∂C/∂y · f′(z) = "
              + bracketed(study.pull())
              + "·"
              + bracketed(study.slope())
              + " = "
              + number(study.delta()));
    }
    if (!study.inputs().isEmpty()) {
      NeuronStudy.Term strongest = study.inputs().getFirst();
      lines.add(
          "∂C/∂w = x·δ = "
              + bracketed(strongest.factor())
              + "·"
              + bracketed(study.delta())
              + " = "
              + number(strongest.factor() * study.delta())
              + "  ("
              + nameOfInput.apply(strongest.index())
              + ")");
    }
    lines.add("∂C/∂b = δ = " + number(study.delta()));
    return lines;
  }

  private static boolean isDifference(NeuronStudy study, int target) {
    double difference = study.output() - target;
    return Math.abs(study.delta() - difference) <= 1e-4 * Math.max(1e-3, Math.abs(difference));
  }

  /** The terms that weigh most; how many there are in all, if there are more. */
  private static String sum(List<NeuronStudy.Term> terms, int all) {
    List<String> products =
        terms.stream()
            .map(term -> bracketed(term.weight()) + "·" + bracketed(term.factor()))
            .toList();
    String sum = products.isEmpty() ? "0" : String.join(" + ", products);
    return all > terms.size() ? sum + " + … (" + Texts.whole(all) + ")" : sum;
  }

  private static String bracketed(double value) {
    return value < 0 ? "(" + number(value) + ")" : number(value);
  }

  private static String number(double value) {
    return Texts.significant(value, DIGITS);
  }
}
