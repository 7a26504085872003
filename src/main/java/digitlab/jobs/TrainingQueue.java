package digitlab.jobs;

import digitlab.datasets.DataLibrary;
import digitlab.engine.EngineProvider;
import digitlab.engine.Engines;
import digitlab.experiment.CheckpointStore;
import digitlab.experiment.Experiment;
import digitlab.experiment.ExperimentStore;
import digitlab.experiment.LiveRuns;
import digitlab.experiment.ModelStore;
import digitlab.experiment.Run;
import digitlab.experiment.RunCommand;
import digitlab.experiment.RunQueue;
import digitlab.experiment.RunStatus;
import digitlab.text.Decimals;
import digitlab.train.TrainingPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trainings of this server: some at a time, the others wait. Tells the store that this server
 * is alive, and goes on with the runs of servers that no longer are. Thread-safe.
 */
public final class TrainingQueue implements RunQueue, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingQueue.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  /** A server that was silent for that long is taken for dead. */
  public static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private final BackgroundRun.Books books;
  private final Engines engines;
  private final DataLibrary data;
  private final LiveRuns live;
  private final int atOnce;
  private final int threads;
  private final Turns turns;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("heartbeat").factory());
  private final Map<Long, Going> runs = new ConcurrentHashMap<>();

  /** A run that is not over. */
  private record Going(
      TrainingPlan plan, BackgroundRun run, Thread thread, List<Runnable> afterwards) {}

  /**
   * @param atOnce how many trainings share the processors at the same time; an engine may have its
   *     own idea ({@link EngineProvider#atOnce})
   * @param threads how many threads each of them may use
   */
  public TrainingQueue(
      ExperimentStore store,
      ModelStore models,
      CheckpointStore checkpoints,
      Engines engines,
      DataLibrary data,
      LiveRuns live,
      int atOnce,
      int threads) {
    books = new BackgroundRun.Books(store, models, checkpoints);
    this.engines = engines;
    this.data = data;
    this.live = live;
    this.threads = threads;
    this.atOnce = atOnce;
    turns = new Turns(this::atOnce, live::tellQueue);
    var _ =
        heart.scheduleWithFixedDelay(
            this::beat, HEARTBEAT.toMillis(), HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private int atOnce(long run) {
    Going going = runs.get(run);
    return going == null
        ? atOnce
        : engines
            .choose(Engines.AUTO)
            .provider()
            .atOnce(going.plan().engineSettings(Integer.MAX_VALUE), atOnce);
  }

  private void beat() {
    try {
      books.store().heartbeat(runs.keySet());
      takeOver(LONGEST_SILENCE);
    } catch (RuntimeException e) {
      LOG.warn(
          "The database can't be reached for the heartbeat; trying again in {} s",
          HEARTBEAT.toSeconds(),
          e);
    }
  }

  /**
   * Goes on with the runs of servers that did not say for that long that they are alive, each from
   * its checkpoint; one that was paused stays so.
   */
  public void takeOver(Duration silence) {
    for (long id : books.checkpoints().takeOver(silence)) {
      Experiment experiment = books.store().find(id).orElse(null);
      Run run = experiment == null ? null : experiment.run();
      if (experiment == null || run == null || run.status().isOver()) {
        live.tell(id);
      } else {
        LOG.info("Going on with run {} of \"{}\"", run.id(), experiment.name());
        live.publish(run, books.store().history(run.id()));
        submit(experiment, run, run.status() == RunStatus.PAUSED);
      }
    }
  }

  @Override
  public void submit(Experiment experiment, Run run, boolean paused) {
    Wishes wishes = new Wishes(paused);
    BackgroundRun background = new BackgroundRun(experiment, run, books, live, turns, wishes);
    if (!paused) {
      turns.enqueue(run.id());
    }
    Thread thread =
        Thread.ofVirtual()
            .name("run-" + run.id())
            .unstarted(
                () -> {
                  try {
                    background.run(engines, threads, data);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  } finally {
                    over(run.id());
                  }
                });
    runs.put(run.id(), new Going(experiment.plan(), background, thread, new ArrayList<>()));
    thread.start();
  }

  private void over(long run) {
    List<Runnable> afterwards = new ArrayList<>();
    runs.computeIfPresent(
        run,
        (_, going) -> {
          afterwards.addAll(going.afterwards());
          return null;
        });
    afterwards.forEach(Runnable::run);
  }

  @Override
  public void whenOver(long run, Runnable then) {
    Going there =
        runs.computeIfPresent(
            run,
            (_, going) -> {
              going.afterwards().add(then);
              return going;
            });
    if (there == null) {
      then.run();
    }
  }

  @Override
  public void command(long run, RunCommand command) {
    Going going = runs.get(run);
    if (going != null) {
      Wishes wishes = going.run().wishes();
      switch (command) {
        case PLAY -> wishes.play();
        case PAUSE -> wishes.pause();
        case STEP -> wishes.step();
        case EPOCH -> wishes.epoch();
        case STOP -> wishes.end(RunStatus.STOPPED);
      }
      turns.wake();
    }
  }

  @Override
  public void setRate(long run, double rate) {
    Decimals.requireRange(rate, "learning rate", 0, TrainingPlan.MOST_RATE);
    Going going = runs.get(run);
    if (going != null) {
      going.run().wishes().setRate(rate);
    }
  }

  @Override
  public int position(long run) {
    return turns.position(run);
  }

  /** Lets go of all trainings, so that somebody goes on with them; waits for them a little. */
  @Override
  public void close() {
    heart.shutdownNow();
    List<Going> going = List.copyOf(runs.values());
    going.forEach(run -> run.run().wishes().end(RunStatus.INTERRUPTED));
    turns.wake();
    try {
      Instant latest = Instant.now().plus(LONGEST_END);
      for (Going run : going) {
        if (!run.thread().join(Duration.between(Instant.now(), latest))) {
          LOG.warn("A training did not end in time; it will go on from its checkpoint before");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
