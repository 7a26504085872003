package digitlab.compare;

import digitlab.text.Message;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons with PyTorch, one at a time. Who listens to an experiment hears of its. Thread-safe.
 */
public interface EngineComparisons {
  /**
   * Where the comparison of an experiment stands.
   *
   * @param note what it waits for, or why it failed; null if nothing is to be said
   * @param going whether it waits or trains
   */
  record State(@Nullable EngineComparison comparison, @Nullable Message note, boolean going) {}

  /** Why this server can't compare, and what to do about it; null if it can. */
  @Nullable Message obstacle();

  /** Queues a comparison; does nothing if one of this experiment is going on. */
  void start(long experiment);

  /** Ends it soon; nothing is kept of it. */
  void stop(long experiment);

  /** The one that is going on, else the last one; empty if there was none. */
  Optional<State> find(long experiment);
}
