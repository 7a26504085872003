package digitlab.jobs;

import digitlab.experiment.StepMetrics;
import java.util.Arrays;

/** Loss and accuracy of the steps since it was last emptied. Not thread-safe. */
public final class StepBuffer {
  private float[] losses = new float[1024];
  private float[] accuracies = new float[1024];
  private int size;
  private long firstStep;

  public void add(long step, float loss, float accuracy) {
    if (size == losses.length) {
      losses = Arrays.copyOf(losses, 2 * size);
      accuracies = Arrays.copyOf(accuracies, 2 * size);
    }
    firstStep = size == 0 ? step : firstStep;
    losses[size] = loss;
    accuracies[size] = accuracy;
    size++;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** What was gathered; the buffer is empty afterwards. */
  public StepMetrics take() {
    StepMetrics metrics =
        new StepMetrics(firstStep, Arrays.copyOf(losses, size), Arrays.copyOf(accuracies, size));
    size = 0;
    return metrics;
  }
}
