package digitlab.interop;

import digitlab.net.NetworkFile;
import digitlab.net.Parameters;
import digitlab.train.Preset;
import digitlab.train.TrainingPlan;
import org.jspecify.annotations.Nullable;

/**
 * A network with all that another tool may want to know of it.
 *
 * @param title what people call it
 * @param parameters the trained ones
 * @param plan how it was trained; its network is the one of the parameters
 * @param planIsGuessed whether the plan is only what usually is done, because nobody knows better
 */
public record TrainedModel(
    String title, Parameters parameters, TrainingPlan plan, boolean planIsGuessed) {
  public TrainedModel {
    if (!plan.network().equals(parameters.spec())) {
      throw new IllegalArgumentException(
          "The network is "
              + parameters.spec()
              + ", but the plan trains "
              + plan.network()
              + ". Give the plan that the network was trained with.");
    }
  }

  /** A network file with the plan that it was trained with. */
  public static TrainedModel of(NetworkFile file, TrainingPlan plan) {
    return new TrainedModel(file.title(), file.parameters(), plan, false);
  }

  /**
   * A network file alone, which knows its loss but not the rest of its plan: that of the preset of
   * its name if network and loss are the same, else the usual values.
   */
  public static TrainedModel of(NetworkFile file) {
    Preset preset = presetOf(file);
    if (preset != null) {
      return of(file, preset.plan());
    }
    TrainingPlan plan =
        TrainingPlan.DEFAULT.with("network", file.parameters().spec()).with("loss", file.loss());
    return new TrainedModel(file.title(), file.parameters(), plan, true);
  }

  private static @Nullable Preset presetOf(NetworkFile file) {
    for (Preset preset : Preset.ALL) {
      if (preset.name().equals(file.title())
          && preset.plan().network().equals(file.parameters().spec())
          && preset.plan().loss() == file.loss()) {
        return preset;
      }
    }
    return null;
  }

  /** The parameters that the plan's training begins with. */
  Parameters initialParameters() {
    return Parameters.initial(plan.network(), plan.initializer(), plan.seed());
  }
}
