package digitlab.experiment;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of this server that are going on, fresher than the store knows them, and who wants to
 * hear of changes. Thread-safe.
 */
public final class LiveRuns implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveRuns.class);

  /**
   * A run that is going on.
   *
   * @param run as it is now
   * @param history which goes on growing
   */
  public record Live(Run run, RunHistory history) {}

  private final Map<Long, Live> byExperiment = new ConcurrentHashMap<>();
  private final CopyOnWriteArrayList<LongConsumer> listeners = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<Runnable> queueListeners = new CopyOnWriteArrayList<>();
  // listeners may be slow: they must not hold up the training
  private final ExecutorService messenger =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("run-news").factory());

  /**
   * Takes note of how a run stands, and tells everybody. Runs that are over are let go: the store
   * has them.
   */
  public void publish(Run run, RunHistory history) {
    if (run.status().isOver()) {
      byExperiment.remove(run.experimentId());
    } else {
      byExperiment.put(run.experimentId(), new Live(run, history));
    }
    tell(run.experimentId());
  }

  /** Tells everybody that this experiment has changed. */
  public void tell(long experiment) {
    messenger.execute(
        () -> {
          for (LongConsumer listener : listeners) {
            try {
              listener.accept(experiment);
            } catch (RuntimeException e) {
              LOG.warn("A listener of experiment {} failed", experiment, e);
            }
          }
        });
  }

  /** Whether any run is training here at this moment. */
  public boolean isTraining() {
    return byExperiment.values().stream().anyMatch(now -> now.run().status() == RunStatus.RUNNING);
  }

  /** How many others train with the engine of this run at this moment. */
  public int beside(Run run) {
    Run.Setup setup = run.setup();
    return setup == null
        ? 0
        : (int)
            byExperiment.values().stream()
                .map(Live::run)
                .filter(other -> other.id() != run.id() && other.status() == RunStatus.RUNNING)
                .filter(
                    other -> other.setup() != null && other.setup().engine().equals(setup.engine()))
                .count();
  }

  /** Tells those who want to know that runs that wait have moved up. */
  public void tellQueue() {
    if (!queueListeners.isEmpty()) {
      messenger.execute(() -> queueListeners.forEach(Runnable::run));
    }
  }

  /**
   * Calls {@code listener} whenever runs that wait have moved up.
   *
   * @return what to run to hear no more
   */
  public Runnable listenToQueue(Runnable listener) {
    queueListeners.add(listener);
    return () -> queueListeners.remove(listener);
  }

  /** The run of this experiment that is going on here. */
  public Optional<Live> find(long experiment) {
    return Optional.ofNullable(byExperiment.get(experiment));
  }

  /**
   * Calls {@code listener} with the id of each experiment that changes, several times a second for
   * those that train.
   *
   * @return what to run to hear no more
   */
  public Runnable listen(LongConsumer listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void close() {
    messenger.shutdownNow();
  }
}
