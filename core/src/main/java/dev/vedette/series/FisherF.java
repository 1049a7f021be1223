package dev.vedette.series;

/** Quantiles of Fisher's F distribution, of which those of the normal distribution are a limit. */
final class FisherF {
  private static final double LEAST = 1e-300; // instead of 0 in a denominator
  private static final int MOST_TERMS = 10_000;
  private static final int HALVINGS = 200;

  private FisherF() {}

  /** The value below which the ratio lies with probability {@code level}, by bisection. */
  static double quantile(double level, double numerator, double denominator) {
    double low = 0;
    double high = 1;
    while (cumulative(high, numerator, denominator) < level && high < 1e12) {
      low = high;
      high *= 2;
    }
    for (int n = 0; n < HALVINGS && high - low > 1e-13 * high; n++) {
      double middle = (low + high) / 2;
      if (cumulative(middle, numerator, denominator) < level) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** The normal quantile for a level above 1/2, to 5 digits: a t value with many degrees is one. */
  static double normal(double level) {
    return Math.sqrt(quantile(2 * level - 1, 1, 1e6));
  }

  private static double cumulative(double value, double numerator, double denominator) {
    double x = numerator * value / (numerator * value + denominator);
    return beta(x, numerator / 2, denominator / 2);
  }

  /** The regularised incomplete beta function I_x(a, b) (DLMF 8.17.22, both ends). */
  private static double beta(double x, double a, double b) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    if (x > (a + 1) / (a + b + 2)) {
      return 1 - beta(1 - x, b, a);
    }
    double front =
        Math.exp(
            logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
    return front / a / fraction(x, a, b);
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
  private static double logGamma(double x) {
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
