package dev.vedette.series;

import dev.vedette.math.Quantiles;

/**
 * How much a sequence varies from one value to the next, whatever its level does: by medians of
 * differences, which jumps of the level and single outliers hardly move.
 *
 * <p>The correlation of neighbours is estimated from steps of one and of two (Chakar et al. 2017,
 * doi:10.3150/15-BEJ782): where each value leans on the last, a run above the mean is no change of
 * the mean.
 *
 * @param deviation standard deviation of the values around a level that does not move, > 0
 * @param correlation of neighbours, 0 to 0.9
 */
record Noise(double deviation, double correlation) {
  /** The median of the absolute value of a standard normal variable. */
  private static final double NORMAL_MEDIAN = 0.6744897501960817;

  private static final double MOST_CORRELATED = 0.9;

  /** Of the range: less noise would be rounding. */
  private static final double LEAST = 1e-5;

  /** Around a level. */
  static Noise around(double[] values) {
    double one = step(values, 1) / Math.sqrt(2);
    double two = step(values, 2) / Math.sqrt(2);
    // (two / one)² is 1 + correlation
    double correlation = one > 0 ? Math.clamp(square(two / one) - 1, 0, MOST_CORRELATED) : 0;
    double deviation = one / Math.sqrt(1 - correlation);
    return new Noise(Math.max(deviation, least(values)), correlation);
  }

  /** Around a line: by what is left of a value when the middle of its neighbours is taken off. */
  static Noise aroundLine(double[] values) {
    double one = bend(values, 1) / Math.sqrt(1.5);
    double two = bend(values, 2) / Math.sqrt(1.5);
    // With correlations r, r², r⁴ at lags 1, 2, 4 the ratio of the variances of the bends is
    // (1.5 - 2r² + r⁴/2) / (1.5 - 2r + r²/2) = (1 + r)(3 - r²) / (3 - r).
    double ratio = one > 0 ? square(two / one) : 1;
    double correlation = 0;
    while (correlation < MOST_CORRELATED && bends(correlation + 0.01) <= ratio) {
      correlation += 0.01;
    }
    double variance = (1.5 - 2 * correlation + square(correlation) / 2) / 1.5;
    return new Noise(Math.max(one / Math.sqrt(variance), least(values)), correlation);
  }

  private static double bends(double r) {
    return (1 + r) * (3 - r * r) / (3 - r);
  }

  /** Sums vary as if the noise had this deviation and its values did not lean on each other. */
  double longRun() {
    return deviation * Math.sqrt((1 + correlation) / (1 - correlation));
  }

  /** Robust deviation of steps over {@code lag} values. */
  private static double step(double[] values, int lag) {
    double[] steps = new double[Math.max(0, values.length - lag)];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = values[i + lag] - values[i];
    }
    return robust(steps);
  }

  private static double bend(double[] values, int lag) {
    double[] bends = new double[Math.max(0, values.length - 2 * lag)];
    for (int i = 0; i < bends.length; i++) {
      bends[i] = values[i + lag] - (values[i] + values[i + 2 * lag]) / 2;
    }
    return robust(bends);
  }

  /** By the median; by the mean square where most are 0, as with counts that are mostly 0. */
  private static double robust(double[] differences) {
    if (differences.length == 0) {
      return 0;
    }
    double[] sizes = new double[differences.length];
    double squares = 0;
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.abs(differences[i]);
      squares += square(differences[i]);
    }
    double median = Quantiles.median(sizes);
    return median > 0 ? median / NORMAL_MEDIAN : Math.sqrt(squares / sizes.length);
  }

  private static double least(double[] values) {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
    return highest > lowest ? LEAST * (highest - lowest) : 1;
  }

  private static double square(double value) {
    return value * value;
  }
}
