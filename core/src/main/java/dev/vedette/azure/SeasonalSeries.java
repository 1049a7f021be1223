package dev.vedette.azure;

import dev.vedette.math.Moments;
import dev.vedette.math.Parallel;
import dev.vedette.math.Quantiles;
import dev.vedette.series.Decomposition;
import dev.vedette.series.Stl;
import java.util.Arrays;

/** A series with a season: what is far out once the season, or season and trend, are taken away. */
final class SeasonalSeries {
  private static final double POOR = 0.1;
  private static final double GOOD = 0.05;

  private final double[] values;
  private final int period;
  private final Tuning tuning;

  private SeasonalSeries(double[] values, int period, Tuning tuning) {
    this.values = values;
    this.period = period;
    this.tuning = tuning;
  }

  static Judgement judge(
      double[] values, int period, double ratio, Tuning tuning, boolean lastOnly) {
    return new SeasonalSeries(values, period, tuning).judge(ratio, lastOnly);
  }

  private Judgement judge(double ratio, boolean lastOnly) {
    int n = values.length;
    Decomposition parts = parts(lastOnly);
    double[] level = new double[n];
    double[] rest = new double[n];
    for (int i = 0; i < n; i++) {
      level[i] = values[i] - parts.seasonal()[i];
      rest[i] = level[i] - parts.trend()[i];
    }
    var budget = new Budget(n, ratio);
    budget.addExtreme(level, tuning.alpha());
    budget.addBeyond(level, 3, Quantiles.median(level));
    budget.addExtreme(rest, tuning.alpha());
    double[] trend = Interpolation.across(parts.trend(), budget.anomaly());
    double[] expected = new double[n];
    for (int i = 0; i < n; i++) {
      expected[i] = trend[i] + parts.seasonal()[i];
    }
    return new Judgement(Judgement.SEASONAL, expected, trend, budget.anomaly(), new double[0]);
  }

  private Decomposition parts(boolean lastOnly) {
    if (!lastOnly) {
      return bestScale(values);
    }
    int n = values.length;
    double[][] both = {values, oneMore()};
    Decomposition[] found = new Decomposition[2];
    Parallel.each(2, i -> found[i] = bestScale(both[i]));
    Decomposition parts = found[0];
    Decomposition other = found[1];
    double here = Math.abs(values[n - 1] - parts.trend()[n - 1] - parts.seasonal()[n - 1]);
    double there = Math.abs(values[n - 1] - other.trend()[n - 1] - other.seasonal()[n - 1]);
    return there < here ? shorter(other, n) : parts;
  }

  /** The values and one more: the median of those of its phase. */
  private double[] oneMore() {
    int n = values.length;
    double[] longer = Arrays.copyOf(values, n + 1);
    double[] phase = new double[n / period + 1];
    int count = 0;
    for (int i = n - period; i >= 0; i -= period) {
      phase[count++] = values[i];
    }
    longer[n] = Quantiles.median(Arrays.copyOf(phase, count));
    return longer;
  }

  private static Decomposition shorter(Decomposition parts, int n) {
    return new Decomposition(
        Arrays.copyOf(parts.trend(), n),
        Arrays.copyOf(parts.seasonal(), n),
        Arrays.copyOf(parts.remainder(), n),
        Arrays.copyOf(parts.robustness(), n));
  }

  /** On the values as they are or, where that explains them badly, on their logarithms. */
  private Decomposition bestScale(double[] series) {
    Decomposition plain = decompose(series);
    if (error(series, plain) <= POOR) {
      return plain;
    }
    double least = Double.POSITIVE_INFINITY;
    for (double value : series) {
      least = Math.min(least, value);
    }
    if (!(least > 0)) {
      return plain;
    }
    double[] log = new double[series.length];
    for (int i = 0; i < log.length; i++) {
      log[i] = Math.log(series[i]);
    }
    Decomposition parts = decompose(log);
    double[] trend = new double[log.length];
    double[] seasonal = new double[log.length];
    double[] remainder = new double[log.length];
    for (int i = 0; i < log.length; i++) {
      trend[i] = Math.exp(parts.trend()[i]);
      seasonal[i] = Math.exp(parts.trend()[i] + parts.seasonal()[i]) - trend[i];
      remainder[i] = series[i] - trend[i] - seasonal[i];
    }
    var multiplied = new Decomposition(trend, seasonal, remainder, parts.robustness());
    return error(series, multiplied) < GOOD ? multiplied : plain;
  }

  /** The mean absolute remainder, each as a share of its value. */
  private static double error(double[] series, Decomposition parts) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < series.length; i++) {
      if (series[i] != 0) {
        sum += Math.abs((series[i] - parts.trend()[i] - parts.seasonal()[i]) / series[i]);
        count++;
      }
    }
    return count > 0 ? sum / count : 0;
  }

  /** A window of ten times the series: a season that hardly changes, but is not made to repeat. */
  private Decomposition stl(double[] series) {
    return new Stl(period).seasonalWindow(10 * series.length + 1).decompose(series);
  }

  /** Decomposes twice where points lie far from the trend that do not come every season. */
  private Decomposition decompose(double[] series) {
    Decomposition first = stl(series);
    int n = series.length;
    double[] away = new double[n];
    for (int i = 0; i < n; i++) {
      away[i] = series[i] - first.trend()[i];
    }
    double mean = Moments.mean(away);
    double reach = 3 * Moments.deviation(away);
    boolean[] outlier = new boolean[n];
    boolean any = false;
    for (int phase = 0; phase < period; phase++) {
      int count = 0;
      int all = 0;
      for (int i = phase; i < n; i += period, all++) {
        count += Math.abs(away[i] - mean) > reach ? 1 : 0;
      }
      for (int i = phase; i < n && count > 0 && 2 * count <= all; i += period) {
        outlier[i] = Math.abs(away[i] - mean) > reach;
        any |= outlier[i];
      }
    }
    if (!any) {
      return first;
    }
    double[] cleaned = Interpolation.across(away, outlier);
    for (int i = 0; i < n; i++) {
      cleaned[i] += first.trend()[i];
    }
    return stl(cleaned);
  }
}
