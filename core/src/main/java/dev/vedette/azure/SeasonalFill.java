package dev.vedette.azure;

/**
 * Gaps of a seasonal series, filled as the contract says: short ones by a cubic spline, longer ones
 * by the same phase of the seasons around, what is left by lines.
 */
final class SeasonalFill {
  private static final int SHORT = 6;

  /** Of the values one, two and three seasons away. */
  private static final double[] WEIGHTS = {0.6, 0.3, 0.1};

  private final double[] values;
  private final boolean[] missing;
  private final int period;

  private SeasonalFill(double[] values, boolean[] missing, int period) {
    this.values = values;
    this.missing = missing;
    this.period = period;
  }

  /** A copy of {@code values}; neither the first nor the last is missing. */
  static double[] fill(double[] values, boolean[] missing, int period) {
    return new SeasonalFill(values, missing, period).filled();
  }

  private double[] filled() {
    double[] whole = Interpolation.across(values, missing);
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < values.length; i++) {
      if (!missing[i]) {
        least = Math.min(least, values[i]);
        most = Math.max(most, values[i]);
      }
    }
    GapSpline spline = GapSpline.through(values, missing);
    for (int from = 1; from < values.length; from++) {
      if (!missing[from]) {
        continue;
      }
      int to = from;
      while (missing[to]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        if (to - from > SHORT || 4 * (to - from) > period) {
          whole[i] = samePhase(i, whole[i]);
        } else {
          whole[i] = Math.clamp(spline.at(i), least, most);
        }
      }
      from = to;
    }
    return whole;
  }

  private double samePhase(int i, double otherwise) {
    double sum = 0;
    double weight = 0;
    for (int k = 1; k <= WEIGHTS.length; k++) {
      for (int j : new int[] {i - k * period, i + k * period}) {
        if (j >= 0 && j < values.length && !missing[j]) {
          sum += WEIGHTS[k - 1] * values[j];
          weight += WEIGHTS[k - 1];
        }
      }
    }
    return weight > 0 ? sum / weight : otherwise;
  }
}
