package digitlab.experiment;

/** Does the trainings, each in its turn. Thread-safe. */
public interface RunQueue {
  /** Queues a run of this experiment. */
  void submit(Experiment experiment, Run run);

  /** Ends a run soon; what it learned is kept. Does nothing if it is over. */
  void stop(long run);
}
