package digitlab.experiment;

/** Does the trainings, each in its turn. Thread-safe. */
public interface RunQueue {
  /**
   * Queues a run of this experiment.
   *
   * @param paused whether it shall wait before its first step
   */
  void submit(Experiment experiment, Run run, boolean paused);

  /** Does nothing if the run is over. */
  void command(long run, RunCommand command);

  /** Trains on with another learning rate. Does nothing if the run is over. */
  void setRate(long run, double rate);

  /** How many it is from the turn, from 1; 0 if it does not wait. */
  int position(long run);

  /** Does something when this run is over; at once, if it is. */
  void whenOver(long run, Runnable then);
}
