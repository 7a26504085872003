package digitlab.math;

/**
 * Elementary functions made of +, −, ×, ÷ and square roots only, so that the JVM and WebAssembly
 * give the same bits. The libraries of the platforms differ in the last place, and TeaVM's {@code
 * Math.tanh(1000)} is NaN.
 *
 * <p>Errors, tested against {@link StrictMath}: relative, below 4e-15 for all but {@link #sin} and
 * {@link #cos} (absolute, for angles of a few turns).
 */
public final class Functions {
  private static final double LN2_HIGH = 0x1.62e42feep-1; // ln 2 in two parts (Cody and Waite)
  private static final double LN2_LOW = 0x1.a39ef35793c76p-33;
  private static final double SQRT_HALF = 0.7071067811865476;
  private static final double LARGEST_EXPONENT = 709.782712893384;
  private static final double SMALLEST_EXPONENT = -745.1332191019412;

  /** 1/2!, 1/3! … 1/13! */
  private static final double[] EXP = {
    1.0 / 2,
    1.0 / 6,
    1.0 / 24,
    1.0 / 120,
    1.0 / 720,
    1.0 / 5040,
    1.0 / 40320,
    1.0 / 362880,
    1.0 / 3628800,
    1.0 / 39916800,
    1.0 / 479001600,
    1.0 / 6227020800.0
  };

  /**
   * Chebyshev coefficients on t ∈ (0, 1] of erfc(x)·exp(x²)/t with t = 2/(2 + x), x ≥ 0; computed
   * for this project with 40 digits, cut where they fall below 1e-16.
   */
  private static final double[] ERFC = {
    0.5770337386164697,
    0.3554369212704985,
    0.06509515882878653,
    0.003671142395836639,
    -0.0011128447433526325,
    -0.0001607582991537808,
    3.278031574173137e-5,
    5.442441645505016e-6,
    -1.5154665553171482e-6,
    -1.4297608181169865e-7,
    8.234608827419493e-8,
    -1.2962846852306563e-9,
    -4.154721631015199e-9,
    6.347058278362811e-10,
    1.4320822712256225e-10,
    -6.160390105204585e-11,
    2.0612138554721698e-12,
    3.5714931488477042e-12,
    -8.586422843251796e-13,
    -6.14560021379063e-14,
    7.418725748596617e-14,
    -1.2895042755032325e-14,
    -2.358726385710632e-15,
    1.5729349381685912e-15,
    -2.2782966239546465e-16,
    -6.31233045075643e-17
  };

  private Functions() {}

  /** e to the power x. */
  public static double exp(double x) {
    if (x > LARGEST_EXPONENT) {
      return Double.POSITIVE_INFINITY;
    }
    if (x < SMALLEST_EXPONENT) {
      return 0;
    }
    if (Double.isNaN(x)) {
      return x;
    }
    int k = (int) (x * 1.4426950408889634 + (x < 0 ? -0.5 : 0.5));
    double r = (x - k * LN2_HIGH) - k * LN2_LOW; // |r| ≤ ln 2 / 2
    double sum = EXP[EXP.length - 1];
    for (int i = EXP.length - 2; i >= 0; i--) {
      sum = sum * r + EXP[i];
    }
    double value = 1 + (r + r * r * sum);
    int half = k / 2; // in two steps: 2^k itself may not be representable
    return value * powerOfTwo(half) * powerOfTwo(k - half);
  }

  private static double powerOfTwo(int k) {
    return Double.longBitsToDouble((k + 1023L) << 52);
  }

