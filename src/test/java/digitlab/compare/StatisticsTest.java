package digitlab.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.math.Rng;
import digitlab.testing.Property;
import digitlab.testing.Refusal;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {
  /** From the tables that every textbook has. */
  @ParameterizedTest
  @CsvSource({
    "0.95, 1, 12.7062", "0.95, 2, 4.30265", "0.95, 4, 2.77645", "0.95, 9, 2.26216",
    "0.95, 30, 2.04227", "0.95, 1000, 1.96234", "0.99, 2, 9.92484", "0.99, 10, 3.16927"
  })
  void studentsTableComesOut(double confidence, int degrees, double expected) {
    assertEquals(expected, StudentT.quantile(confidence, degrees), 1e-4 * expected);
  }

  @Test
  void withOneDegreeItIsCauchysDistribution() {
    for (double t : new double[] {0, 0.1, 1, 3, 50}) {
      assertEquals(1 - 2 / Math.PI * Math.atan(t), StudentT.outside(t, 1), 1e-12);
    }
  }

  /** Of 20 samples of 5 normal values about 19 have the true mean in their interval. */
  @Test
  void theIntervalHoldsTheTruthAsOftenAsItSays() {
    Property.check(
        3,
        rng -> {
          int held = 0;
          for (int i = 0; i < 2000; i++) {
            double[] values = new double[5];
            for (int k = 0; k < values.length; k++) {
              values[k] = normal(rng);
            }
            held += Sample.of(values).mayBeZero() ? 1 : 0;
          }
          assertEquals(0.95, held / 2000.0, 0.02);
        });
  }

  /** Nearly: the sum of twelve uniform values. */
  private static double normal(Rng rng) {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += rng.nextDouble();
    }
    return sum;
  }

  @Test
  void aSampleHasMeanAndDeviation() {
    Sample sample = Sample.of(1, 2, 3, 4);
    assertEquals(2.5, sample.mean());
    assertEquals(Math.sqrt(5 / 3.0), sample.deviation(), 1e-12);
    assertEquals(3.18245 * sample.deviation() / 2, sample.halfWidth(), 1e-4);
    assertFalse(sample.mayBeZero());
    assertTrue(Sample.of(7).mayBeZero(), "one value says nothing of chance");
    assertTrue(Refusal.of(() -> Sample.of()).contains("at least one"));
  }

  /** 2 · P(X ≤ few) for X binomial with one half. */
  @Test
  void mcNemarCountsWhereTheyDisagree() {
    assertEquals(1, new McNemar(100, 0, 0).p());
    assertEquals(1, new McNemar(100, 5, 5).p(), 1e-12);
    assertEquals(2 * (1 + 10) / 1024.0, new McNemar(100, 1, 9).p(), 1e-12);
    assertEquals(2 / 1024.0, new McNemar(100, 10, 0).p(), 1e-12);
    assertTrue(new McNemar(10_000, 2000, 2600).p() < 1e-15, "no underflow to nonsense");
    BitSet first = new BitSet();
    first.set(0, 7);
    BitSet second = new BitSet();
    second.set(5, 10);
    assertEquals(new McNemar(12, 5, 3), McNemar.of(12, first, second));
    assertEquals(7, first.cardinality(), "it stays as it is");
  }
}
