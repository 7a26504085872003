package digitlab.jobs;

import digitlab.compare.EngineComparison;
import digitlab.compare.EngineComparison.Difference;
import digitlab.datasets.DataPair;
import digitlab.engine.EngineProvider;
import digitlab.text.Message;
import digitlab.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Trains one plan on two engines, in the thread that calls it. They take turns, so that neither has
 * the machine when it is quieter; after each turn their parameters are held against each other.
 */
final class ComparisonJob {
  private final TrainingPlan plan;
  private final DataPair data;
  private final int cores;
  private final BooleanSupplier disturbed;
  private final Consumer<EngineComparison> listener;
  private final List<Difference> differences = new ArrayList<>();
  private boolean wasDisturbed;

  /** The training became nonsense on one of the engines. */
  static final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Message why;

    DivergedException(Message why) {
      super(why.key());
      this.why = why;
    }

    Message why() {
      return why;
    }
  }

  /**
   * @param disturbed whether other trainings are going on
   * @param listener is told after each turn how things stand
   */
  ComparisonJob(
      TrainingPlan plan,
      DataPair data,
      int cores,
      BooleanSupplier disturbed,
      Consumer<EngineComparison> listener) {
    this.plan = plan;
    this.data = data;
    this.cores = cores;
    this.disturbed = disturbed;
    this.listener = listener;
  }

  /** Empty if {@code stop} ended it. */
  Optional<EngineComparison> run(EngineProvider ours, EngineProvider theirs, BooleanSupplier stop) {
    MemoryCheck.check(plan.engineSettings(data.training().size()));
    try (ComparedEngine one = ComparedEngine.atItsBest(ours, cores, plan, data);
        ComparedEngine other = ComparedEngine.atItsBest(theirs, cores, plan, data)) {
      long perEpoch = one.allSteps() / plan.epochs();
      while (!stop.getAsBoolean() && !(one.isOver() && other.isOver())) {
        long turn = turnEnd(one.steps(), perEpoch);
        one.goTo(turn, stop);
        other.goTo(turn, stop);
        requireFinite(one);
        requireFinite(other);
        if (one.isOver() != other.isOver()) {
          break; // they stopped early, in different epochs: no common step is left
        }
        if (!stop.getAsBoolean()) {
          tell(one, other);
        }
      }
      if (stop.getAsBoolean()) {
        return Optional.empty();
      }
      one.test(data.test());
      other.test(data.test());
      return Optional.of(state(one, other));
    }
  }

  /** After 1, 2, 5, 10, 20, 50 … steps of the first epoch, then at the end of each. */
  private static long turnEnd(long step, long perEpoch) {
    long end = (step / perEpoch + 1) * perEpoch;
    if (step < perEpoch) {
      for (long tens = 1; tens < perEpoch; tens *= 10) {
        for (long candidate : new long[] {tens, 2 * tens, 5 * tens}) {
          if (candidate > step && candidate < end) {
            return candidate;
          }
        }
      }
    }
    return end;
  }

  private void requireFinite(ComparedEngine engine) {
    if (engine.hasDiverged()) {
      throw new DivergedException(Message.of("run.diverged", engine.steps(), plan.rate()));
    }
  }

  private void tell(ComparedEngine one, ComparedEngine other) {
    differences.add(
        Difference.of(
            one.steps(), one.epochsDone(), one.parameters().values(), other.parameters().values()));
    listener.accept(state(one, other));
  }

  private EngineComparison state(ComparedEngine one, ComparedEngine other) {
    wasDisturbed |= disturbed.getAsBoolean();
    return new EngineComparison(
        one.side(),
        other.side(),
        List.copyOf(differences),
        Math.min(one.steps(), other.steps()),
        one.allSteps(),
        wasDisturbed);
  }
}
