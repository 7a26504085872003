package digitlab.experiment;

import digitlab.train.PlanCheck;
import digitlab.train.TrainingPlan;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** What people do with experiments. Thread-safe. */
public final class ExperimentService {
  private final ExperimentStore store;
  private final ModelStore models;
  private final RunQueue queue;
  private final LiveRuns live;

  public ExperimentService(
      ExperimentStore store, ModelStore models, RunQueue queue, LiveRuns live) {
    this.store = store;
    this.models = models;
    this.queue = queue;
    this.live = live;
  }

  /**
   * Keeps a new experiment, without starting it.
   *
   * @throws IllegalArgumentException if the name is empty or too long, or the plan can't be trained
   */
  public long create(String name, TrainingPlan plan) {
    String trimmed = Experiment.requireName(name);
    if (!PlanCheck.errors(plan).isEmpty()) {
      throw new IllegalArgumentException(
          "The plan can't be trained: " + PlanCheck.errors(plan).getFirst().key() + ".");
    }
    long id = store.create(trimmed, plan);
    live.tell(id);
    return id;
  }

  /** The experiments with their newest runs as they are this moment, the newest first. */
  public List<Experiment> list() {
    return store.list().stream().map(this::refresh).toList();
  }

  public Optional<Experiment> find(long experiment) {
    return store.find(experiment).map(this::refresh);
  }

  private Experiment refresh(Experiment stored) {
    return live.find(stored.id())
        .map(
            now ->
                new Experiment(
                    stored.id(), stored.name(), stored.plan(), stored.created(), now.run()))
        .orElse(stored);
  }

  /** How the newest run went or goes; it grows while the run goes on. */
  public RunHistory history(Experiment experiment) {
    Run run = experiment.run();
    if (run == null) {
      return new RunHistory();
    }
    return live.find(experiment.id())
        .filter(now -> now.run().id() == run.id())
        .map(LiveRuns.Live::history)
        .orElseGet(() -> store.history(run.id()));
  }

  /** Queues a run; does nothing if one is going on. */
  public synchronized void start(long id) {
    Experiment experiment =
        find(id)
            .orElseThrow(() -> new IllegalArgumentException("There is no experiment " + id + "."));
    if (experiment.run() == null || experiment.run().status().isOver()) {
      Run run = store.addRun(id);
      live.publish(run, new RunHistory());
      queue.submit(experiment, run);
    }
  }

  /** Ends the run that is going on; what it learned is kept. */
  public void stop(long id) {
    live.find(id).ifPresent(now -> queue.stop(now.run().id()));
  }

  /** Stops and hides an experiment; {@link #restore} brings it back. */
  public void delete(long id) {
    stop(id);
    store.delete(id);
    live.tell(id);
  }

  public void restore(long id) {
    store.restore(id);
    live.tell(id);
  }

  /** The file of a trained network; empty if it is no longer there. */
  public Optional<byte[]> modelFile(String model) {
    return models.file(model);
  }

  /** Whether everybody who draws is offered this network. */
  public boolean isPublished(String model) {
    return models.isPublished(model);
  }

  public void publish(String model, boolean published) {
    models.publish(model, published);
  }

  /** See {@link LiveRuns#listen}. */
  public Runnable listen(LongConsumer listener) {
    return live.listen(listener);
  }
}
