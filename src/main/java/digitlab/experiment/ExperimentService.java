package digitlab.experiment;

import digitlab.net.NetworkFormat;
import digitlab.text.Message;
import digitlab.train.Diagnosis;
import digitlab.train.Finding;
import digitlab.train.PlanCheck;
import digitlab.train.TrainingPlan;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/** What people do with experiments. Thread-safe. */
public final class ExperimentService {
  private final ExperimentStore store;
  private final ModelStore models;
  private final CheckpointStore checkpoints;
  private final RunQueue queue;
  private final LiveRuns live;

  public ExperimentService(
      ExperimentStore store,
      ModelStore models,
      CheckpointStore checkpoints,
      RunQueue queue,
      LiveRuns live) {
    this.store = store;
    this.models = models;
    this.checkpoints = checkpoints;
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

  /** The test accuracies of all experiments with this plan, whatever their seeds. */
  public List<Double> resultsOf(TrainingPlan plan) {
    TrainingPlan anySeed = plan.with("seed", 1);
    return store.list().stream()
        .filter(experiment -> experiment.plan().with("seed", 1).equals(anySeed))
        .map(Experiment::run)
        .filter(run -> run != null && run.status() == RunStatus.DONE)
        .map(Run::result)
        .filter(Objects::nonNull)
        .map(Run.TestResult::accuracy)
        .toList();
  }

  public Optional<Experiment> find(long experiment) {
    return store.find(experiment).map(this::refresh);
  }

  /** The experiment with its newest run as it is this moment. */
  public Experiment refresh(Experiment stored) {
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

  /** What is wrong with the newest run, the gravest first; empty if nothing stands out. */
  public List<Finding> diagnose(Experiment experiment, RunHistory history) {
    Run run = experiment.run();
    return run == null ? List.of() : Diagnosis.of(run.course(experiment.plan(), history));
  }

  /**
   * Some steps of the newest run in more detail than {@link #history} has; none if it never ran.
   */
  public Optional<StepWindow> steps(Experiment experiment, long first, long last) {
    return Optional.ofNullable(experiment.run()).map(run -> store.steps(run.id(), first, last));
  }

  /** Queues a run from the very beginning; does nothing if one is going on. */
  public void start(long id) {
    begin(id, false);
  }

  private synchronized void begin(long id, boolean paused) {
    Experiment experiment = existing(id);
    if (isIdle(experiment)) {
      Run run = store.addRun(id);
      live.publish(run, new RunHistory());
      queue.submit(experiment, run, paused);
    }
  }

  private Experiment existing(long id) {
    return find(id)
        .orElseThrow(() -> new IllegalArgumentException("There is no experiment " + id + "."));
  }

  private static boolean isIdle(Experiment experiment) {
    return experiment.run() == null || experiment.run().status().isOver();
  }

  /**
   * Trains on: a run that is paused plays, one that has ended before its plan goes on from its
   * checkpoint, and where there is neither a run begins.
   */
  public void play(long id) {
    if (command(id, RunCommand.PLAY) || goOn(id, false)) {
      return;
    }
    begin(id, false);
  }

  /** Makes one batch and pauses, wherever the experiment stands. */
  public void step(long id) {
    single(id, RunCommand.STEP);
  }

  /** Trains to the end of the epoch and pauses, wherever the experiment stands. */
  public void stepEpoch(long id) {
    single(id, RunCommand.EPOCH);
  }

  private void single(long id, RunCommand command) {
    if (!command(id, command)) {
      if (!goOn(id, true)) {
        begin(id, true);
      }
      var _ = command(id, command);
    }
  }

  /** Holds the run that is going on where it is; others may train meanwhile. */
  public void pause(long id) {
    var _ = command(id, RunCommand.PAUSE);
  }

  /** Ends the run that is going on; what it learned is kept, and it can go on later. */
  public void stop(long id) {
    var _ = command(id, RunCommand.STOP);
  }

  /** Whether there was a run to tell. */
  private boolean command(long id, RunCommand command) {
    Optional<LiveRuns.Live> now = live.find(id);
    now.ifPresent(going -> queue.command(going.run().id(), command));
    return now.isPresent();
  }

  /** Trains on with another learning rate. */
  public void setRate(long id, double rate) {
    live.find(id).ifPresent(now -> queue.setRate(now.run().id(), rate));
  }

  /** Ends the run that is going on, if one is, and begins anew with fresh weights. */
  public void reset(long id) {
    Optional<LiveRuns.Live> now = live.find(id);
    if (now.isPresent()) {
      queue.command(now.get().run().id(), RunCommand.STOP);
      queue.whenOver(now.get().run().id(), () -> start(id));
    } else {
      start(id);
    }
  }

  /** Goes on from the checkpoint of the newest run, if it is over before its plan and has one. */
  private synchronized boolean goOn(long id, boolean paused) {
    Run run = existing(id).run();
    if (run == null || checkpoint(run).isEmpty() || !checkpoints.reopen(run.id())) {
      return false;
    }
    Experiment reopened = existing(id); // back where its checkpoint is
    Run again = Objects.requireNonNull(reopened.run());
    live.publish(again, store.history(again.id()));
    queue.submit(reopened, again, paused);
    return true;
  }

  /** After which step a run that is over could go on; empty if it can not. */
  public OptionalLong checkpoint(Run run) {
    return run.status().isOver() && run.status() != RunStatus.DONE
        ? checkpoints.step(run.id())
        : OptionalLong.empty();
  }

  /** How many it is from its turn, from 1; 0 if it does not wait. */
  public int queuePosition(Run run) {
    return queue.position(run.id());
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

  /**
   * Keeps a network that was trained elsewhere, as an experiment that is done.
   *
   * @param plan what is known of its training: the network and the loss
   * @param file the network as {@link NetworkFormat} writes it
   * @param result how it did on the test images
   * @throws IllegalArgumentException as {@link #create} does
   */
  public long adopt(String name, TrainingPlan plan, byte[] file, Run.TestResult result) {
    String model = NetworkFormat.read(file).id();
    long id = create(name, plan);
    models.save(new ModelInfo(model, name, plan.network().toString()), file);
    Run run =
        store
            .addRun(id)
            .tested(result, model)
            .over(RunStatus.DONE, Message.of("import.note"), Instant.now());
    store.update(run);
    live.tell(id);
    return id;
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

  /** See {@link LiveRuns#beside}. */
  public int beside(Run run) {
    return live.beside(run);
  }

  /** See {@link LiveRuns#listenToQueue}. */
  public Runnable listenToQueue(Runnable listener) {
    return live.listenToQueue(listener);
  }

  /** See {@link LiveRuns#listen}. */
  public Runnable listen(LongConsumer listener) {
    return live.listen(listener);
  }
}
