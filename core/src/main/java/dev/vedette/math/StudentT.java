package dev.vedette.math;

import dev.vedette.Require;

/** Student's t distribution, with any degrees of freedom above 0. */
public final class StudentT {
  private static final int MOST_STEPS = 20;

  private StudentT() {}

  /** P(|T| &gt; t), by the incomplete beta function; relatively exact to about 1e-12. */
  public static double twoSidedTail(double t, double freedom) {
    requireFreedom(freedom);
    double square = t * t;
    double whole = freedom + square;
    return Beta.regularised(freedom / whole, square / whole, freedom / 2, 0.5);
  }

  /**
   * The t with P(T &gt; t) = {@code upper}, below 0 where {@code upper} is above 0.5.
   *
   * <p>Hill 1970, "Algorithm 396", doi:10.1145/355598.355599, gives the start; Newton steps on the
   * tail take it to about 1e-12.
   *
   * @param upper more than 0 and less than 1
   */
  public static double upperQuantile(double upper, double freedom) {
    Require.that(upper > 0 && upper < 1, "upper must be more than 0 and less than 1, is " + upper);
    requireFreedom(freedom);
    if (upper >= 0.5) {
      return upper == 0.5 ? 0 : -upperQuantile(1 - upper, freedom);
    }
    double t = start(2 * upper, freedom);
    for (int step = 0; step < MOST_STEPS; step++) {
      double density = density(t, freedom);
      if (!(density > 0)) {
        break;
      }
      double off = (twoSidedTail(t, freedom) / 2 - upper) / density;
      t += off;
      if (Math.abs(off) < 1e-12 * t) {
        break;
      }
    }
    return t;
  }

  private static void requireFreedom(double freedom) {
    Require.that(
        freedom > 0 && freedom < Double.POSITIVE_INFINITY,
        "freedom must be more than 0 and finite, is " + freedom);
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
        Beta.logGamma((n + 1) / 2)
            - Beta.logGamma(n / 2)
            - 0.5 * Math.log(n * Math.PI)
            - (n + 1) / 2 * Math.log1p(t * t / n);
    return Math.exp(log);
  }
}
