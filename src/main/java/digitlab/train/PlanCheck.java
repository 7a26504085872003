package digitlab.train;

import digitlab.net.Activation;
import digitlab.net.Initializer;
import digitlab.net.LayerSpec;
import digitlab.net.Loss;
import digitlab.net.NetworkSpec;
import digitlab.text.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the parts of a plan go together. Each part alone is checked where it is made; here are
 * the combinations that can not work, and those that work badly, each with what to do instead.
 */
public final class PlanCheck {
  private PlanCheck() {}

  /** Why this plan can't be trained; empty if it can. */
  public static List<Message> errors(TrainingPlan plan) {
    List<Message> errors = new ArrayList<>();
    NetworkSpec network = plan.network();
    int hidden = network.layers().size() - 1;
    for (int l = 0; l < hidden; l++) {
      if (network.layers().get(l).activation() == Activation.SOFTMAX) {
        errors.add(Message.of("plan.error.softmax-hidden", l + 1));
      }
    }
    if (network.layers().getLast().dropout() > 0) {
      errors.add(Message.of("plan.error.dropout-output"));
    }
    if (!plan.loss().suits(network.outputActivation())) {
      String key =
          plan.loss() == Loss.CROSS_ENTROPY
              ? "plan.error.cross-entropy"
              : "plan.error.binary-cross-entropy";
      errors.add(Message.of(key, network.outputActivation()));
    }
    return List.copyOf(errors);
  }

  /** What will probably go badly; empty if nothing is known to. */
  public static List<Message> warnings(TrainingPlan plan) {
    List<Message> warnings = new ArrayList<>();
    NetworkSpec network = plan.network();
    int hidden = network.layers().size() - 1;
    if (plan.loss() == Loss.MSE && network.outputActivation() == Activation.SOFTMAX) {
      warnings.add(Message.of("plan.warning.mse-softmax"));
    }
    if (hidden > 0 && plan.initializer().equals(Initializer.ZEROS)) {
      warnings.add(Message.of("plan.warning.zeros"));
    }
    int squashing = 0;
    for (LayerSpec layer : network.layers().subList(0, hidden)) {
      squashing += layer.activation() == Activation.SIGMOID ? 1 : 0;
    }
    if (squashing > 3) {
      warnings.add(Message.of("plan.warning.deep-sigmoid", squashing));
    }
    if (hidden > 0 && allIdentity(network)) {
      warnings.add(Message.of("plan.warning.linear"));
    }
    return List.copyOf(warnings);
  }

  private static boolean allIdentity(NetworkSpec network) {
    for (LayerSpec layer : network.layers().subList(0, network.layers().size() - 1)) {
      if (layer.activation() != Activation.IDENTITY) {
        return false;
      }
    }
    return true;
  }
}
