package digitlab.engine.cuda;

import digitlab.net.Activation;
import digitlab.net.Loss;

/** The numbers by which the kernels know things: the enumerations in numbers.cuh and job.cuh. */
final class Codes {
  private Codes() {}

  static int of(Activation activation) {
    return switch (activation) {
      case IDENTITY -> 0;
      case SIGMOID -> 1;
      case TANH -> 2;
      case RELU -> 3;
      case LEAKY_RELU -> 4;
      case ELU -> 5;
      case GELU -> 6;
      case SOFTMAX -> 7;
    };
  }

  static int of(Loss loss) {
    return switch (loss) {
      case MSE -> 0;
      case CROSS_ENTROPY -> 1;
      case BINARY_CROSS_ENTROPY -> 2;
    };
  }

  static int of(Description.Kind kind) {
    return switch (kind) {
      case TRAIN -> 0;
      case PREDICT -> 1;
      case DIFFERENTIATE -> 2;
    };
  }
}
