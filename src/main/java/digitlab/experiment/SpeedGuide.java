package digitlab.experiment;

import digitlab.train.TrainingPlan;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** How fast this server would train a plan, on each engine that it has. Thread-safe. */
public interface SpeedGuide {
  /**
   * One engine's speed.
   *
   * @param engine its name
   * @param samplesPerSecond training images in a second
   * @param fromRuns whether runs of the same network told it; if not, a trial of a moment did
   */
  record Speed(String engine, double samplesPerSecond, boolean fromRuns) {}

  /**
   * Finds out, in another thread.
   *
   * @param wanted is asked before each trial; when it says no, the rest is left out
   * @param answer is given the speeds that are known so far, after each engine
   */
  void ask(TrainingPlan plan, BooleanSupplier wanted, Consumer<List<Speed>> answer);
}
