package dev.vedette.azure;

/** Quantiles of Student's t distribution. */
final class Student {
  private Student() {}

  /**
   * The value that {@code upper} of the distribution with {@code freedom} degrees lies above.
   *
   * <p>Hill 1970, "Algorithm 396", doi:10.1145/355598.355599, gives the start; two Newton steps on
   * the distribution function take it to about 1e-12.
   *
   * @param upper above 0, at most 0.5
   */
  static double upperQuantile(double upper, double freedom) {
    if (upper >= 0.5) {
      return upper == 0.5 ? 0 : -upperQuantile(1 - upper, freedom);
    }
    double t = start(2 * upper, freedom);
    for (int step = 0; step < 3; step++) {
      double density = density(t, freedom);
      if (!(density > 0)) {
        break;
      }
      double off = (upperTail(t, freedom) - upper) / density;
      t += off;
      if (Math.abs(off) < 1e-12 * t) {
        break;
      }
    }
    return t;
  }

  private static double start(double both, double n) {
    if (n < 1.5) {
      return 1 / Math.tan(both * Math.PI / 2);
    }
    if (n < 2.5) {
      return Math.sqrt(2 / (both * (2 - both)) - 2);
    }
    double a = 1 / (n - 0.5);
    double b = (48 / a) * (1 / a);
    double c = ((20_700 * a / b - 98) * a - 16) * a + 96.36;
    double d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt(a * Math.PI / 2) * n;
    double x = d * both;
    double y = Math.pow(x, 2 / n);
    if (y > 0.05 + a) {
      x = normal(both / 2);
      y = x * x;
      if (n < 5) {
        c += 0.3 * (n - 4.5) * (x + 0.6);
      }
      c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c;
      y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x;
      y = Math.expm1(a * y * y);
    } else {
      y =
          ((1 / (((n + 6) / (n * y) - 0.089 * d - 0.822) * (n + 2) * 3) + 0.5 / (n + 4)) * y - 1)
                  * (n + 1)
                  / (n + 2)
              + 1 / y;
    }
    return Math.sqrt(n * y);
  }

  /** The normal deviate with {@code upper} above it, negative; Abramowitz and Stegun 26.2.23. */
  private static double normal(double upper) {
    double t = Math.sqrt(-2 * Math.log(upper));
    return -(t
        - (2.515517 + t * (0.802853 + t * 0.010328))
            / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
  }

  private static double density(double t, double n) {
    double log =
        logGamma((n + 1) / 2)
            - logGamma(n / 2)
            - 0.5 * Math.log(n * Math.PI)
            - (n + 1) / 2 * Math.log1p(t * t / n);
    return Math.exp(log);
  }

  /** P(T > t), t ≥ 0: half the regularised incomplete beta function I(n / (n + t²); n/2, 1/2). */
  private static double upperTail(double t, double n) {
    double x = n / (n + t * t);
    double rest = t * t / (n + t * t);
    double a = n / 2;
    double front =
        Math.exp(
            logGamma(a + 0.5)
                - logGamma(a)
                - logGamma(0.5)
                + a * Math.log1p(-rest)
                + 0.5 * Math.log(rest));
    boolean direct = x < (a + 1) / (a + 2.5);
    double share =
        direct ? front * fraction(x, a, 0.5) / a : 1 - front * fraction(rest, 0.5, a) / 0.5;
    return share / 2;
  }

  /** The continued fraction of the incomplete beta function, by Lentz's method. */
  private static double fraction(double x, double a, double b) {
    double tiny = 1e-300;
    double c = 1;
    double d = 1 / nonZero(1 - (a + b) * x / (a + 1), tiny);
    double h = d;
    for (int m = 1; m < 500; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / nonZero(1 + even * d, tiny);
      c = nonZero(1 + even / c, tiny);
      h *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / nonZero(1 + odd * d, tiny);
      c = nonZero(1 + odd / c, tiny);
      double step = d * c;
      h *= step;
      if (Math.abs(step - 1) < 1e-15) {
        break;
      }
    }
    return h;
  }

  private static double nonZero(double value, double tiny) {
    return Math.abs(value) < tiny ? tiny : value;
  }

  /** ln Γ(x), x > 0: Stirling's series after a shift above 10. */
  private static double logGamma(double x) {
    double shift = 0;
    double at = x;
    while (at < 10) {
      shift -= Math.log(at);
      at += 1;
    }
    double square = 1 / (at * at);
    double series = (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680))) / at;
    return shift + (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series;
  }
}
