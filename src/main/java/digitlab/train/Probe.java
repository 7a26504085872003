package digitlab.train;

import digitlab.data.Dataset;
import digitlab.math.Rng;
import digitlab.net.Activation;
import digitlab.net.Batch;
import digitlab.net.DenseLayer;
import digitlab.net.Engine;
import digitlab.net.Inspection;
import digitlab.net.NetworkSpec;
import digitlab.net.Parameters;
import digitlab.net.StepResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks into a training from outside: takes the engine's parameters and sends always the same
 * images through them, forward and back. It asks nothing of an engine but {@link Engine#save}, so
 * it works with each of them and changes no bit of what they do. Not thread-safe.
 */
public final class Probe {
  /** Larger networks train unwatched: a probe needs memory for their parameters three times. */
  public static final int MOST_PARAMETERS = 16_000_000;

  private static final int MOST_IMAGES = 100;
  private static final int LEAST_IMAGES = 32;
  private static final int MOST_PRODUCTS = 10_000_000; // of a weight and an input, per look

  /** A slope below this share of the steepest counts as flat. */
  private static final double FLAT = 0.05;

  private final Inspection inspection;
  private final Parameters before;
  private final Batch batch = new Batch();

  /** Chooses some of the images that are trained on. */
  public Probe(TrainingPlan plan, Dataset training) {
    NetworkSpec spec = plan.network();
    int[] numbers = training.allNumbers();
    Rng.named(plan.seed(), "probe").shuffle(numbers);
    int images = Math.min(images(spec), numbers.length);
    inspection = new Inspection(spec, plan.loss(), images);
    before = new Parameters(spec);
    batch.select(training.images(), Arrays.copyOf(numbers, images), 0, images);
  }

  /** Many for a small network, few for a large one: a look shall be quick. */
  static int images(NetworkSpec spec) {
    int affordable = MOST_PRODUCTS / spec.parameterCount();
    return Math.max(LEAST_IMAGES, Math.min(affordable, MOST_IMAGES));
  }

  /** Remembers the parameters, for {@link #after}. */
  public void before(Engine engine) {
    engine.save(before);
  }

  /** Looks at the network as it was last remembered; says nothing of an update. */
  public ProbeResult atRest(long step) {
    inspection.parameters().copyFrom(before);
    return look(step, false);
  }

  /** Looks at the network one step after {@link #before}, and remembers it. */
  public ProbeResult after(Engine engine, long step) {
    engine.save(inspection.parameters());
    ProbeResult seen = look(step, true);
    before.copyFrom(inspection.parameters());
    return seen;
  }

  private ProbeResult look(long step, boolean stepped) {
    StepResult result = inspection.look(batch);
    List<LayerHealth> layers = new ArrayList<>();
    for (int l = 0; l < before.layerCount(); l++) {
      DenseLayer layer = before.layer(l);
      float[] y = inspection.outputs(l);
      layers.add(
          new LayerHealth(
              norm(inspection.gradient().values(), layer.weightsAt(), layer.end()),
              stepped ? update(layer) : Double.NaN,
              dead(layer, y),
              saturated(layer, l),
              isFinite(inspection.sums(l), batch.rows() * layer.out()),
              histogram(layer, y)));
    }
    return new ProbeResult(step, result.loss(), (double) result.correct() / batch.rows(), layers);
  }

  private double update(DenseLayer layer) {
    float[] now = inspection.parameters().values();
    double change = 0;
    for (int i = layer.weightsAt(); i < layer.biasesAt(); i++) {
      double difference = (double) now[i] - before.values()[i];
      change += difference * difference;
    }
    return Math.sqrt(change) / norm(before.values(), layer.weightsAt(), layer.biasesAt());
  }

  private static double norm(float[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) values[i] * values[i];
    }
    return Math.sqrt(sum);
  }

  private double dead(DenseLayer layer, float[] y) {
    if (layer.activation() != Activation.RELU) {
      return 0;
    }
    int dead = 0;
    for (int o = 0; o < layer.out(); o++) {
      boolean silent = true;
      for (int row = 0; row < batch.rows(); row++) {
        silent &= y[row * layer.out() + o] == 0;
      }
      dead += silent ? 1 : 0;
    }
    return (double) dead / layer.out();
  }

  private double saturated(DenseLayer layer, int index) {
    double steepest =
        switch (layer.activation()) {
          case SIGMOID -> 0.25;
          case TANH, ELU -> 1;
          case IDENTITY, RELU, LEAKY_RELU, GELU, SOFTMAX -> 0;
        };
    if (steepest == 0) {
      return 0;
    }
    float[] z = inspection.sums(index);
    float[] y = inspection.outputs(index);
    int size = batch.rows() * layer.out();
    int flat = 0;
    for (int i = 0; i < size; i++) {
      flat += layer.activation().slope(z[i], y[i]) < FLAT * steepest ? 1 : 0;
    }
    return (double) flat / size;
  }

  private static boolean isFinite(float[] values, int count) {
    for (int i = 0; i < count; i++) {
      if (!Float.isFinite(values[i])) {
        return false;
      }
    }
    return true;
  }

  private Histogram histogram(DenseLayer layer, float[] y) {
    int count = batch.rows() * layer.out();
    return switch (layer.activation()) {
      case SIGMOID, SOFTMAX -> Histogram.of(y, count, 0, 1);
      case TANH -> Histogram.of(y, count, -1, 1);
      case IDENTITY, RELU, LEAKY_RELU, ELU, GELU -> Histogram.of(y, count);
    };
  }
}
