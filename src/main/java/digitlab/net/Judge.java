package digitlab.net;

/** What the outputs for a batch are worth, and where the way back through the layers begins. */
public final class Judge {
  private Judge() {}

  /**
   * Loss and hits.
   *
   * @param z the weighted sums of the output layer, (rows, classes)
   * @param y its outputs, (rows, classes)
   */
  public static StepResult result(Batch batch, Loss loss, int classes, float[] z, float[] y) {
    int rows = batch.rows();
    double sum = 0;
    int correct = 0;
    for (int row = 0; row < rows; row++) {
      int from = row * classes;
      sum += loss.value(z, y, from, classes, batch.label(row));
      correct += Network.largest(y, from, classes) == batch.label(row) ? 1 : 0;
    }
    return new StepResult((float) (sum / rows), correct);
  }

  /** Writes (y − t)/rows to {@code delta}, (rows, classes): t is 1 for the label, else 0. */
  public static void delta(Batch batch, int classes, float[] y, float[] delta) {
    float scale = 1f / batch.rows();
    for (int row = 0; row < batch.rows(); row++) {
      byte label = batch.label(row);
      for (int c = 0; c < classes; c++) {
        int i = row * classes + c;
        delta[i] = (y[i] - (c == label ? 1 : 0)) * scale;
      }
    }
  }
}
