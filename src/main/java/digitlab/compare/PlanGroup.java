package digitlab.compare;

import digitlab.train.TrainingPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The runs of one plan, which differ in nothing but their seeds.
 *
 * @param runs at least one, in the order in which they were given
 */
public record PlanGroup(List<ComparedRun> runs) {
  private static final long NO_SEED = 0;

  /** Puts runs together that have the same plan but for its seed. */
  public static List<PlanGroup> of(List<ComparedRun> runs) {
    Map<TrainingPlan, List<ComparedRun>> byPlan = new LinkedHashMap<>();
    for (ComparedRun run : runs) {
      byPlan.computeIfAbsent(run.plan().with("seed", NO_SEED), _ -> new ArrayList<>()).add(run);
    }
    return byPlan.values().stream().map(PlanGroup::new).toList();
  }

  /** The plan of its first run. */
  public TrainingPlan plan() {
    return runs.getFirst().plan();
  }

  /** The name of its first run's experiment. */
  public String name() {
    return runs.getFirst().name();
  }

  /** How many different seeds there are. */
  public int seeds() {
    return (int) runs.stream().map(run -> run.plan().seed()).distinct().count();
  }

  /** The values over all runs that have one; empty if none has. */
  public List<Double> values(Function<ComparedRun, OptionalDouble> value) {
    return runs.stream().map(value).flatMapToDouble(OptionalDouble::stream).boxed().toList();
  }

  /**
   * Mean and deviation over the runs after each epoch, as long as there is a run that came so far.
   */
  public List<Sample> curve(ComparedRun.Measure measure) {
    List<double[]> curves = runs.stream().map(run -> run.curve(measure)).toList();
    List<Sample> means = new ArrayList<>();
    int longest = curves.stream().mapToInt(curve -> curve.length).max().orElse(0);
    for (int epoch = 0; epoch < longest; epoch++) {
      int at = epoch;
      means.add(
          Sample.of(
              curves.stream()
                  .filter(curve -> curve.length > at)
                  .mapToDouble(curve -> curve[at])
                  .toArray()));
    }
    return means;
  }
}
