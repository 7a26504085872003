package digitlab.math;

/**
 * Random numbers that are the same on every platform: SplitMix64 (Steele, Lea, Flood 2014, "Fast
 * splittable pseudorandom number generators"). Not for secrets. Not thread-safe.
 *
 * <p>The generator is counter-based: its n-th number is {@code mix(seed + n·γ)}. {@link #at}
 * computes such a number directly, so that engines that work in any order or in parallel draw the
 * same numbers.
 */
public final class Rng {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final float TO_FLOAT = 1.0f / (1 << 24);
  private static final double TO_DOUBLE = 1.0 / (1L << 53);

  private long state;
  private double spareGaussian;
  private boolean hasSpareGaussian;

  public Rng(long seed) {
    state = seed;
  }

  /**
   * A generator of its own for one purpose ("shuffle", "dropout"), so that no purpose disturbs
   * another.
   */
  public static Rng named(long seed, String purpose) {
    return new Rng(key(seed, purpose));
  }

  /** The seed of {@link #named}, for counter-based use with {@link #at}. */
  public static long key(long seed, String purpose) {
    long hash = 0xCBF29CE484222325L; // FNV-1a, 64 bits
    for (int i = 0; i < purpose.length(); i++) {
      hash = (hash ^ purpose.charAt(i)) * 0x100000001B3L;
    }
    return mix(mix(seed) ^ hash);
  }

  /**
   * The {@code index}-th number of the generator seeded with {@code key}; the first has index 0.
   */
  public static long at(long key, long index) {
    return mix(key + (index + 1) * GAMMA);
  }

  /** {@link #at} as a float, uniform in [0, 1). */
  public static float floatAt(long key, long index) {
    return (at(key, index) >>> 40) * TO_FLOAT;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  public long nextLong() {
    state += GAMMA;
    return mix(state);
  }

  /** Uniform in [0, bound). Multiply-shift with rejection (Lemire 2019), so without bias. */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("The bound is " + bound + "; it must be positive.");
    }
    while (true) {
      long product = (nextLong() >>> 32) * bound;
      long low = product & 0xFFFFFFFFL;
      if (low >= bound || low >= (1L << 32) % bound) { // the division is hardly ever needed
        return (int) (product >>> 32);
      }
    }
  }

  /** Uniform in [0, 1), 24 bits. */
  public float nextFloat() {
    return (nextLong() >>> 40) * TO_FLOAT;
  }

  /** Uniform in [0, 1), 53 bits. */
  public double nextDouble() {
    return (nextLong() >>> 11) * TO_DOUBLE;
  }

  /** Uniform in [from, to). */
  public double nextDouble(double from, double to) {
    return from + (to - from) * nextDouble();
  }

  /** Mean 0, standard deviation 1: Marsaglia's polar method (1964). */
  public double nextGaussian() {
    if (hasSpareGaussian) {
      hasSpareGaussian = false;
      return spareGaussian;
    }
    while (true) {
      double u = 2 * nextDouble() - 1;
      double v = 2 * nextDouble() - 1;
      double s = u * u + v * v;
      if (s > 0 && s < 1) {
        double scale = Math.sqrt(-2 * Functions.log(s) / s);
        spareGaussian = v * scale;
        hasSpareGaussian = true;
        return u * scale;
      }
    }
  }

  /** Fisher and Yates: every order equally likely. */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }
}
