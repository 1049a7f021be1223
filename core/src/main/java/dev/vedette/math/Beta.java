package dev.vedette.math;

/** The incomplete beta function, behind the distributions of Student and Fisher, and ln Γ. */
public final class Beta {
  private static final double LEAST = 1e-300; // instead of 0 in a denominator
  private static final int MOST_TERMS = 10_000;

  private Beta() {}

  /**
   * The regularised incomplete beta function I<sub>x</sub>(a, b), the probability that a beta
   * distributed share is at most {@code x} (DLMF 8.17.22); relatively exact to about 1e-12, less
   * where a or b is in the millions.
   *
   * @param x 0 to 1
   * @param rest 1 − x, given apart as it may be too small to tell from x
   */
  public static double regularised(double x, double rest, double a, double b) {
    if (x <= 0 || rest <= 0) {
      return x <= 0 ? 0 : 1;
    }
    if (x > (a + 1) / (a + b + 2)) {
      return 1 - regularised(rest, x, b, a);
    }
    double front =
        Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x, rest) + b * log(rest, x));
    return front / a / fraction(x, a, b);
  }

  /** ln x, from what is missing to 1 where that is little. */
  private static double log(double x, double rest) {
    return x < 0.5 ? Math.log(x) : Math.log1p(-rest);
  }

  /** The continued fraction 1 + d1/(1 + d2/(1 + ...)), evaluated forwards (Lentz 1976). */
  private static double fraction(double x, double a, double b) {
    double value = 1;
    double upper = 1;
    double lower = 0;
    for (int n = 1; n <= MOST_TERMS; n++) {
      int m = n / 2;
      double term =
          n % 2 == 0
              ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
              : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      lower = 1 + term * lower;
      lower = 1 / (Math.abs(lower) < LEAST ? LEAST : lower);
      upper = 1 + term / upper;
      upper = Math.abs(upper) < LEAST ? LEAST : upper;
      double change = upper * lower;
      value *= change;
      if (Math.abs(change - 1) < 1e-15) {
        break;
      }
    }
    return value;
  }

  /** ln Γ(x) for x > 0: Stirling's series after moving x up. */
  public static double logGamma(double x) {
    double shift = 0;
    double z = x;
    while (z < 15) {
      shift += Math.log(z);
      z++;
    }
    double square = 1 / (z * z);
    double series = (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680))) / z;
    return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
  }
}
