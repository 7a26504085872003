package digitlab.compare;

import java.util.Optional;

/** Where comparisons are kept that were done. Thread-safe. */
public interface EngineComparisonStore {
  void save(long experiment, EngineComparison comparison);

  /** The newest one. */
  Optional<EngineComparison> newest(long experiment);
}
