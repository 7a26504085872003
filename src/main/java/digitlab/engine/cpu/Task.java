package digitlab.engine.cpu;

import digitlab.net.Batch;
import digitlab.net.DropoutMask;
import digitlab.net.Images;

/**
 * What the team shall do with one batch. It holds copies of what the caller may change, because
 * other threads may still read it when the caller goes on.
 */
final class Task {
  /** How far to go. */
  enum Kind {
    PREDICT,
    GRADIENT,
    STEP
  }

  private final NonZeroPixels own = new NonZeroPixels();
  private int[] numbers = new int[0];
  private byte[] labels = new byte[0];
  Kind kind = Kind.PREDICT;
  Images images = Images.of(1, new byte[0], new byte[0]);
  NonZeroPixels nonZero = own;
  DropoutMask mask = DropoutMask.NONE;
  float[] outputs = new float[0];
  int rows;
  int ahead; // so many numbers behind those of the rows will probably be asked for next
  float rate;
  long step;

  // what came of it
  double loss;
  int correct;

  /** Takes a batch over. Images that will be written again are copied as lists of pixels. */
  void take(Batch batch, boolean asLists, NonZeroPixels lasting) {
    rows = batch.rows();
    images = batch.images();
    ahead = images.areLasting() ? batch.imagesAhead(rows) : 0;
    if (numbers.length < 2 * rows) {
      numbers = new int[2 * rows];
      labels = new byte[rows];
    }
    for (int row = 0; row < rows + ahead; row++) {
      numbers[row] = batch.number(row);
    }
    for (int row = 0; row < rows; row++) {
      labels[row] = batch.label(row);
    }
    nonZero = lasting;
    if (asLists && !images.areLasting()) {
      own.read(images, rows);
      nonZero = own;
    }
  }

  /** Which list of {@link #nonZero} is the image's in this row. */
  int listOf(int row) {
    return nonZero == own ? row : numbers[row];
  }

  int[] numbers() {
    return numbers;
  }

  byte[] labels() {
    return labels;
  }
}
