package digitlab.compare;

/**
 * Student's t distribution, which says how far a mean of few values may lie from the truth by
 * chance.
 */
final class StudentT {
  private static final double TINY = 1e-300;
  private static final int MOST_TERMS = 500;

  private StudentT() {}

  /**
   * The t that is exceeded, in either direction, with a probability of 1 − {@code confidence}.
   *
   * @param degrees of freedom, from 1
   */
  static double quantile(double confidence, int degrees) {
    double low = 0;
    double high = 1;
    while (1 - outside(high, degrees) < confidence) {
      high *= 2;
    }
    for (int i = 0; i < 100; i++) {
      double middle = (low + high) / 2;
      if (1 - outside(middle, degrees) < confidence) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** The probability of |T| > {@code t}: I(ν/(ν+t²); ν/2, 1/2). */
  static double outside(double t, int degrees) {
    return incompleteBeta(degrees / (degrees + t * t), degrees / 2.0, 0.5);
  }

  /** The regularised incomplete beta function; Abramowitz and Stegun, 26.5.8. */
  private static double incompleteBeta(double x, double a, double b) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    if (x > (a + 1) / (a + b + 2)) {
      return 1 - incompleteBeta(1 - x, b, a);
    }
    double front =
        Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
            / a;
    return front * continuedFraction(x, a, b);
  }

  /** Evaluated by Lentz's method, two terms at a time. */
  private static double continuedFraction(double x, double a, double b) {
    double c = 1;
    double d = 1 / nonZero(1 - (a + b) * x / (a + 1));
    double value = d;
    for (int m = 1; m <= MOST_TERMS; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / nonZero(1 + even * d);
      c = nonZero(1 + even / c);
      value *= c * d;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / nonZero(1 + odd * d);
      c = nonZero(1 + odd / c);
      value *= c * d;
      if (Math.abs(c * d - 1) < 1e-15) {
        break;
      }
    }
    return value;
  }

  private static double nonZero(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }

  /** ln Γ for x ≥ 1/2, by Lanczos's approximation with g = 7. */
  private static double logGamma(double x) {
    double[] coefficients = {
      0.9999999999998099,
      676.5203681218851,
      -1259.1392167224028,
      771.3234287776531,
      -176.6150291621406,
      12.507343278686905,
      -0.13857109526572012,
      9.984369578019572e-6,
      1.5056327351493116e-7
    };
    double sum = coefficients[0];
    for (int i = 1; i < coefficients.length; i++) {
      sum += coefficients[i] / (x - 1 + i);
    }
    double t = x - 1 + 7.5;
    return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
  }
}
