package digitlab.ui.watch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.testing.Property;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThinningTest {
  @Test
  void everyExtremeOfEverySeriesStays() {
    Property.check(
        50,
        rng -> {
          int points = 1 + rng.nextInt(20_000);
          double[][] series = new double[1 + rng.nextInt(5)][points];
          for (double[] values : series) {
            Arrays.setAll(values, _ -> rng.nextGaussian());
            values[rng.nextInt(points)] = 1000; // a peak of a single point
            values[rng.nextInt(points)] = -1000;
            values[rng.nextInt(points)] = Double.NaN;
          }
          int[] kept = Thinning.keep(series, 600);
          assertTrue(kept.length <= 600, kept.length + " points");
          assertEquals(0, kept[0]);
          assertEquals(points - 1, kept[kept.length - 1]);
          for (double[] values : series) {
            double[] left = IntStream.of(kept).mapToDouble(i -> values[i]).toArray();
            assertEquals(most(values), most(left));
            assertEquals(-most(negated(values)), -most(negated(left)));
          }
        });
  }

  private static double most(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
  }

  private static double[] negated(double[] values) {
    return Arrays.stream(values).map(value -> -value).toArray();
  }

  @Test
  void aFewPointsAllStay() {
    assertArrayEquals(new int[] {0, 1, 2}, Thinning.keep(new double[][] {{3, 2, 1}}, 10));
  }
}
