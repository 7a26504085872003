package digitlab.train;

import digitlab.net.Activation;
import digitlab.net.Initializer;
import digitlab.net.LayerSpec;
import digitlab.net.Loss;
import digitlab.net.NetworkSpec;
import digitlab.net.Optimizer;
import digitlab.text.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * What will probably go badly with a plan that can be trained: rules of thumb, each with its
 * reason. The numbers are wide on purpose: a warning that comes for what works teaches nobody.
 */
final class PlanWarnings {
  private static final int MOST_SIGMOIDS = 3;
  private static final int SMALL_LAYER = 32; // neurons, for dropout
  private static final int NARROW_LAYER = 5; // neurons, for ten digits to come through
  private static final double ADAPTIVE_RATE = 0.02;
  private static final double PLAIN_RATE = 1.5;
  private static final double SQUASHED_RATE = 30;
  private static final double LEAST_RATE = 0.0001;
  private static final double STRONG_DECAY = 0.05;
  private static final double LARGE_SUM = 4; // of weighted inputs, beyond which a sigmoid is flat
  private static final double MEAN_SQUARE = 0.1; // of a pixel of MNIST
  private static final int FEW_STEPS = 100;
  private static final double UPSIDE_DOWN = 45; // degrees

  private final TrainingPlan plan;
  private final NetworkSpec network;
  private final List<LayerSpec> hidden;
  private final List<Message> warnings = new ArrayList<>();

  private PlanWarnings(TrainingPlan plan) {
    this.plan = plan;
    network = plan.network();
    hidden = network.layers().subList(0, network.layers().size() - 1);
  }

  /**
   * All warnings.
   *
   * @param images training images, those for validation among them; 0 if that is not known
   */
  static List<Message> of(TrainingPlan plan, int images) {
    PlanWarnings warnings = new PlanWarnings(plan);
    warnings.ofNetwork();
    warnings.ofWeights();
    warnings.ofRate();
    warnings.ofRegularisation();
    warnings.ofTime();
    if (images > 0) {
      warnings.ofData((int) Math.round(images * (1 - plan.validation())));
    }
    return List.copyOf(warnings.warnings);
  }

  private void warn(String key, Object... arguments) {
    warnings.add(Message.of(key, arguments));
  }

  private void ofNetwork() {
    if (plan.loss() == Loss.MSE && network.outputActivation() == Activation.SOFTMAX) {
      warn("plan.warning.mse-softmax");
    }
    if (network.outputActivation() == Activation.RELU) {
      warn("plan.warning.relu-output");
    }
    int sigmoids = count(Activation.SIGMOID);
    if (sigmoids > MOST_SIGMOIDS) {
      warn("plan.warning.deep-sigmoid", sigmoids);
    }
    if (!hidden.isEmpty() && count(Activation.IDENTITY) == hidden.size()) {
      warn("plan.warning.linear");
    }
    for (int l = 0; l < hidden.size(); l++) {
      if (hidden.get(l).neurons() < NARROW_LAYER) {
        warn("plan.warning.narrow", l + 1, hidden.get(l).neurons());
      }
    }
  }

  private int count(Activation activation) {
    int count = 0;
    for (LayerSpec layer : hidden) {
      count += layer.activation() == activation ? 1 : 0;
    }
    return count;
  }

  private void ofWeights() {
    if (!hidden.isEmpty() && plan.initializer().equals(Initializer.ZEROS)) {
      warn("plan.warning.zeros");
    }
    double deviation =
        switch (plan.initializer()) {
          case Initializer.Normal normal -> normal.deviation();
          case Initializer.Uniform uniform -> uniform.limit() / Math.sqrt(3);
          case Initializer.Scaled _ -> 0;
        };
    if (deviation * Math.sqrt(MEAN_SQUARE * network.inputs()) > LARGE_SUM) {
      warn("plan.warning.large-weights", network.inputs());
    }
  }

  /** What plain descent would need for steps of this length: momentum adds steps up. */
  private double effectiveRate() {
    return switch (plan.optimizer()) {
      case Optimizer.Momentum momentum -> plan.rate() / (1 - momentum.momentum());
      case Optimizer.Nesterov nesterov -> plan.rate() / (1 - nesterov.momentum());
      default -> plan.rate();
    };
  }

  private void ofRate() {
    boolean adaptive =
        switch (plan.optimizer()) {
          case Optimizer.RmsProp _, Optimizer.Adam _, Optimizer.AdamW _ -> true;
          case Optimizer.Sgd _, Optimizer.Momentum _, Optimizer.Nesterov _ -> false;
        };
    // squared error through a sigmoid: gradients are small, and a large rate makes up for it
    boolean squashed =
        plan.loss() == Loss.MSE
            && network.outputActivation() == Activation.SIGMOID
            && count(Activation.SIGMOID) == hidden.size();
    if (plan.rate() == 0) {
      warn("plan.warning.rate-zero");
    } else if (adaptive && plan.rate() > ADAPTIVE_RATE) {
      warn("plan.warning.rate-adaptive", plan.rate());
    } else if (!adaptive && effectiveRate() > (squashed ? SQUASHED_RATE : PLAIN_RATE)) {
      warn("plan.warning.rate-high", plan.rate());
    } else if (!adaptive && effectiveRate() < LEAST_RATE) {
      warn("plan.warning.rate-low", plan.rate());
    }
  }

  private void ofRegularisation() {
    for (int l = 0; l < hidden.size(); l++) {
      if (hidden.get(l).dropout() > 0 && hidden.get(l).neurons() < SMALL_LAYER) {
        warn("plan.warning.dropout-small", l + 1, hidden.get(l).neurons());
      }
    }
    if (plan.l2() > STRONG_DECAY && !(plan.optimizer() instanceof Optimizer.AdamW)) {
      warn("plan.warning.l2", plan.l2());
    }
    if (plan.augmentation().rotate() > UPSIDE_DOWN) {
      warn("plan.warning.rotate", plan.augmentation().rotate());
    }
  }

  private void ofTime() {
    int patience = plan.stopping().patience();
    if (patience > 0 && plan.validation() == 0) {
      warn("plan.warning.stopping-training");
    }
    if (patience >= plan.epochs()) {
      warn("plan.warning.patience", patience, plan.epochs());
    }
    if (plan.schedule() instanceof Schedule.Step step && step.everyEpochs() >= plan.epochs()) {
      warn("plan.warning.schedule", step.everyEpochs(), plan.epochs());
    }
  }

  private void ofData(int images) {
    if (plan.batch() > images) {
      warn("plan.warning.batch", plan.batch(), images);
    }
    long steps = (images + plan.batch() - 1L) / plan.batch() * plan.epochs();
    if (steps < FEW_STEPS) {
      warn("plan.warning.few-steps", steps);
    }
  }
}
