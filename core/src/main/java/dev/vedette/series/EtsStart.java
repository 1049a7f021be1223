package dev.vedette.series;

import dev.vedette.math.Quantiles;
import java.util.Arrays;

/**
 * A first idea of level, trend and season, by medians: the season around a centred moving average,
 * the line through the first cycles without it.
 *
 * @param season mean 0, or 1 where it multiplies; drawn towards that as far as noise explains it
 * @param kept the share of the season's variance that was not drawn in, 0 to 1
 * @param deviation of the values around the line, for the size of first steps
 */
record EtsStart(double level, double trend, double[] season, double kept, double deviation) {
  private static final int LEAST_FOR_LINE = 10;

  /**
   * Of values by slot.
   *
   * @param period length of the season; there must be two of them
   */
  static EtsStart of(double[] values, int period, Ets.Season kind) {
    double[] season = new double[0];
    double kept = 0;
    double[] plain = values;
    if (kind != Ets.Season.NONE) {
      boolean multiplies = kind == Ets.Season.MULTIPLICATIVE;
      season = new double[period];
      kept = season(values, movingAverage(values, period), multiplies, season);
      plain = new double[values.length];
      for (int i = 0; i < plain.length; i++) {
        double part = season[i % period];
        plain[i] = multiplies ? values[i] / part : values[i] - part;
      }
    }
    int span = Math.min(plain.length, Math.max(LEAST_FOR_LINE, 2 * season.length));
    double[] before = Arrays.copyOfRange(plain, 0, span / 2);
    double[] after = Arrays.copyOfRange(plain, span / 2, span);
    double slope = (Quantiles.median(after) - Quantiles.median(before)) * 2 / span;
    slope = Double.isNaN(slope) ? 0 : slope;
    double[] rest = new double[span];
    for (int i = 0; i < span; i++) {
      rest[i] = plain[i] - slope * (i + 1);
    }
    double level = Quantiles.median(rest);
    if (Double.isNaN(level)) {
      level = Quantiles.median(plain);
    }
    return new EtsStart(
        Double.isNaN(level) ? 0 : level, slope, season, kept, deviation(rest, level));
  }

  private static double deviation(double[] values, double center) {
    double[] sizes = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      sizes[i] = Math.abs(values[i] - center);
    }
    double median = Quantiles.median(sizes);
    return median > 0 ? 1.4826 * median : Math.max(1e-6, 1e-3 * Math.abs(center));
  }

  /** NaN where not half of the values around are known. Outliers count as the usual extremes. */
  private static double[] movingAverage(double[] values, int period) {
    double[] sorted = Quantiles.sorted(values);
    double low = Quantiles.of(sorted, 0.02);
    double high = Quantiles.of(sorted, 0.98);
    double[] sums = new double[values.length + 1];
    int[] counts = new int[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      boolean known = !Double.isNaN(values[i]);
      sums[i + 1] = sums[i] + (known ? Math.clamp(values[i], low, high) : 0);
      counts[i + 1] = counts[i] + (known ? 1 : 0);
    }
    double[] averages = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int from = i - period / 2;
      int to = from + period;
      boolean even = period % 2 == 0;
      if (from < 0 || to + (even ? 1 : 0) > values.length) {
        averages[i] = Double.NaN;
        continue;
      }
      int count = counts[to] - counts[from];
      double average = (sums[to] - sums[from]) / count;
      if (even) { // half a slot later too, so that it is centred
        average =
            (average + (sums[to + 1] - sums[from + 1]) / (counts[to + 1] - counts[from + 1])) / 2;
      }
      averages[i] = 2 * count < period ? Double.NaN : average;
    }
    return averages;
  }

  /** Fills {@code season} with the median of each phase; the share kept. */
  private static double season(
      double[] values, double[] averages, boolean multiplies, double[] season) {
    int period = season.length;
    double neutral = multiplies ? 1 : 0;
    double[] phase = new double[(values.length + period - 1) / period];
    double[] offs = new double[values.length];
    Arrays.fill(offs, Double.NaN);
    for (int k = 0; k < period; k++) {
      Arrays.fill(phase, Double.NaN);
      for (int i = k, j = 0; i < values.length; i += period, j++) {
        phase[j] = multiplies ? values[i] / averages[i] : values[i] - averages[i];
      }
      double median = Quantiles.median(phase);
      season[k] = Double.isNaN(median) ? neutral : median;
      for (int i = k, j = 0; i < values.length; i += period, j++) {
        offs[i] = Math.abs(phase[j] - season[k]);
      }
    }
    double mean = Arrays.stream(season).average().orElse(neutral);
    double square = 0;
    for (int k = 0; k < period; k++) {
      season[k] = multiplies ? season[k] / mean : season[k] - mean;
      square += (season[k] - neutral) * (season[k] - neutral) / period;
    }
    double noise = 1.4826 * Quantiles.median(offs);
    double cycles = Math.max(1, (double) Quantiles.sorted(offs).length / period);
    // The variance of a median of normal values is π/2 of that of their mean.
    double kept =
        square > 0 ? Math.clamp(1 - Math.PI / 2 * noise * noise / cycles / square, 0, 1) : 0;
    for (int k = 0; k < period; k++) {
      season[k] = neutral + kept * (season[k] - neutral);
    }
    return kept;
  }
}
