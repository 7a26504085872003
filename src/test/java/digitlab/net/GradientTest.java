package digitlab.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import digitlab.math.Rng;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every activation with every loss: the gradient is the slope of the loss. */
class GradientTest {
  record Case(Activation hidden, Activation output, Loss loss) {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Loss loss : Loss.values()) {
      for (Activation output : Activation.values()) {
        for (Activation hidden : Activation.values()) {
          if (hidden != Activation.SOFTMAX && loss.suits(output)) {
            cases.add(new Case(hidden, output, loss));
          }
        }
      }
    }
    return cases;
  }

  /** In double precision, against central differences. */
  @ParameterizedTest
  @MethodSource("cases")
  void isTheSlopeOfTheLoss(Case tried) {
    Rng rng = new Rng(5);
    NetworkSpec spec = spec(tried);
    DoubleNet net = new DoubleNet(Samples.parameters(spec, rng), tried.loss());
    Batch batch = Samples.batch(4, spec.inputs(), spec.outputs(), rng);
    double[] gradient = net.gradient(batch);
    double step = 1e-5;
    for (int i = 0; i < net.values.length; i++) {
      double value = net.values[i];
      net.values[i] = value + step;
      double above = net.loss(batch);
      net.values[i] = value - step;
      double below = net.loss(batch);
      net.values[i] = value;
      assertEquals((above - below) / (2 * step), gradient[i], 1e-8, "parameter " + i);
    }
  }

  /** In single precision, against the double one. */
  @ParameterizedTest
  @MethodSource("cases")
  void isTheSameInTheEngine(Case tried) {
    Rng rng = new Rng(6);
    NetworkSpec spec = spec(tried);
    Parameters parameters = Samples.parameters(spec, rng);
    Batch batch = Samples.batch(4, spec.inputs(), spec.outputs(), rng);
    double[] expected = new DoubleNet(parameters, tried.loss()).gradient(batch);
    Parameters gradient = new Parameters(spec);
    try (Engine engine =
        new JavaEngine(EngineSettings.forInference(spec, tried.loss(), 4), new PlainKernels())) {
      engine.load(parameters);
      engine.gradients(batch, gradient);
    }
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], gradient.values()[i], 2e-6, "parameter " + i);
    }
  }

  private static NetworkSpec spec(Case tried) {
    return new NetworkSpec(
        7,
        List.of(
            new LayerSpec(5, tried.hidden()),
            new LayerSpec(6, tried.hidden()),
            new LayerSpec(4, tried.output())));
  }

  @Test
  void softmaxHasNoSlopeOfItsOwn() {
    assertThrows(UnsupportedOperationException.class, () -> Activation.SOFTMAX.slope(0, 0));
  }
}
