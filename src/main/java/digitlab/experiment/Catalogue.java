package digitlab.experiment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The lists of experiments as people see them: what is stored, with the runs that are going on as
 * they are this moment. Thread-safe.
 */
public final class Catalogue {
  private final ExperimentCatalogue store;
  private final LiveRuns live;

  public Catalogue(ExperimentCatalogue store, LiveRuns live) {
    this.store = store;
    this.live = live;
  }

  public List<ListedExperiment> page(ExperimentQuery query, int offset, int limit) {
    return store.page(query, offset, limit).stream().map(this::refresh).toList();
  }

  public int count(ExperimentQuery query) {
    return store.count(query);
  }

  public Optional<ListedExperiment> find(long experiment) {
    return store.find(experiment).map(this::refresh);
  }

  /** See {@link ExperimentCatalogue#withRuns}. */
  public List<ListedExperiment> withRuns(Collection<Long> runs) {
    return store.withRuns(runs).stream().map(this::refreshRun).toList();
  }

  /** The epochs of these experiments' runs, by run, as far as they have come. */
  public Map<Long, List<EpochRecord>> epochs(List<ListedExperiment> withRuns) {
    Map<Long, List<EpochRecord>> epochs = new HashMap<>();
    List<Long> stored = new ArrayList<>();
    for (ListedExperiment listed : withRuns) {
      Run run = listed.experiment().run();
      if (run != null) {
        Optional<LiveRuns.Live> now =
            live.find(listed.id()).filter(going -> going.run().id() == run.id());
        now.ifPresentOrElse(
            going -> epochs.put(run.id(), going.history().epochs()), () -> stored.add(run.id()));
      }
    }
    epochs.putAll(store.epochs(stored));
    return epochs;
  }

  public List<String> tags() {
    return store.tags();
  }

  /** The run of this experiment that is going on in this server. */
  public OptionalLong goingRun(long experiment) {
    return live.find(experiment).stream().mapToLong(now -> now.run().id()).findFirst();
  }

  /** The same with its run as it is this moment, if it is going on here; asks nobody else. */
  public ListedExperiment refresh(ListedExperiment listed) {
    return live.find(listed.id()).map(now -> with(listed, now)).orElse(listed);
  }

  /** The run that it has, not a newer one. */
  private ListedExperiment refreshRun(ListedExperiment listed) {
    Run run = listed.experiment().run();
    return live.find(listed.id())
        .filter(now -> run != null && now.run().id() == run.id())
        .map(now -> with(listed, now))
        .orElse(listed);
  }

  private static ListedExperiment with(ListedExperiment listed, LiveRuns.Live now) {
    Experiment stored = listed.experiment();
    List<EpochRecord> epochs = now.history().epochs();
    return new ListedExperiment(
        new Experiment(stored.id(), stored.name(), stored.plan(), stored.created(), now.run()),
        listed.marks(),
        epochs.isEmpty() ? null : epochs.getLast().validationAccuracy(),
        listed.sealed());
  }

  /** Writes these marks on an experiment. */
  public void mark(long experiment, Marks marks) {
    store.mark(experiment, marks);
    live.tell(experiment);
  }

  /**
   * Gives an experiment another name.
   *
   * @throws IllegalArgumentException if the name is empty or too long
   */
  public void rename(long experiment, String name) {
    store.rename(experiment, Experiment.requireName(name));
    live.tell(experiment);
  }
}
