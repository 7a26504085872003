package digitlab.jobs;

import digitlab.datasets.DataLibrary;
import digitlab.engine.Engines;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentStore;
import digitlab.experiment.LiveRuns;
import digitlab.experiment.ModelStore;
import digitlab.experiment.Run;
import digitlab.experiment.RunQueue;
import digitlab.experiment.RunStatus;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trainings of this server: some at a time, the others wait. Tells the store that this server
 * is alive, and marks the runs of servers that no longer are. Thread-safe.
 */
public final class TrainingQueue implements RunQueue, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingQueue.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  /** A server that was silent for that long is taken for dead. */
  public static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private final ExperimentStore store;
  private final ModelStore models;
  private final Engines engines;
  private final DataLibrary data;
  private final LiveRuns live;
  private final int threads;
  private final ExecutorService trainers;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("heartbeat").factory());
  private final Map<Long, BackgroundRun> runs = new ConcurrentHashMap<>();

  /**
   * @param atOnce how many trainings run at the same time
   * @param threads how many threads each of them may use
   */
  public TrainingQueue(
      ExperimentStore store,
      ModelStore models,
      Engines engines,
      DataLibrary data,
      LiveRuns live,
      int atOnce,
      int threads) {
    this.store = store;
    this.models = models;
    this.engines = engines;
    this.data = data;
    this.live = live;
    this.threads = threads;
    trainers =
        Executors.newFixedThreadPool(
            atOnce, Thread.ofPlatform().daemon().name("training-", 1).factory());
    var _ =
        heart.scheduleWithFixedDelay(
            this::beat, HEARTBEAT.toMillis(), HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void beat() {
    try {
      store.heartbeat(runs.keySet());
      store.interruptAbandoned(LONGEST_SILENCE).forEach(live::tell);
    } catch (RuntimeException e) {
      LOG.warn(
          "The database can't be reached for the heartbeat; trying again in {} s",
          HEARTBEAT.toSeconds(),
          e);
    }
  }

  @Override
  public void submit(Experiment experiment, Run run) {
    BackgroundRun background = new BackgroundRun(experiment, run, store, models, live);
    runs.put(run.id(), background);
    trainers.execute(
        () -> {
          try {
            background.run(engines, threads, data);
          } finally {
            runs.remove(run.id());
          }
        });
  }

  @Override
  public void stop(long run) {
    BackgroundRun background = runs.get(run);
    if (background != null) {
      background.end(RunStatus.STOPPED);
    }
  }

  /** Stops all trainings, keeping what they learned, and waits for them a little. */
  @Override
  public void close() {
    heart.shutdownNow();
    runs.values().forEach(run -> run.end(RunStatus.INTERRUPTED));
    trainers.shutdown();
    try {
      if (!trainers.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("Some trainings did not end in time; they will be shown as interrupted");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
