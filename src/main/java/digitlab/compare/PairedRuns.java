package digitlab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Two plans, run by run with the same seed: both begin with the same shuffling, so that much of
 * what chance does to one it does to the other, and the differences say more than the means.
 *
 * @param pairs in the order of their seeds
 */
public record PairedRuns(PlanGroup first, PlanGroup second, List<Pair> pairs) {
  /** Two runs with the same seed. */
  public record Pair(long seed, ComparedRun first, ComparedRun second) {}

  /** Pairs what can be paired; of several runs with one seed the last counts. */
  public static PairedRuns of(PlanGroup first, PlanGroup second) {
    Map<Long, ComparedRun> partners = bySeed(second);
    List<Pair> pairs = new ArrayList<>();
    bySeed(first)
        .forEach(
            (seed, run) -> {
              ComparedRun partner = partners.get(seed);
              if (partner != null) {
                pairs.add(new Pair(seed, run, partner));
              }
            });
    return new PairedRuns(first, second, List.copyOf(pairs));
  }

  private static Map<Long, ComparedRun> bySeed(PlanGroup group) {
    Map<Long, ComparedRun> runs = new TreeMap<>();
    group.runs().forEach(run -> runs.put(run.plan().seed(), run));
    return runs;
  }

  /** First minus second, over the pairs that have both values; empty if none has. */
  public Optional<Sample> difference(Function<ComparedRun, OptionalDouble> value) {
    List<Double> differences = new ArrayList<>();
    for (Pair pair : pairs) {
      OptionalDouble one = value.apply(pair.first());
      OptionalDouble other = value.apply(pair.second());
      if (one.isPresent() && other.isPresent()) {
        differences.add(one.getAsDouble() - other.getAsDouble());
      }
    }
    return differences.isEmpty() ? Optional.empty() : Optional.of(Sample.of(differences));
  }
}
