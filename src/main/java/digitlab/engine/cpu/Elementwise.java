package digitlab.engine.cpu;

import static digitlab.engine.cpu.Vectors.LANES;
import static digitlab.engine.cpu.Vectors.all;
import static digitlab.engine.cpu.Vectors.load;

import digitlab.net.Activation;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * What is done to each number of a block: {@code rows} rows of {@code width} floats, {@code stride}
 * floats from one row to the next. Widths are whole vectors.
 */
record Elementwise(int rows, int width, int stride) {
  /** y = activation(z); both blocks lie alike. Softmax is for {@link OutputLayer}. */
  void activate(Activation activation, float[] memory, int zAt, int yAt) {
    for (int row = 0; row < rows; row++) {
      int z = zAt + row * stride;
      int y = yAt + row * stride;
      int end = z + width;
      switch (activation) {
        case IDENTITY, SOFTMAX -> {
          for (; z < end && z != y; z += LANES, y += LANES) {
            load(memory, z).intoArray(memory, y);
          }
        }
        case SIGMOID -> {
          for (; z < end; z += LANES, y += LANES) {
            Vectors.sigmoid(load(memory, z)).intoArray(memory, y);
          }
        }
        case TANH -> {
          for (; z < end; z += LANES, y += LANES) {
            Vectors.tanh(load(memory, z)).intoArray(memory, y);
          }
        }
        case RELU -> {
          for (; z < end; z += LANES, y += LANES) {
            load(memory, z).max(0f).intoArray(memory, y);
          }
        }
        case LEAKY_RELU -> {
          for (; z < end; z += LANES, y += LANES) {
            FloatVector v = load(memory, z);
            v.max(v.mul(0.01f)).intoArray(memory, y);
          }
        }
        case ELU -> {
          for (; z < end; z += LANES, y += LANES) {
            FloatVector v = load(memory, z);
            FloatVector below = Vectors.exp(v.min(0f)).sub(1f);
            v.max(0f).add(below).intoArray(memory, y);
          }
        }
        case GELU -> {
          for (; z < end; z += LANES, y += LANES) {
            FloatVector v = load(memory, z);
            v.mul(Vectors.normalDistribution(v)).intoArray(memory, y);
          }
        }
      }
    }
  }

  /** δ ← δ·activation′, from z for GELU, from y for all others. */
  void multiplySlope(Activation activation, float[] memory, int zAt, int yAt, int deltaAt) {
    for (int row = 0; row < rows; row++) {
      int y = (activation == Activation.GELU ? zAt : yAt) + row * stride;
      int d = deltaAt + row * stride;
      int end = d + width;
      switch (activation) {
        case IDENTITY, SOFTMAX -> {
          // nothing changes; softmax has its slope in OutputLayer
        }
        case SIGMOID -> {
          for (; d < end; d += LANES, y += LANES) {
            FloatVector v = load(memory, y);
            load(memory, d).mul(v.sub(v.mul(v))).intoArray(memory, d);
          }
        }
        case TANH -> {
          for (; d < end; d += LANES, y += LANES) {
            FloatVector v = load(memory, y);
            load(memory, d).mul(all(1f).sub(v.mul(v))).intoArray(memory, d);
          }
        }
        case RELU -> {
          for (; d < end; d += LANES, y += LANES) {
            FloatVector v = load(memory, d);
            all(0f).blend(v, load(memory, y).compare(VectorOperators.GT, 0f)).intoArray(memory, d);
          }
        }
        case LEAKY_RELU -> {
          for (; d < end; d += LANES, y += LANES) {
            FloatVector v = load(memory, d);
            v.mul(0.01f)
                .blend(v, load(memory, y).compare(VectorOperators.GT, 0f))
                .intoArray(memory, d);
          }
        }
        case ELU -> {
          for (; d < end; d += LANES, y += LANES) {
            FloatVector slope = load(memory, y).min(0f).add(1f);
            load(memory, d).mul(slope).intoArray(memory, d);
          }
        }
        case GELU -> {
          for (; d < end; d += LANES, y += LANES) {
            FloatVector z = load(memory, y);
            FloatVector slope = z.mul(Vectors.normalDensity(z)).add(Vectors.normalDistribution(z));
            load(memory, d).mul(slope).intoArray(memory, d);
          }
        }
      }
    }
  }

  /** to = from·factors; the three blocks lie alike. */
  void multiply(float[] memory, int fromAt, int factorsAt, int toAt) {
    for (int row = 0; row < rows; row++) {
      int from = fromAt + row * stride;
      int factors = factorsAt + row * stride;
      int to = toAt + row * stride;
      for (int end = from + width; from < end; from += LANES, factors += LANES, to += LANES) {
        load(memory, from).mul(load(memory, factors)).intoArray(memory, to);
      }
    }
  }

  /** Writes the same row of numbers to every row of the block. */
  void fill(float[] values, int valuesAt, float[] memory, int at) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(values, valuesAt, memory, at + row * stride, width);
    }
  }

  void fillZero(float[] memory, int at) {
    for (int row = 0; row < rows; row++) {
      Arrays.fill(memory, at + row * stride, at + row * stride + width, 0);
    }
  }

  /** Adds one block to another that lies alike. */
  void add(float[] memory, int fromAt, int toAt) {
    for (int row = 0; row < rows; row++) {
      int from = fromAt + row * stride;
      int to = toAt + row * stride;
      for (int end = from + width; from < end; from += LANES, to += LANES) {
        load(memory, to).add(load(memory, from)).intoArray(memory, to);
      }
    }
  }

  /**
   * y = one row of biases + the sum of {@code blocks} blocks, {@code distance} floats apart, added
   * in pairs.
   *
   * @param blocks 1, 2, 4 or 8
   */
  void addTournament(
      float[] biases, int biasesAt, float[] memory, int at, int distance, int blocks, int yAt) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < width; column += LANES) {
        int i = at + row * stride + column;
        FloatVector sum =
            switch (blocks) {
              case 1 -> load(memory, i);
              case 2 -> pair(memory, i, distance);
              case 4 -> pair(memory, i, distance).add(pair(memory, i + 2 * distance, distance));
              default ->
                  pair(memory, i, distance)
                      .add(pair(memory, i + 2 * distance, distance))
                      .add(
                          pair(memory, i + 4 * distance, distance)
                              .add(pair(memory, i + 6 * distance, distance)));
            };
        load(biases, biasesAt + column).add(sum).intoArray(memory, yAt + row * stride + column);
      }
    }
  }

  private static FloatVector pair(float[] memory, int at, int distance) {
    return load(memory, at).add(load(memory, at + distance));
  }

  /** sums += α·(sum of the rows). */
  void addColumnSums(float alpha, float[] memory, int at, float[] sums, int sumsAt) {
    for (int column = 0; column < width; column += LANES) {
      FloatVector sum = load(memory, at + column);
      for (int row = 1; row < rows; row++) {
        sum = sum.add(load(memory, at + row * stride + column));
      }
      sum.fma(all(alpha), load(sums, sumsAt + column)).intoArray(sums, sumsAt + column);
    }
  }
}
