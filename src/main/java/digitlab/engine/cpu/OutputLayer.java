package digitlab.engine.cpu;

import static digitlab.engine.cpu.Vectors.FLOATS;
import static digitlab.engine.cpu.Vectors.INDEX;
import static digitlab.engine.cpu.Vectors.LANES;
import static digitlab.engine.cpu.Vectors.all;
import static digitlab.engine.cpu.Vectors.load;

import digitlab.net.Activation;
import digitlab.net.Loss;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * What happens at the output: softmax, loss, hits and the δ with which the way back begins. Rows
 * have {@code stride} floats, of which {@code classes} count; the δ of the others is 0.
 */
record OutputLayer(Loss loss, Activation activation, int classes, int stride) {
  /** Turns z into y in each row, if the activation is softmax; the other ones are elementwise. */
  void softmax(int rows, float[] memory, int zAt, int yAt) {
    for (int row = 0; row < rows; row++) {
      int z = zAt + row * stride;
      int y = yAt + row * stride;
      float largest = largest(memory, z);
      FloatVector sums = all(0f);
      for (int c = 0; c < classes; c += LANES) {
        FloatVector e = all(0f).blend(Vectors.exp(load(memory, z + c).sub(largest)), counted(c));
        e.intoArray(memory, y + c);
        sums = sums.add(e);
      }
      float scale = 1 / Vectors.sum(sums);
      for (int c = 0; c < classes; c += LANES) {
        load(memory, y + c).mul(scale).intoArray(memory, y + c);
      }
    }
  }

  private VectorMask<Float> counted(int from) {
    return FLOATS.indexInRange(from, classes);
  }

  private float largest(float[] memory, int at) {
    FloatVector most = all(Float.NEGATIVE_INFINITY);
    for (int c = 0; c < classes; c += LANES) {
      most = most.max(all(Float.NEGATIVE_INFINITY).blend(load(memory, at + c), counted(c)));
    }
    return most.reduceLanes(VectorOperators.MAX);
  }

  private static FloatVector target(int label, int from) {
    return all(0f).blend(1f, INDEX.compare(VectorOperators.EQ, label - from));
  }

  /** The sum of the losses of the rows, whose labels stand in {@code labels} from {@code first}. */
  double loss(int rows, byte[] labels, int first, float[] memory, int zAt, int yAt) {
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      int z = zAt + row * stride;
      int y = yAt + row * stride;
      sum +=
          switch (loss) {
            case MSE -> squaredError(labels[first + row], memory, y);
            case CROSS_ENTROPY -> crossEntropy(labels[first + row], memory, z);
            case BINARY_CROSS_ENTROPY -> binaryCrossEntropy(labels[first + row], memory, z);
          };
    }
    return sum;
  }

  private float squaredError(int label, float[] memory, int y) {
    FloatVector sum = all(0f);
    for (int c = 0; c < classes; c += LANES) {
      FloatVector error = all(0f).blend(load(memory, y + c).sub(target(label, c)), counted(c));
      sum = error.fma(error, sum);
    }
    return Vectors.sum(sum) / 2;
  }

  private double crossEntropy(int label, float[] memory, int z) {
    float largest = largest(memory, z);
    FloatVector sum = all(0f);
    for (int c = 0; c < classes; c += LANES) {
      sum = sum.add(all(0f).blend(Vectors.exp(load(memory, z + c).sub(largest)), counted(c)));
    }
    return Math.log(Vectors.sum(sum)) + largest - memory[z + label];
  }

  private float binaryCrossEntropy(int label, float[] memory, int z) {
    FloatVector sum = all(0f);
    for (int c = 0; c < classes; c += LANES) {
      sum = sum.add(all(0f).blend(Vectors.softplus(load(memory, z + c)), counted(c)));
    }
    return Vectors.sum(sum) - memory[z + label];
  }

  /** In how many rows the label has the largest output; the first of several counts. */
  int correct(int rows, byte[] labels, int first, float[] memory, int yAt) {
    int correct = 0;
    for (int row = 0; row < rows; row++) {
      int y = yAt + row * stride;
      float largest = largest(memory, y);
      int label = labels[first + row];
      int answer = 0;
      while (answer < label && memory[y + answer] != largest) {
        answer++;
      }
      correct += answer == label && memory[y + answer] == largest ? 1 : 0;
    }
    return correct;
  }

  /**
   * δ = (y − t)·scale for each row: with respect to z where the loss is joined with its activation,
   * else to y; the slope of softmax is multiplied in here.
   */
  void delta(
      int rows, byte[] labels, int first, float scale, float[] memory, int yAt, int deltaAt) {
    for (int row = 0; row < rows; row++) {
      int y = yAt + row * stride;
      int d = deltaAt + row * stride;
      for (int c = 0; c < classes; c += LANES) {
        FloatVector error = load(memory, y + c).sub(target(labels[first + row], c)).mul(scale);
        all(0f).blend(error, counted(c)).intoArray(memory, d + c);
      }
      if (!loss.isJoined() && activation == Activation.SOFTMAX) {
        multiplySoftmaxSlope(memory, y, d);
      }
    }
  }

  /** δ[i] ← y[i]·(δ[i] − Σ δ[j]·y[j]). */
  private void multiplySoftmaxSlope(float[] memory, int y, int d) {
    FloatVector products = all(0f);
    for (int c = 0; c < classes; c += LANES) {
      products = load(memory, d + c).fma(load(memory, y + c), products);
    }
    float dot = Vectors.sum(products);
    for (int c = 0; c < classes; c += LANES) {
      load(memory, d + c).sub(dot).mul(load(memory, y + c)).intoArray(memory, d + c);
    }
  }
}
