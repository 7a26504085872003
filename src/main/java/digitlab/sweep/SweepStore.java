package digitlab.sweep;

import digitlab.experiment.Experiment;
import digitlab.train.TrainingPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where sweeps are kept. Thread-safe. */
public interface SweepStore {
  long create(String name, TrainingPlan plan, SweepSpace space);

  /** Says that an experiment is one of this sweep. */
  void add(long sweep, long experiment);

  Optional<Sweep> find(long sweep);

  /** The newest first; those whose experiments are all deleted are left out. */
  List<Sweep> list();

  /**
   * An experiment of a sweep.
   *
   * @param sealed whether it stands in a challenge that is not revealed: its test result is hidden
   */
  record Entry(Experiment experiment, boolean sealed) {}

  /** In the order in which they were made, without those that are deleted. */
  List<Entry> experiments(long sweep);

  /** The best validation accuracy of each experiment's newest run, by experiment. */
  Map<Long, Double> bestValidations(long sweep);
}
