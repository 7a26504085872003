package digitlab.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.testing.Property;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RngTest {
  /** The first numbers of the published C implementation (Vigna, splitmix64.c) for this seed. */
  @Test
  void givesTheNumbersOfSplitMix64() {
    Rng rng = new Rng(1234567);
    assertEquals(6457827717110365317L, rng.nextLong());
    assertEquals(3203168211198807973L, rng.nextLong());
    assertEquals(Long.parseUnsignedLong("9817491932198370423"), rng.nextLong());
    assertEquals(4593380528125082431L, rng.nextLong());
    assertEquals(Long.parseUnsignedLong("16408922859458223821"), rng.nextLong());
  }

  @Test
  void anyNumberCanBeComputedDirectly() {
    Rng rng = new Rng(99);
    for (int i = 0; i < 100; i++) {
      assertEquals(rng.nextLong(), Rng.at(99, i));
    }
    assertEquals(new Rng(7).nextFloat(), Rng.floatAt(7, 0));
  }

  @Test
  void purposesDrawDifferentNumbers() {
    assertNotEquals(Rng.named(1, "shuffle").nextLong(), Rng.named(1, "dropout").nextLong());
    assertNotEquals(Rng.named(1, "shuffle").nextLong(), Rng.named(2, "shuffle").nextLong());
    assertEquals(Rng.named(1, "shuffle").nextLong(), Rng.named(1, "shuffle").nextLong());
  }

  @Test
  void wholeNumbersAreUniformBelowTheBound() {
    Rng rng = new Rng(3);
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[rng.nextInt(7)]++;
    }
    for (int count : counts) {
      assertEquals(10_000, count, 400); // four standard deviations
    }
    assertThrows(IllegalArgumentException.class, () -> rng.nextInt(0));
  }

  @Test
  void gaussiansHaveMeanZeroAndVarianceOne() {
    Rng rng = new Rng(4);
    int n = 100_000;
    double sum = 0;
    double squares = 0;
    double beyondTwo = 0;
    for (int i = 0; i < n; i++) {
      double x = rng.nextGaussian();
      sum += x;
      squares += x * x;
      beyondTwo += Math.abs(x) > 2 ? 1 : 0;
    }
    assertEquals(0, sum / n, 0.013);
    assertEquals(1, squares / n, 0.02);
    assertEquals(0.0455, beyondTwo / n, 0.003);
  }

  @Test
  void shufflingKeepsAllAndChangesTheOrder() {
    Property.check(
        20,
        random -> {
          int[] values = new int[1 + random.nextInt(200)];
          Arrays.setAll(values, i -> i);
          int[] shuffled = values.clone();
          random.shuffle(shuffled);
          assertTrue(values.length < 10 || !Arrays.equals(values, shuffled));
          Arrays.sort(shuffled);
          assertArrayEquals(values, shuffled);
        });
  }
}
