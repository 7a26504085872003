package digitlab.datasets;

import digitlab.data.Dataset;

/**
 * What is in a set of images: how many of each class, and the mean picture of each.
 *
 * @param counts (classes)
 * @param means (classes, pixels): 0 is paper, 255 is ink
 * @param meanPixel of all pixels of all images, 0…1
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record DataSummary(int[] counts, byte[][] means, double meanPixel) {
  /** Looks at all images. */
  public static DataSummary of(Dataset images) {
    int pixels = images.pixelsPerImage();
    int[] counts = new int[images.classes()];
    long[][] sums = new long[images.classes()][pixels];
    byte[] all = images.images().pixels();
    long total = 0;
    for (int n = 0; n < images.size(); n++) {
      int label = images.label(n);
      counts[label]++;
      for (int i = 0; i < pixels; i++) {
        int value = all[n * pixels + i] & 255;
        sums[label][i] += value;
        total += value;
      }
    }
    byte[][] means = new byte[images.classes()][pixels];
    for (int label = 0; label < counts.length; label++) {
      for (int i = 0; i < pixels && counts[label] > 0; i++) {
        means[label][i] = (byte) (sums[label][i] / counts[label]);
      }
    }
    return new DataSummary(counts, means, total / 255.0 / all.length);
  }
}
