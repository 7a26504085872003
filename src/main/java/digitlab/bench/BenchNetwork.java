package digitlab.bench;

import digitlab.net.NetworkSpec;
import digitlab.text.Words;
import digitlab.train.PlanText;
import digitlab.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * A network to measure with: from the small one of every tutorial to one that fills the caches. All
 * are trained by plain SGD, because the products of matrices are what takes the time.
 *
 * @param name its shape: "784-16-16-10"
 */
public record BenchNetwork(String name, TrainingPlan plan) {
  private static final String SIGMOIDS = "loss mse; initializer xavier; rate 3; ";
  private static final String RELUS = "loss cross-entropy; initializer he; rate 0.1; ";

  /** All of them, the smallest first. */
  public static final List<BenchNetwork> ALL =
      List.of(
          of("784 → 16 sigmoid → 16 sigmoid → 10 sigmoid", SIGMOIDS + "batch 32"),
          of("784 → 30 sigmoid → 10 sigmoid", SIGMOIDS + "batch 10"),
          of("784 → 128 relu → 64 relu → 10 softmax", RELUS + "batch 64"),
          of("784 → 512 relu → 256 relu → 10 softmax", RELUS + "batch 128"),
          of("784 → 1024 relu → 1024 relu → 10 softmax", RELUS + "batch 256"));

  private static BenchNetwork of(String network, String rest) {
    TrainingPlan plan =
        PlanText.parse(
            "network "
                + network
                + "; optimizer sgd; validation 0; epochs "
                + TrainingPlan.MOST_EPOCHS
                + "; "
                + rest);
    return new BenchNetwork(NetworkSpec.parse(network).shape(), plan);
  }

  /**
   * The networks of these names, or all for "all".
   *
   * @throws IllegalArgumentException naming the choices, if there is no such network
   */
  public static List<BenchNetwork> named(List<String> names) {
    if (names.equals(List.of("all"))) {
      return ALL;
    }
    List<BenchNetwork> chosen = new ArrayList<>();
    for (String name : names) {
      chosen.add(named(name));
    }
    return chosen;
  }

  /** The network of that name. */
  static BenchNetwork named(String name) {
    List<String> names = new ArrayList<>(List.of("all"));
    for (BenchNetwork network : ALL) {
      if (network.name.equals(name)) {
        return network;
      }
      names.add(network.name);
    }
    throw new IllegalArgumentException(
        "There is no network \"" + name + "\" to measure; choose " + Words.choices(names) + ".");
  }
}
