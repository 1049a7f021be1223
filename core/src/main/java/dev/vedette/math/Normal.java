package dev.vedette.math;

import dev.vedette.Require;

/** The standard normal distribution. */
public final class Normal {
  private static final double FARTHEST = 8.5;

  private Normal() {}

  /** The probability of a value below {@code z}, to 1e-15. */
  public static double below(double z) {
    if (Math.abs(z) > FARTHEST) {
      return z > 0 ? 1 : 0;
    }
    // 1/2 + φ(z) (z + z³/3 + z⁵/(3·5) + ...)
    double term = z;
    double sum = z;
    for (int i = 3; Math.abs(term) > 1e-17 * Math.abs(sum); i += 2) {
      term *= z * z / i;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }

  /** The value of which {@code share} of the others are below, more than 0 and less than 1. */
  public static double quantile(double share) {
    Require.that(share > 0 && share < 1, "a share must be more than 0 and less than 1");
    double low = -FARTHEST;
    double high = FARTHEST;
    while (high - low > 1e-14 * Math.max(1, Math.abs(low))) {
      double middle = (low + high) / 2;
      if (below(middle) < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
