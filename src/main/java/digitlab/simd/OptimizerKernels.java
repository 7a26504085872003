package digitlab.simd;

import digitlab.simd.FunctionWriter.IntVariable;
import java.util.ArrayList;
import java.util.List;

/**
 * The optimisers of {@code digitlab.net.Optimizer} with the same operations in the same order. Each
 * takes the weights, their end, the gradients, where it has them one or two memories, then the rate
 * and its other numbers.
 */
final class OptimizerKernels {
  private static final int VECTOR = 16;

  private OptimizerKernels() {}

  static List<FunctionWriter> all() {
    return List.of(sgd(), momentum(), nesterov(), rmsProp(), shrink(), adam());
  }

  /** A pass over the weights, with other arrays side by side. */
  private static final class Walk {
    private final FunctionWriter f;
    private final IntVariable w;
    private final IntVariable end; // of the weights
    private final List<IntVariable> others = new ArrayList<>();

    Walk(FunctionWriter f, int count) {
      this.f = f;
      w = f.intParameter();
      end = f.intParameter();
      for (int i = 0; i < count; i++) {
        others.add(f.intParameter());
      }
    }

    Vector weights() {
      return Vector.at(w.value(), 0);
    }

    Vector other(int number) {
      return Vector.at(others.get(number).value(), 0);
    }

    void storeOther(int number, Vector value) {
      f.store(others.get(number).value(), 0, value);
    }

    FunctionWriter with(Runnable turn) {
      f.whileTrue(
          w.value().isBelow(end.value()),
          () -> {
            turn.run();
            f.advance(w, VECTOR);
            for (IntVariable other : others) {
              f.advance(other, VECTOR);
            }
          });
      return f;
    }

    void lower(Vector by) {
      f.store(w.value(), 0, weights().minus(by));
    }
  }

  private static FunctionWriter sgd() {
    FunctionWriter f = new FunctionWriter("sgd");
    Walk walk = new Walk(f, 1);
    Vector rate = f.floatParameter();
    Vector l2 = f.floatParameter();
    return walk.with(() -> walk.lower(rate.times(decayed(walk, l2))));
  }

  /** g + l2·w. */
  private static Vector decayed(Walk walk, Vector l2) {
    return walk.other(0).plus(l2.times(walk.weights()));
  }

  private static FunctionWriter momentum() {
    FunctionWriter f = new FunctionWriter("momentum");
    Walk walk = new Walk(f, 2);
    Vector rate = f.floatParameter();
    Vector l2 = f.floatParameter();
    Vector mu = f.floatParameter();
    return walk.with(
        () -> {
          walk.storeOther(1, mu.times(walk.other(1)).plus(decayed(walk, l2)));
          walk.lower(rate.times(walk.other(1)));
        });
  }

  private static FunctionWriter nesterov() {
    FunctionWriter f = new FunctionWriter("nesterov");
    Walk walk = new Walk(f, 2);
    Vector rate = f.floatParameter();
    Vector l2 = f.floatParameter();
    Vector mu = f.floatParameter();
    return walk.with(
        () -> {
          walk.storeOther(1, mu.times(walk.other(1)).plus(decayed(walk, l2)));
          walk.lower(rate.times(decayed(walk, l2).plus(mu.times(walk.other(1)))));
        });
  }

  private static FunctionWriter rmsProp() {
    FunctionWriter f = new FunctionWriter("rmsProp");
    Walk walk = new Walk(f, 2);
    Vector rate = f.floatParameter();
    Vector l2 = f.floatParameter();
    Vector rho = f.floatParameter();
    Vector rest = f.floatParameter();
    Vector epsilon = f.floatParameter();
    return walk.with(
        () -> {
          Vector gradient = decayed(walk, l2);
          walk.storeOther(1, rho.times(walk.other(1)).plus(rest.times(gradient).times(gradient)));
          walk.lower(rate.times(gradient).over(walk.other(1).squareRoot().plus(epsilon)));
        });
  }

  /** w ← keep · w, the weight decay of AdamW. */
  private static FunctionWriter shrink() {
    FunctionWriter f = new FunctionWriter("shrink");
    Walk walk = new Walk(f, 0);
    Vector keep = f.floatParameter();
    return walk.with(() -> f.store(walk.w.value(), 0, walk.weights().times(keep)));
  }

  private static FunctionWriter adam() {
    FunctionWriter f = new FunctionWriter("adam");
    Walk walk = new Walk(f, 3);
    Vector rate = f.floatParameter();
    Vector l2 = f.floatParameter();
    Vector beta1 = f.floatParameter();
    Vector rest1 = f.floatParameter();
    Vector beta2 = f.floatParameter();
    Vector rest2 = f.floatParameter();
    Vector correction = f.floatParameter();
    Vector epsilon = f.floatParameter();
    return walk.with(
        () -> {
          Vector gradient = decayed(walk, l2);
          walk.storeOther(1, beta1.times(walk.other(1)).plus(rest1.times(gradient)));
          walk.storeOther(
              2, beta2.times(walk.other(2)).plus(rest2.times(gradient).times(gradient)));
          walk.lower(
              rate.times(walk.other(1))
                  .over(walk.other(2).squareRoot().times(correction).plus(epsilon)));
        });
  }
}
