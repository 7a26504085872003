package digitlab.experiment;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Experiments to look for, a page at a time, and what is written on them. Thread-safe. */
public interface ExperimentCatalogue {
  /** Those from {@code offset} that fit on a page of {@code limit}. */
  List<ListedExperiment> page(ExperimentQuery query, int offset, int limit);

  int count(ExperimentQuery query);

  /** One experiment; empty if there is none, or it was deleted. */
  Optional<ListedExperiment> find(long experiment);

  /**
   * Those of these runs that are there, with the experiments that they belong to, in this order.
   */
  List<ListedExperiment> withRuns(Collection<Long> runs);

  /** The epochs of each of these runs that has any. */
  Map<Long, List<EpochRecord>> epochs(Collection<Long> runs);

  /** All tags that are in use, in the order of the alphabet. */
  List<String> tags();

  void mark(long experiment, Marks marks);

  void rename(long experiment, String name);
}
