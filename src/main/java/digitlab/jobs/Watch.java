package digitlab.jobs;

import digitlab.data.Dataset;
import digitlab.net.Engine;
import digitlab.train.Probe;
import digitlab.train.ProbeResult;
import digitlab.train.Trainer;
import digitlab.train.TrainingPlan;
import java.util.function.Consumer;

/**
 * Looks into a training while it goes on: at its start, now and then, towards its planned end, and
 * at the network whose loss was no number. Not thread-safe.
 */
final class Watch {
  /** A loss that many times the first one is alarming: the next step may be the last. */
  private static final double ALARM = 4;

  private final Probe probe;
  private final Engine engine;
  private final Consumer<ProbeResult> sink;
  private final ProbeClock clock;
  private boolean stepping; // the step that was begun after the last call is to be looked at
  private boolean alarmed;
  private long remembered; // after how many steps
  private double highest;

  /**
   * Takes the first look.
   *
   * @param firstStep how many steps are done already
   * @param sink is told what is seen, in the thread that trains
   */
  Watch(
      TrainingPlan plan,
      Dataset training,
      Engine engine,
      long firstStep,
      Consumer<ProbeResult> sink) {
    this.engine = engine;
    this.sink = sink;
    probe = new Probe(plan, training);
    probe.before(engine);
    ProbeResult first = probe.atRest(firstStep);
    highest = ALARM * first.loss();
    stepping = true;
    remembered = firstStep;
    sink.accept(first);
    clock = new ProbeClock(System.nanoTime());
  }

  /**
   * What came of a step. When the loss is no number, the network that gave it is looked at, as far
   * as it is known. Asks nothing of the engine, which may be in the middle of its work.
   */
  void onStep(long step, double loss) {
    if (!Double.isFinite(loss)) {
      sink.accept(probe.atRest(step));
    } else if (loss > highest) {
      highest = loss;
      alarmed = true;
    }
  }

  /** Between two steps, and before the first one. */
  void betweenSteps(Trainer trainer, long now) {
    boolean due = clock.isDue(now) || trainer.steps() == trainer.allSteps() - 2;
    if (!stepping && !due && !alarmed) {
      return;
    }
    trainer.settle();
    if (trainer.outcome() != null) {
      return; // it diverged, and was looked at
    }
    if (!stepping) {
      probe.before(engine);
      stepping = due;
    } else if (trainer.steps() > remembered) {
      stepping = false;
      sink.accept(probe.after(engine, trainer.steps()));
      clock.looked(now, System.nanoTime());
    }
    remembered = trainer.steps();
    alarmed = false;
  }
}
