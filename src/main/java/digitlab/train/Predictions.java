package digitlab.train;

import digitlab.data.Dataset;
import digitlab.net.Batch;
import digitlab.net.Engine;
import digitlab.net.Network;
import digitlab.net.NetworkSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a network says to every image of a set, and what can be learned from that. Immutable. */
public final class Predictions {
  private static final int ROWS = 256;

  private final int classes;
  private final float[] probabilities; // (images, classes)
  private final byte[] labels; // (images)
  private final ConfusionMatrix confusion;

  /** Takes over (images, classes) probabilities. */
  Predictions(int classes, float[] probabilities, byte[] labels) {
    this.classes = classes;
    this.probabilities = probabilities;
    this.labels = labels;
    confusion = ConfusionMatrix.empty(classes);
    for (int i = 0; i < labels.length; i++) {
      confusion.count(labels[i], said(i));
    }
  }

  /** Shows the engine's network all images of {@code dataset}. */
  public static Predictions of(Engine engine, NetworkSpec spec, Dataset dataset) {
    int classes = spec.outputs();
    int[] numbers = dataset.allNumbers();
    float[] all = new float[numbers.length * classes];
    float[] y = new float[ROWS * classes];
    Batch batch = new Batch();
    for (int from = 0; from < numbers.length; from += ROWS) {
      int rows = Math.min(ROWS, numbers.length - from);
      var _ = engine.predict(batch.select(dataset.images(), numbers, from, rows), y);
      for (int row = 0; row < rows; row++) {
        float[] outputs = Arrays.copyOfRange(y, row * classes, (row + 1) * classes);
        System.arraycopy(Network.shares(outputs), 0, all, (from + row) * classes, classes);
      }
    }
    return new Predictions(classes, all, dataset.images().labels());
  }

  public int size() {
    return labels.length;
  }

  public int label(int image) {
    return labels[image];
  }

  /** The class that the network holds for the most probable. */
  public int said(int image) {
    return Network.largest(probabilities, image * classes, classes);
  }

  public double probability(int image, int label) {
    return probabilities[image * classes + label];
  }

  public ConfusionMatrix confusion() {
    return confusion;
  }

  /** The images of one cell of the confusion matrix, those first that the network is surest of. */
  public int[] cell(int shown, int said) {
    List<Integer> images = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == shown && said(i) == said) {
        images.add(i);
      }
    }
    images.sort((a, b) -> Double.compare(probability(b, said), probability(a, said)));
    return toArray(images, images.size());
  }

  /** The images whose right answer the network holds for the least probable, those first. */
  public int[] hardest(int most) {
    List<Integer> images = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      images.add(i);
    }
    images.sort((a, b) -> Double.compare(probability(a, labels[a]), probability(b, labels[b])));
    return toArray(images, Math.min(most, images.size()));
  }

  private static int[] toArray(List<Integer> numbers, int count) {
    int[] array = new int[count];
    for (int i = 0; i < count; i++) {
      array[i] = numbers.get(i);
    }
    return array;
  }

  public Calibration calibration(int bins) {
    int[] count = new int[bins];
    double[] sure = new double[bins];
    int[] right = new int[bins];
    for (int i = 0; i < labels.length; i++) {
      int said = said(i);
      double confidence = probability(i, said);
      int bin = Math.min(bins - 1, (int) (confidence * bins));
      count[bin]++;
      sure[bin] += confidence;
      right[bin] += said == labels[i] ? 1 : 0;
    }
    List<Calibration.Bin> all = new ArrayList<>();
    double error = 0;
    for (int b = 0; b < bins; b++) {
      double confidence = count[b] == 0 ? 0 : sure[b] / count[b];
      double accuracy = count[b] == 0 ? 0 : (double) right[b] / count[b];
      error += Math.abs(confidence - accuracy) * count[b] / labels.length;
      all.add(
          new Calibration.Bin(
              (double) b / bins, (double) (b + 1) / bins, count[b], confidence, accuracy));
    }
    return new Calibration(List.copyOf(all), error);
  }
}
