package digitlab.engine;

import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.text.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One way to train. Asking whether it is available must be quick and must not fail. */
public interface EngineProvider {
  /** As on the command line: "reference". */
  String name();

  /** Why it can't train on this machine; null if it can. */
  @Nullable Message obstacle();

  /** What it trains on here: "plain Java, one thread". */
  Message description();

  /** How many threads it would use for this network, if it may use {@code most}. */
  int threads(EngineSettings settings, int most);

  /**
   * How many trainings like this one may go on at the same time.
   *
   * @param usual how many share the processors of this machine
   */
  default int atOnce(EngineSettings settings, int usual) {
    return usual;
  }

  /** With how many threads to try it, of at most {@code most}, when it is to show its best. */
  default List<Integer> threadsWorthTrying(int most) {
    return List.of(most);
  }

  /** Whether its loops are Java, which is slow until it has run for a while. */
  default boolean isJava() {
    return false;
  }

  /** An engine that uses at most so many threads. */
  Engine create(EngineSettings settings, int mostThreads);
}
