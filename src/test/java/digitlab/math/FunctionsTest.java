package digitlab.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.testing.Property;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class FunctionsTest {
  private static void agree(
      DoubleUnaryOperator ours, DoubleUnaryOperator theirs, double from, double to) {
    Property.check(
        2000,
        random -> {
          double x = random.nextDouble(from, to);
          double expected = theirs.applyAsDouble(x);
          double error = Math.abs(ours.applyAsDouble(x) - expected) / Math.abs(expected);
          assertTrue(error < 4e-15, "relative error " + error + " at " + x);
        });
  }

  @Test
  void expAgreesWithStrictMath() {
    agree(Functions::exp, StrictMath::exp, -700, 700);
    agree(Functions::exp, StrictMath::exp, -1, 1);
    assertEquals(1, Functions.exp(0));
    assertEquals(Double.POSITIVE_INFINITY, Functions.exp(710));
    assertEquals(0, Functions.exp(-746));
    assertEquals(StrictMath.exp(-740), Functions.exp(-740), Double.MIN_VALUE);
    assertTrue(Double.isNaN(Functions.exp(Double.NaN)));
  }

  @Test
  void logAgreesWithStrictMath() {
    agree(Functions::log, StrictMath::log, 1e-300, 1e-10);
    agree(Functions::log, StrictMath::log, 0.01, 0.9);
    agree(Functions::log, StrictMath::log, 1.1, 1e6);
    assertEquals(0, Functions.log(1));
    assertEquals(Double.NEGATIVE_INFINITY, Functions.log(0));
    assertEquals(Double.POSITIVE_INFINITY, Functions.log(Double.POSITIVE_INFINITY));
    assertEquals(StrictMath.log(Double.MIN_VALUE), Functions.log(Double.MIN_VALUE), 1e-12);
    assertTrue(Double.isNaN(Functions.log(-1)));
  }

  @Test
  void tanhAgreesWithStrictMath() {
    agree(Functions::tanh, StrictMath::tanh, -20, 20);
    agree(Functions::tanh, StrictMath::tanh, -0.7, 0.7);
    agree(Functions::tanh, StrictMath::tanh, 1e-12, 1e-10);
    assertEquals(1, Functions.tanh(1000));
    assertEquals(-1, Functions.tanh(-1000));
    assertEquals(0, Functions.tanh(0));
  }

  @Test
  void sigmoidAndSoftplusStayFinite() {
    assertEquals(0.5, Functions.sigmoid(0));
    assertEquals(0, Functions.sigmoid(-1000));
    assertEquals(1, Functions.sigmoid(1000));
    assertEquals(Math.log(2), Functions.softplus(0), 1e-15);
    assertEquals(1000, Functions.softplus(1000));
    assertEquals(0, Functions.softplus(-1000));
  }

  /** Values from Abramowitz and Stegun, table 7.1, and symmetry. */
  @Test
  void erfHasItsTabulatedValues() {
    assertEquals(0, Functions.erf(0));
    assertEquals(0.1124629160182849, Functions.erf(0.1), 1e-15);
    assertEquals(0.5204998778130465, Functions.erf(0.5), 1e-15);
    assertEquals(0.8427007929497149, Functions.erf(1), 1e-15);
    assertEquals(0.9953222650189527, Functions.erf(2), 1e-15);
    assertEquals(1, Functions.erf(7), 0);
    Property.check(
        200,
        random -> {
          double x = random.nextDouble(-5, 5);
          assertEquals(-Functions.erf(x), Functions.erf(-x));
        });
  }

  @Test
  void erfIsTheIntegralOfTheNormalDensity() {
    double sum = 0;
    double step = 1e-4;
    for (double x = -8 + step / 2; x < 1.3; x += step) {
      sum += Functions.normalDensity(x) * step;
    }
    assertEquals(sum, Functions.normalDistribution(1.3), 1e-8);
  }

  @Test
  void sineAndCosineAgreeWithStrictMath() {
    Property.check(
        2000,
        random -> {
          double x = random.nextDouble(-20, 20);
          assertEquals(StrictMath.sin(x), Functions.sin(x), 1e-14);
          assertEquals(StrictMath.cos(x), Functions.cos(x), 1e-14);
        });
  }
}
