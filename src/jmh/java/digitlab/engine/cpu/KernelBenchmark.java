package digitlab.engine.cpu;

import digitlab.math.Rng;
import digitlab.net.Activation;
import digitlab.net.DenseLayer;
import digitlab.net.PlainKernels;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The kernels one by one, in multiply-adds per nanosecond, with what the machine can do at most
 * beside them: {@link #peak} does nothing but multiply and add in registers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class KernelBenchmark {
  private static final int ROWS = 128;
  private static final int DEPTH = 512;
  private static final int WIDTH = 64;
  private static final int PRODUCT = ROWS * DEPTH * WIDTH;
  private static final int PEAK_STEPS = 1 << 16;
  private static final int PEAK_CHAINS = 8;
  private static final int MOST_LANES = 16;

  private final float[] a = random(ROWS * DEPTH);
  private final float[] b = random(DEPTH * WIDTH);
  private final float[] c = random(ROWS * WIDTH);
  private final int[] list = new int[DEPTH];
  private final PlainKernels plain = new PlainKernels();
  private final DenseLayer layer =
      new DenseLayer(DEPTH, WIDTH - 1, Activation.RELU, 0, 0, DEPTH * (WIDTH - 1));

  public KernelBenchmark() {
    for (int i = 0; i < list.length; i++) {
      list[i] = i;
    }
  }

  private static float[] random(int size) {
    Rng rng = new Rng(1);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = rng.nextFloat() - 0.5f;
    }
    return values;
  }

  /** Chains of multiply-adds that do not wait for each other; counted for 16 lanes. */
  @Benchmark
  @OperationsPerInvocation(PEAK_STEPS * PEAK_CHAINS * MOST_LANES)
  public float peak() {
    FloatVector x = Vectors.all(1.0001f);
    FloatVector y = Vectors.all(0.0001f);
    FloatVector s0 = x;
    FloatVector s1 = x;
    FloatVector s2 = x;
    FloatVector s3 = x;
    FloatVector s4 = x;
    FloatVector s5 = x;
    FloatVector s6 = x;
    FloatVector s7 = x;
    for (int step = 0; step < PEAK_STEPS * MOST_LANES / Vectors.LANES; step++) {
      s0 = s0.fma(x, y);
      s1 = s1.fma(x, y);
      s2 = s2.fma(x, y);
      s3 = s3.fma(x, y);
      s4 = s4.fma(x, y);
      s5 = s5.fma(x, y);
      s6 = s6.fma(x, y);
      s7 = s7.fma(x, y);
    }
    return Vectors.sum(s0.add(s1).add(s2).add(s3).add(s4).add(s5).add(s6).add(s7));
  }

  /** A dense layer's product as the engine cpu does it, one panel of 64. */
  @Benchmark
  @OperationsPerInvocation(PRODUCT)
  public float[] denseVectors() {
    int width = Panels.MOST_VECTORS * Vectors.LANES;
    for (int panel = 0; panel < WIDTH; panel += width) {
      Product.add(
          ROWS, DEPTH, 1, a, 0, DEPTH, 1, b, panel, WIDTH, Panels.MOST_VECTORS, c, panel, WIDTH);
    }
    return c;
  }

  /** The same where a list says which inputs count: here all of them. */
  @Benchmark
  @OperationsPerInvocation(PRODUCT)
  public float[] listedVectors() {
    int width = Panels.MOST_VECTORS * Vectors.LANES;
    for (int panel = 0; panel < WIDTH; panel += width) {
      for (int row = 0; row < ROWS; row += WideInput.QUAD) {
        ListedProduct.add(
            WideInput.QUAD,
            list,
            0,
            DEPTH,
            1,
            a,
            row * DEPTH,
            DEPTH,
            1,
            b,
            panel,
            WIDTH,
            c,
            row * WIDTH + panel,
            WIDTH);
      }
    }
    return c;
  }

  /** The same in plain Java: a neuron less, for the biases to have room. */
  @Benchmark
  @OperationsPerInvocation(PRODUCT)
  public float[] densePlain() {
    plain.dense(layer, ROWS, a, b, c);
    return c;
  }
}
