package digitlab.jobs;

import digitlab.compare.EngineComparison;
import digitlab.compare.EngineComparisonStore;
import digitlab.compare.EngineComparisons;
import digitlab.datasets.DataLibrary;
import digitlab.datasets.DataPair;
import digitlab.engine.EngineProvider;
import digitlab.engine.EngineUnavailableException;
import digitlab.engine.Engines;
import digitlab.experiment.ExperimentStore;
import digitlab.experiment.LiveRuns;
import digitlab.text.Message;
import digitlab.train.TrainingPlan;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The comparisons with PyTorch of this server, one at a time. Thread-safe. */
public final class ComparisonQueue implements EngineComparisons, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ComparisonQueue.class);
  private static final String PEER = "pytorch";

  private final ExperimentStore experiments;
  private final EngineComparisonStore store;
  private final Engines engines;
  private final DataLibrary data;
  private final LiveRuns live;
  private final int cores;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("comparison").factory());
  private final Map<Long, Task> tasks = new ConcurrentHashMap<>();
  private volatile boolean closing;

  /** One that waits, trains or has failed. */
  private static final class Task {
    volatile State state = new State(null, Message.of("pytorch.waiting"), true);
    volatile boolean stopped;
  }

  /**
   * @param cores how many threads each engine may use
   */
  public ComparisonQueue(
      ExperimentStore experiments,
      EngineComparisonStore store,
      Engines engines,
      DataLibrary data,
      LiveRuns live,
      int cores) {
    this.experiments = experiments;
    this.store = store;
    this.engines = engines;
    this.data = data;
    this.live = live;
    this.cores = cores;
  }

  @Override
  public @Nullable Message obstacle() {
    return engines.named(PEER).obstacle();
  }

  @Override
  public synchronized void start(long experiment) {
    Task before = tasks.get(experiment);
    if (before != null && before.state.going()) {
      return;
    }
    TrainingPlan plan =
        experiments
            .find(experiment)
            .orElseThrow(
                () -> new IllegalArgumentException("There is no experiment " + experiment + "."))
            .plan();
    Task task = new Task();
    tasks.put(experiment, task);
    worker.execute(() -> run(experiment, plan, task));
    live.tell(experiment);
  }

  @Override
  public void stop(long experiment) {
    Task task = tasks.get(experiment);
    if (task != null) {
      task.stopped = true;
    }
  }

  @Override
  public Optional<State> find(long experiment) {
    Task task = tasks.get(experiment);
    return task == null
        ? store.newest(experiment).map(comparison -> new State(comparison, null, false))
        : Optional.of(task.state);
  }

  private void run(long experiment, TrainingPlan plan, Task task) {
    try {
      show(experiment, task, new State(null, Message.of("run.data"), true));
      Optional<EngineComparison> comparison = compare(experiment, plan, task);
      comparison.ifPresent(done -> store.save(experiment, done));
      tasks.remove(experiment); // from now on the store has it, or the one before
      live.tell(experiment);
    } catch (InterruptedException e) {
      tasks.remove(experiment);
      Thread.currentThread().interrupt();
    } catch (EngineUnavailableException e) {
      fail(experiment, task, e.obstacle());
    } catch (ComparisonJob.DivergedException e) {
      fail(experiment, task, e.why());
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warn("The comparison of experiment {} failed", experiment, e);
      fail(experiment, task, Message.of("run.failed", String.valueOf(e.getMessage())));
    }
  }

  private Optional<EngineComparison> compare(long experiment, TrainingPlan plan, Task task)
      throws InterruptedException {
    EngineProvider ours = engines.choose(Engines.AUTO).provider();
    EngineProvider theirs = engines.choose(PEER).provider();
    DataPair images = data.find(plan.data(), (_, _, _) -> {});
    show(experiment, task, new State(null, Message.of("pytorch.preparing"), true));
    return new ComparisonJob(
            plan,
            images,
            cores,
            live::isTraining,
            now -> show(experiment, task, new State(now, null, true)))
        .run(ours, theirs, () -> task.stopped || closing);
  }

  private void show(long experiment, Task task, State state) {
    task.state = state;
    live.tell(experiment);
  }

  private void fail(long experiment, Task task, Message why) {
    show(experiment, task, new State(task.state.comparison(), why, false));
  }

  /** Ends what is going on and waits for it a little. */
  @Override
  public void close() {
    closing = true;
    worker.shutdown();
    try {
      if (!worker.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("The comparison with PyTorch did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
