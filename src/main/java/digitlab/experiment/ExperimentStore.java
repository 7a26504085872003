package digitlab.experiment;

import digitlab.train.ProbeResult;
import digitlab.train.TrainingPlan;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Where experiments and their runs are kept. Thread-safe. Several servers may share one. */
public interface ExperimentStore {
  long create(String name, TrainingPlan plan);

  Optional<Experiment> find(long experiment);

  /** All that are not deleted, the newest first. */
  List<Experiment> list();

  /** Hides an experiment; {@link #restore} brings it back, until it is purged. */
  void delete(long experiment);

  void restore(long experiment);

  /** Removes for good what was deleted before that long. */
  void purge(Duration age);

  /** A new run of this experiment, which waits for its turn with this server. */
  Run addRun(long experiment);

  /**
   * Writes a run as it is now.
   *
   * @return false if it is no longer this server's: deleted, or taken over by another one
   */
  boolean update(Run run);

  /** Here and below: does nothing if the run is no longer this server's. */
  void addEpoch(long run, EpochRecord epoch);

  void addSteps(long run, StepMetrics metrics);

  /** The same step again replaces the rate. */
  void addRate(long run, RateChange change);

  void addProbe(long run, ProbeResult probe);

  RunHistory history(long run);

  /** Keeps the curves of a run thinned out, if it is long, so that {@link #history} is quick. */
  void thinOut(long run);

  /** The same for all runs that lack it. */
  void thinOutAll();

  /** Loss and accuracy of steps {@code first} to {@code last}, as far as they are kept. */
  StepWindow steps(long run, long first, long last);

  /** Says that the server which trains these runs is alive. */
  void heartbeat(Collection<Long> runs);

  /**
   * Writes a run as it is now and gives it up, because this server ends: whoever {@linkplain
   * CheckpointStore#takeOver takes it over} goes on with it.
   */
  void release(Run run);
}
