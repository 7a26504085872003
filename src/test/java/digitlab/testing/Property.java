package digitlab.testing;

import digitlab.math.Rng;
import java.util.function.Consumer;

/** Checks something for many random cases; a failure names the seed that repeats it. */
public final class Property {
  private static final long FIRST_SEED = Long.getLong("property.seed", 1);

  private Property() {}

  /**
   * Runs {@code check} with {@code cases} generators. To repeat one failure: -Dproperty.seed=SEED.
   */
  public static void check(int cases, Consumer<Rng> check) {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + cases; seed++) {
      try {
        check.accept(new Rng(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("Fails with -Dproperty.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }
}
