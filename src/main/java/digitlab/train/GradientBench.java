package digitlab.train;

import digitlab.data.Dataset;
import digitlab.math.Rng;
import digitlab.net.Activation;
import digitlab.net.Batch;
import digitlab.net.DenseLayer;
import digitlab.net.EngineSettings;
import digitlab.net.Initializer;
import digitlab.net.Inspection;
import digitlab.net.JavaEngine;
import digitlab.net.LayerSpec;
import digitlab.net.Loss;
import digitlab.net.NetworkSpec;
import digitlab.net.Optimizer;
import digitlab.net.Parameters;
import digitlab.net.PlainKernels;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the gradient comes back through deep networks (Glorot, Bengio 2010): networks of one
 * width that differ in depth, activation and initial weights look at the same images, and the norm
 * of the gradient is taken layer by layer.
 */
public final class GradientBench {
  /** Below this share of the largest the first layer hardly learns. */
  public static final double VANISHED = 0.01;

  /** Above this multiple of the last layer's the first one jumps about. */
  public static final double EXPLODED = 100;

  /** A norm above this has exploded, even if it is the same in all layers. */
  public static final double HUGE = 1000;

  private static final int IMAGES = 64;

  private final Dataset digits;
  private final int width;
  private final long seed;

  /**
   * @param width neurons of each hidden layer
   */
  public GradientBench(Dataset digits, int width, long seed) {
    this.digits = digits;
    this.width = width;
    this.seed = seed;
  }

  /**
   * What came of one network.
   *
   * @param depth hidden layers
   * @param gradients the norms, the first layer's first: of the mean cross-entropy
   */
  public record Result(
      int depth, Activation activation, Initializer initializer, List<Double> gradients) {
    public Result {
      gradients = List.copyOf(gradients);
    }

    public double first() {
      return gradients.getFirst();
    }

    public double last() {
      return gradients.getLast();
    }

    private double largest() {
      double largest = 0;
      for (double gradient : gradients) {
        largest = gradient > largest ? gradient : largest;
      }
      return largest;
    }

    public Verdict verdict() {
      double largest = largest();
      if (largest > HUGE || !(first() <= EXPLODED * last())) { // also where they are no numbers
        return Verdict.EXPLODES;
      }
      return first() > VANISHED * largest ? Verdict.PASSES : Verdict.VANISHES;
    }
  }

  /** Whether the gradient arrives at the first layer. */
  public enum Verdict {
    VANISHES,
    PASSES,
    EXPLODES
  }

  /**
   * Makes a network and looks into it, at once or after some steps of plain gradient descent.
   *
   * @param steps of batches of {@value #IMAGES} images
   * @param rate their learning rate
   */
  public Result measure(
      int depth, Activation activation, Initializer initializer, int steps, float rate) {
    NetworkSpec spec = network(depth, activation);
    Parameters parameters = Parameters.initial(spec, initializer, seed);
    int[] numbers = digits.allNumbers();
    Rng.named(seed, "gradient bench").shuffle(numbers);
    if (steps > 0) {
      train(parameters, numbers, steps, rate);
    }
    Inspection inspection = new Inspection(spec, Loss.CROSS_ENTROPY, IMAGES);
    inspection.parameters().copyFrom(parameters);
    var _ =
        inspection.look(
            new Batch().select(digits.images(), numbers, 0, Math.min(IMAGES, numbers.length)));
    List<Double> gradients = new ArrayList<>();
    for (int l = 0; l < parameters.layerCount(); l++) {
      gradients.add(norm(inspection.gradient().values(), parameters.layer(l)));
    }
    return new Result(depth, activation, initializer, gradients);
  }

  private NetworkSpec network(int depth, Activation activation) {
    List<LayerSpec> layers = new ArrayList<>();
    for (int l = 0; l < depth; l++) {
      layers.add(new LayerSpec(width, activation));
    }
    layers.add(new LayerSpec(digits.classes(), Activation.SOFTMAX));
    return new NetworkSpec(digits.pixelsPerImage(), layers);
  }

  private void train(Parameters parameters, int[] numbers, int steps, float rate) {
    EngineSettings settings =
        new EngineSettings(
            parameters.spec(), Loss.CROSS_ENTROPY, new Optimizer.Sgd(), 0, IMAGES, seed);
    try (JavaEngine engine = new JavaEngine(settings, new PlainKernels())) {
      engine.load(parameters);
      Batch batch = new Batch();
      int batches = Math.max(1, numbers.length / IMAGES);
      for (int step = 0; step < steps; step++) {
        int from = step % batches * IMAGES;
        int rows = Math.min(IMAGES, numbers.length - from);
        var _ = engine.step(batch.select(digits.images(), numbers, from, rows), rate);
      }
      engine.save(parameters);
    }
  }

  private static double norm(float[] gradient, DenseLayer layer) {
    double sum = 0;
    for (int i = layer.weightsAt(); i < layer.end(); i++) {
      sum += (double) gradient[i] * gradient[i];
    }
    return Math.sqrt(sum);
  }
}
