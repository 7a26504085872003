package digitlab.train;

/**
 * Which class was taken for which: rows are what the image shows, columns what the network said.
 */
public final class ConfusionMatrix {
  private final int classes;
  private final int[] counts; // (classes, classes)

  /** Takes over (classes, classes) counts, row after row. */
  public ConfusionMatrix(int classes, int[] counts) {
    if (counts.length != classes * classes) {
      throw new IllegalArgumentException(
          counts.length + " counts do not make a matrix of " + classes + " classes.");
    }
    this.classes = classes;
    this.counts = counts;
  }

  public static ConfusionMatrix empty(int classes) {
    return new ConfusionMatrix(classes, new int[classes * classes]);
  }

  public int classes() {
    return classes;
  }

  /** A copy, (classes, classes), row after row. */
  public int[] counts() {
    return counts.clone();
  }

  void count(int shown, int said) {
    counts[shown * classes + said]++;
  }

  public int get(int shown, int said) {
    return counts[shown * classes + said];
  }

  /** How many images show that class. */
  public int total(int shown) {
    int sum = 0;
    for (int said = 0; said < classes; said++) {
      sum += get(shown, said);
    }
    return sum;
  }

  /** How many images were taken for that class, rightly or not. */
  public int said(int said) {
    int sum = 0;
    for (int shown = 0; shown < classes; shown++) {
      sum += get(shown, said);
    }
    return sum;
  }

  /** Of the images that were taken for a class, the share that shows it; NaN if there are none. */
  public double precision(int label) {
    return (double) get(label, label) / said(label);
  }

  /** Of the images that show a class, the share that was recognised; NaN if there are none. */
  public double recall(int label) {
    return (double) get(label, label) / total(label);
  }

  /** The harmonic mean of precision and recall; NaN if there is neither. */
  public double f1(int label) {
    return 2.0 * get(label, label) / (total(label) + said(label));
  }

  public int total() {
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }

  /** How many images were recognised. */
  public int correct() {
    int sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += get(c, c);
    }
    return sum;
  }
}
