package dev.vedette.series;

import dev.vedette.math.Beta;

/** Quantiles of Fisher's F distribution. */
final class FisherF {
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

  private static double cumulative(double value, double numerator, double denominator) {
    double whole = numerator * value + denominator;
    return Beta.regularised(
        numerator * value / whole, denominator / whole, numerator / 2, denominator / 2);
  }
}