  /** The natural logarithm. */
  public static double log(double x) {
    if (Double.isNaN(x) || x < 0) {
      return Double.NaN;
    }
    if (x == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (x == Double.POSITIVE_INFINITY) {
      return x;
    }
    int exponent = 0;
    if (x < Double.MIN_NORMAL) {
      x *= 0x1p54;
      exponent = -54;
    }
    long bits = Double.doubleToLongBits(x);
    exponent += (int) (bits >>> 52) - 1022;
    double mantissa =
        Double.longBitsToDouble((bits & 0xFFFFFFFFFFFFFL) | 0x3FE0000000000000L); // [½, 1)
    if (mantissa < SQRT_HALF) {
      mantissa *= 2;
      exponent--;
    }
    // log m = 2 artanh f with f = (m − 1)/(m + 1), |f| < 0.172
    double f = (mantissa - 1) / (mantissa + 1);
    double square = f * f;
    double sum = 0;
    for (int n = 21; n >= 3; n -= 2) {
      sum = (sum + 1.0 / n) * square;
    }
    return exponent * LN2_HIGH + (2 * (f + f * sum) + exponent * LN2_LOW);
  }

  /** The logistic function 1/(1 + e^−x). */
  public static double sigmoid(double x) {
    return 1 / (1 + exp(-x));
  }

  /** log(1 + e^x), the smooth ramp, without overflow. */
  public static double softplus(double x) {
    double tail = log(1 + exp(x < 0 ? x : -x));
    return x > 0 ? x + tail : tail;
  }

  /** The hyperbolic tangent. */
  public static double tanh(double x) {
    double size = x < 0 ? -x : x;
    if (size < 0.6) { // Lambert's continued fraction: no cancellation near zero
      double square = x * x;
      double fraction = 19;
      for (int n = 17; n >= 1; n -= 2) {
        fraction = n + square / fraction;
      }
      return x / fraction;
    }
    double value = 1 - 2 / (exp(2 * size) + 1);
    return x < 0 ? -value : value;
  }

  /** The error function (2/√π) ∫₀ˣ e^−t² dt. */
  public static double erf(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    double size = x < 0 ? -x : x;
    double value;
    if (size < 0.5) { // power series, Abramowitz and Stegun 7.1.5
      double square = x * x;
      double term = size;
      double sum = size;
      for (int n = 1; n < 16; n++) {
        term *= -square / n;
        sum += term / (2 * n + 1);
      }
      value = 1.1283791670955126 * sum;
    } else {
      value = 1 - erfc(size);
    }
    return x < 0 ? -value : value;
  }

  private static double erfc(double x) {
    double t = 2 / (2 + x);
    double u = 2 * (2 * t - 1);
    double b1 = 0; // Clenshaw's recurrence
    double b2 = 0;
    for (int i = ERFC.length - 1; i >= 1; i--) {
      double b = ERFC[i] + u * b1 - b2;
      b2 = b1;
      b1 = b;
    }
    return t * (ERFC[0] + 0.5 * u * b1 - b2) * exp(-x * x);
  }

  /** The density of the standard normal distribution, e^(−x²/2)/√(2π). */
  public static double normalDensity(double x) {
    return 0.3989422804014327 * exp(-0.5 * x * x);
  }

  /** The standard normal distribution Φ(x). */
  public static double normalDistribution(double x) {
    return 0.5 * (1 + erf(x * SQRT_HALF));
  }

  /** The sine of an angle in radians, for angles of a few turns. */
  public static double sin(double x) {
    int quarter = (int) (x * 0.6366197723675814 + (x < 0 ? -0.5 : 0.5));
    double r = (x - quarter * 0x1.921fb544p0) - quarter * 0x1.0b4611a626331p-34; // π/2 in two parts
    double value = (quarter & 1) == 0 ? sineSeries(r) : cosineSeries(r);
    return (quarter & 2) == 0 ? value : -value;
  }

  /** The cosine of an angle in radians, for angles of a few turns. */
  public static double cos(double x) {
    return sin(x + 1.5707963267948966);
  }

  private static double sineSeries(double r) {
    double square = r * r;
    double sum = 1;
    for (int n = 16; n >= 2; n -= 2) {
      sum = 1 - sum * square / (n * (n + 1));
    }
    return r * sum;
  }

  private static double cosineSeries(double r) {
    double square = r * r;
    double sum = 1;
    for (int n = 15; n >= 1; n -= 2) {
      sum = 1 - sum * square / (n * (n + 1));
    }
    return sum;
  }
}
