package digitlab.sweep;

import digitlab.math.Rng;
import digitlab.text.Decimals;
import digitlab.text.Message;
import digitlab.text.Words;
import digitlab.train.TrainingPlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All plans of a sweep, described: the axes, whether their points form a grid or are drawn at
 * random, and with how many seeds each is trained. Its text form has a line for each part.
 *
 * @param samples how many points are drawn at random; 0 for the whole grid
 * @param seed of the drawing; the plans have their own
 * @param seeds how many seeds each point is trained with, from the plan's own upwards
 */
public record SweepSpace(List<Axis> axes, int samples, long seed, int seeds) {
  /** So many runs can be looked at; more are taken for a slip. */
  public static final int MOST_RUNS = 500;

  private static final int MOST_TRIES = 20; // for each sample, to find one that is not there yet

  public SweepSpace {
    axes = List.copyOf(axes);
    Decimals.requireRange(samples, "number of samples", 0, MOST_RUNS);
    Decimals.requireRange(seeds, "number of seeds", 1, MOST_RUNS);
    Set<String> fields = axes.stream().map(Axis::field).collect(Collectors.toSet());
    if (fields.size() < axes.size()) {
      throw new SweepException(
          null,
          Message.of("sweep.error.twice"),
          "A field varies twice. Put its values into one line.");
    }
    if (fields.contains("seed") && seeds > 1) {
      throw new SweepException(
          "seed",
          Message.of("sweep.error.seeds"),
          "The seed varies already. Leave the number of seeds at 1.");
    }
  }

  /** The fields that vary, the seed among them. */
  public List<String> fields() {
    List<String> fields = new ArrayList<>(axes.stream().map(Axis::field).toList());
    if (seeds > 1) {
      fields.add("seed");
    }
    return fields;
  }

  /**
   * The plans, each once, in the order in which they are trained.
   *
   * @throws IllegalArgumentException if there are more than {@link #MOST_RUNS}, or a value does not
   *     suit its field
   */
  public List<TrainingPlan> plans(TrainingPlan base) {
    Set<TrainingPlan> points = samples == 0 ? grid(base) : random(base);
    requireFew((long) points.size() * seeds);
    List<TrainingPlan> plans = new ArrayList<>();
    for (TrainingPlan point : points) {
      for (int i = 0; i < seeds; i++) {
        plans.add(seeds == 1 ? point : point.with("seed", point.seed() + i));
      }
    }
    return plans;
  }

  private static void requireFew(long runs) {
    if (runs > MOST_RUNS) {
      throw new SweepException(
          null,
          Message.of("sweep.error.many", runs, MOST_RUNS),
          "These are "
              + runs
              + " runs; at most "
              + MOST_RUNS
              + " are allowed. Give fewer values, or draw some at random.");
    }
  }

  private Set<TrainingPlan> grid(TrainingPlan base) {
    Set<TrainingPlan> points = new LinkedHashSet<>(List.of(base));
    for (Axis axis : axes) {
      requireFew((long) points.size() * axis.values().size());
      Set<TrainingPlan> next = new LinkedHashSet<>();
      for (TrainingPlan point : points) {
        for (String value : axis.values()) {
          next.add(SweepField.with(point, axis.field(), value));
        }
      }
      points = next;
    }
    return points;
  }

  private Set<TrainingPlan> random(TrainingPlan base) {
    Rng rng = Rng.named(seed, "sweep");
    Set<TrainingPlan> points = new LinkedHashSet<>();
    for (int tries = 0; points.size() < samples && tries < samples * MOST_TRIES; tries++) {
      TrainingPlan point = base;
      for (Axis axis : axes) {
        point = SweepField.with(point, axis.field(), axis.sample(rng));
      }
      points.add(point);
    }
    return points;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(samples == 0 ? "grid" : "random " + samples + " seed " + seed);
    text.append(" seeds ").append(seeds);
    axes.forEach(axis -> text.append('\n').append(axis));
    return text.toString();
  }

  /**
   * The reverse of {@link #toString}.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  public static SweepSpace parse(String text) {
    List<String> lines = Words.split(text, '\n');
    List<String> words = Words.of(lines.getFirst());
    boolean random = words.size() == 6 && words.getFirst().equals("random");
    boolean grid = words.size() == 3 && words.getFirst().equals("grid");
    if (!random && !grid) {
      throw new IllegalArgumentException(
          "The sweep \""
              + lines.getFirst()
              + "\" is not understood. Write \"grid seeds 1\" or \"random 20 seed 1 seeds 1\".");
    }
    return new SweepSpace(
        lines.subList(1, lines.size()).stream().map(Axis::parse).toList(),
        random ? Decimals.parseInt(words.get(1), "number of samples", 1, MOST_RUNS) : 0,
        random ? Long.parseLong(words.get(3)) : 0,
        Decimals.parseInt(words.getLast(), "number of seeds", 1, MOST_RUNS));
  }
}
