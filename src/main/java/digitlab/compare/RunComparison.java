package digitlab.compare;

import digitlab.experiment.Catalogue;
import digitlab.experiment.EpochRecord;
import digitlab.experiment.ListedExperiment;
import digitlab.experiment.Run;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Gathers what is to be compared. Thread-safe. */
public final class RunComparison {
  /** More curves than this nobody can tell apart, nor wait for. */
  public static final int MOST_RUNS = 200;

  private final Catalogue catalogue;
  private final TestAnswers answers;

  public RunComparison(Catalogue catalogue, TestAnswers answers) {
    this.catalogue = catalogue;
    this.answers = answers;
  }

  /** Those of these runs that are there, as they are this moment, in this order. */
  public List<ComparedRun> runs(Collection<Long> ids) {
    List<ListedExperiment> found = catalogue.withRuns(ids);
    Map<Long, List<EpochRecord>> epochs = catalogue.epochs(found);
    return found.stream().map(listed -> compared(listed, epochs)).toList();
  }

  private static ComparedRun compared(
      ListedExperiment listed, Map<Long, List<EpochRecord>> epochs) {
    Run run = Objects.requireNonNull(listed.experiment().run());
    return new ComparedRun(listed, run, epochs.getOrDefault(run.id(), List.of()));
  }

  public TestAnswers answers() {
    return answers;
  }
}
