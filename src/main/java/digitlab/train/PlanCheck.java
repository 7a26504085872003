package digitlab.train;

import digitlab.net.Activation;
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
    return PlanWarnings.of(plan, 0);
  }

  /**
   * The same where the data set is known.
   *
   * @param images training images, those for validation among them
   */
  public static List<Message> warnings(TrainingPlan plan, int images) {
    return PlanWarnings.of(plan, images);
  }
}
