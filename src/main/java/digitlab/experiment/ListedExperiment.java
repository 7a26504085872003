package digitlab.experiment;

import org.jspecify.annotations.Nullable;

/**
 * An experiment as it stands in a list.
 *
 * @param validation the validation accuracy after the newest run's last epoch; null if there is
 *     none
 * @param sealed whether it stands in a challenge that is not revealed: its test result is hidden
 */
public record ListedExperiment(
    Experiment experiment, Marks marks, @Nullable Double validation, boolean sealed) {
  public long id() {
    return experiment.id();
  }
}
