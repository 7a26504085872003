package digitlab.compare;

import java.util.BitSet;

/**
 * Two networks before the same images, by McNemar's test: those that both read or both fail to read
 * tell nothing; of the others, does one network read more than half?
 *
 * @param onlyFirst images that the first alone recognised
 * @param onlySecond images that the second alone recognised
 */
public record McNemar(int images, int onlyFirst, int onlySecond) {
  /**
   * Counts.
   *
   * @param first which of the images the first network recognised
   */
  public static McNemar of(int images, BitSet first, BitSet second) {
    BitSet alone = (BitSet) first.clone();
    alone.andNot(second);
    BitSet other = (BitSet) second.clone();
    other.andNot(first);
    return new McNemar(images, alone.cardinality(), other.cardinality());
  }

  /**
   * The probability of a split as uneven as this or more, if the two were equally good: exact, by
   * the binomial distribution.
   */
  public double p() {
    int all = onlyFirst + onlySecond;
    int few = Math.min(onlyFirst, onlySecond);
    double term = -all * Math.log(2); // ln of C(all, 0) / 2^all
    double sum = 0;
    for (int k = 0; k <= few; k++) {
      sum += Math.exp(term);
      term += Math.log((double) (all - k) / (k + 1));
    }
    return Math.min(1, 2 * sum);
  }
}
