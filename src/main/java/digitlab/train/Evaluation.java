package digitlab.train;

import digitlab.data.Dataset;
import digitlab.net.Batch;
import digitlab.net.Engine;
import digitlab.net.Network;
import digitlab.net.StepResult;

/**
 * How well a network does on images that it is not trained on.
 *
 * @param loss the mean
 */
public record Evaluation(double loss, ConfusionMatrix confusion) {
  private static final int ROWS = 256;

  /** The share of images that were recognised, 0…1. */
  public double accuracy() {
    return (double) confusion.correct() / confusion.total();
  }

  /** Shows the engine's network these images of {@code dataset}; changes nothing in it. */
  public static Evaluation of(Engine engine, int outputs, Dataset dataset, int[] numbers) {
    Batch batch = new Batch();
    float[] y = new float[ROWS * outputs];
    ConfusionMatrix confusion =
        ConfusionMatrix.empty(outputs > dataset.classes() ? outputs : dataset.classes());
    double sum = 0;
    for (int from = 0; from < numbers.length; from += ROWS) {
      int rows = numbers.length - from < ROWS ? numbers.length - from : ROWS;
      StepResult result = engine.predict(batch.select(dataset.images(), numbers, from, rows), y);
      sum += (double) result.loss() * rows;
      for (int row = 0; row < rows; row++) {
        confusion.count(batch.label(row), Network.largest(y, row * outputs, outputs));
      }
    }
    return new Evaluation(sum / numbers.length, confusion);
  }
}
