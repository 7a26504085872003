package digitlab.engine.pytorch;

import digitlab.net.Optimizer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.OptimizerOptions;
import org.bytedeco.pytorch.OptimizerParamGroup;
import org.bytedeco.pytorch.RMSprop;
import org.bytedeco.pytorch.RMSpropOptions;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.TensorVector;

/**
 * PyTorch's own optimisers: their formulas are those of {@link Optimizer}, with ε outside the root
 * and L2 as "weight decay". Weights and biases are two groups, because L2 is for weights only.
 */
final class TorchOptimizer implements AutoCloseable {
  private static final int GROUPS = 2;

  private final org.bytedeco.pytorch.Optimizer optimizer;
  private float rate = Float.NaN;

  TorchOptimizer(Optimizer description, double l2, TorchNetwork network) {
    try (PointerScope _ = new PointerScope()) {
      optimizer = create(description, l2, network.weights()).retainReference();
      optimizer.add_param_group(new OptimizerParamGroup(network.biases()));
      weightDecay(description, optimizer.param_groups().get(1).options()).put(0);
    }
  }

  private static org.bytedeco.pytorch.Optimizer create(
      Optimizer description, double l2, TensorVector weights) {
    return switch (description) {
      case Optimizer.Sgd() -> new SGD(weights, sgd(0, false, l2));
      case Optimizer.Momentum(double momentum) -> new SGD(weights, sgd(momentum, false, l2));
      case Optimizer.Nesterov(double momentum) -> new SGD(weights, sgd(momentum, momentum > 0, l2));
      case Optimizer.RmsProp(double decay) -> {
        RMSpropOptions options = new RMSpropOptions(0.01);
        options.alpha().put(decay);
        options.eps().put(Optimizer.EPSILON);
        options.weight_decay().put(l2);
        yield new RMSprop(weights, options);
      }
      case Optimizer.Adam(double beta1, double beta2) -> {
        AdamOptions options = new AdamOptions(0.001);
        putBetas(options.betas(), beta1, beta2);
        options.eps().put(Optimizer.EPSILON);
        options.weight_decay().put(l2);
        yield new Adam(weights, options);
      }
      case Optimizer.AdamW(double beta1, double beta2) -> {
        AdamWOptions options = new AdamWOptions(0.001);
        putBetas(options.betas(), beta1, beta2);
        options.eps().put(Optimizer.EPSILON);
        options.weight_decay().put(l2);
        yield new AdamW(weights, options);
      }
    };
  }

  /** A C++ tuple: most compilers keep the last part first; the defaults, 0.9 and 0.999, tell. */
  private static void putBetas(DoublePointer tuple, double beta1, double beta2) {
    boolean lastFirst = tuple.get(0) > tuple.get(1);
    tuple.put(0, lastFirst ? beta2 : beta1);
    tuple.put(1, lastFirst ? beta1 : beta2);
  }

  private static SGDOptions sgd(double momentum, boolean nesterov, double l2) {
    SGDOptions options = new SGDOptions(0.01);
    options.momentum().put(momentum);
    options.nesterov().put(nesterov);
    options.weight_decay().put(l2);
    return options;
  }

  private static DoublePointer weightDecay(Optimizer description, OptimizerOptions options) {
    return switch (description) {
      case Optimizer.Sgd _, Optimizer.Momentum _, Optimizer.Nesterov _ ->
          new SGDOptions(options).weight_decay();
      case Optimizer.RmsProp _ -> new RMSpropOptions(options).weight_decay();
      case Optimizer.Adam _ -> new AdamOptions(options).weight_decay();
      case Optimizer.AdamW _ -> new AdamWOptions(options).weight_decay();
    };
  }

  void zeroGradients() {
    optimizer.zero_grad();
  }

  void step(float newRate) {
    if (newRate != rate) {
      for (int group = 0; group < GROUPS; group++) {
        optimizer.param_groups().get(group).options().set_lr(newRate);
      }
      rate = newRate;
    }
    optimizer.step();
  }

  @Override
  public void close() {
    optimizer.close();
  }
}
