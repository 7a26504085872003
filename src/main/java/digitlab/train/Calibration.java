package digitlab.train;

import java.util.List;

/**
 * Whether a network is as often right as it says it is: answers gathered by how sure it was (Guo,
 * Pleiss, Sun, Weinberger 2017).
 *
 * @param bins from unsure to sure, of equal width
 * @param expectedError the expected calibration error: the mean distance between sureness and
 *     accuracy, each bin with the weight of its answers
 */
public record Calibration(List<Bin> bins, double expectedError) {
  /**
   * The answers that were about as sure.
   *
   * @param count of answers; the means mean nothing where it is zero
   * @param confidence how sure the network was, the mean
   * @param accuracy how often it was right
   */
  public record Bin(double from, double to, int count, double confidence, double accuracy) {}
}
