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

  /** Whether all is for the sake of the last point. */
  private final boolean lastOnly;

  private SeasonalSeries(double[] values, int period, Tuning tuning, boolean lastOnly) {
    this.values = values;
    this.period = period;
    this.tuning = tuning;
    this.lastOnly = lastOnly;
  }

  static Judgement judge(
      double[] values, int period, double ratio, Tuning tuning, boolean lastOnly) {
    return new SeasonalSeries(values, period, tuning, lastOnly).judge(ratio);
  }

  private Judgement judge(double ratio) {
    int n = values.length;
    Decomposition parts = bestScale();
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
    double[] trend = Interpolation.across(parts.trend(), withTail(budget.anomaly()));
    double[] expected = new double[n];
    for (int i = 0; i < n; i++) {
      expected[i] = trend[i] + parts.seasonal()[i];
    }
    return new Judgement(Judgement.SEASONAL, expected, trend, budget.anomaly(), new double[0]);
  }

  /**
   * Where half of the last half season are anomalies, all of it tells nothing about the trend. Four
   * seasons and a point, which clients are advised to send, are too few to give that up.
   */
  private boolean[] withTail(boolean[] anomaly) {
    int n = anomaly.length;
    int half = period / 2;
    int count = 0;
    for (int i = n - half; i < n; i++) {
      count += anomaly[i] ? 1 : 0;
    }
    boolean[] untold = anomaly.clone();
    if (2 * count >= half && n > 4 * period + 1) {
      Arrays.fill(untold, n - half, n, true);
    }
    return untold;
  }

  /** On the values as they are or, where that explains them badly, on their logarithms. */
  private Decomposition bestScale() {
    Decomposition plain = decompose(false);
    if (error(plain) <= POOR || !(Arrays.stream(values).min().orElse(0) > 0)) {
      return plain;
    }
    Decomposition multiplied = decompose(true);
    return error(multiplied) < GOOD ? multiplied : plain;
  }

  /** The mean absolute remainder, each as a share of its value. */
  private double error(Decomposition parts) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        sum += Math.abs((values[i] - parts.trend()[i] - parts.seasonal()[i]) / values[i]);
        count++;
      }
    }
    return count > 0 ? sum / count : 0;
  }

  /**
   * Decomposes twice where points lie far from the trend that do not come every season: they then
   * lie as far from it as the point before them.
   */
  private Decomposition decompose(boolean logarithms) {
    Decomposition first = towardsLast(values, logarithms);
    int n = values.length;
    double[] away = new double[n];
    for (int i = 0; i < n; i++) {
      away[i] = values[i] - first.trend()[i];
    }
    boolean[] outlier = outliers(away);
    double[] cleaned = values.clone();
    boolean any = false;
    for (int i = 0; i < n; i++) {
      if (outlier[i]) {
        any = true;
        away[i] = i > 0 ? away[i - 1] : next(away, outlier);
        cleaned[i] = first.trend()[i] + away[i];
      }
    }
    return any ? towardsLast(cleaned, logarithms) : first;
  }

  private static double next(double[] away, boolean[] outlier) {
    int i = 0;
    while (i < away.length - 1 && outlier[i]) {
      i++;
    }
    return away[i];
  }

  /** Beyond three deviations, unless half of the points of the phase are. */
  private boolean[] outliers(double[] away) {
    int n = away.length;
    double mean = Moments.mean(away);
    double reach = 3 * Moments.deviation(away);
    boolean[] outlier = new boolean[n];
    for (int phase = 0; phase < period; phase++) {
      int count = 0;
      int all = 0;
      for (int i = phase; i < n; i += period, all++) {
        count += Math.abs(away[i] - mean) > reach ? 1 : 0;
      }
      for (int i = phase; i < n && 2 * count <= all; i += period) {
        outlier[i] = Math.abs(away[i] - mean) > reach;
      }
    }
    return outlier;
  }

  /**
   * For the sake of the last point the series is decomposed with one more value behind it, too, and
   * what explains the last point better is taken.
   */
  private Decomposition towardsLast(double[] series, boolean logarithms) {
    if (!lastOnly) {
      return stl(series, logarithms);
    }
    int n = series.length;
    double[][] both = {series, oneMore(series)};
    Decomposition[] found = new Decomposition[2];
    Parallel.each(2, i -> found[i] = stl(both[i], logarithms));
    double here = Math.abs(found[0].remainder()[n - 1]);
    double there = Math.abs(found[1].remainder()[n - 1]);
    return there < here ? shorter(found[1], n) : found[0];
  }

  /** The values and one more: the median of those of its phase. */
  private double[] oneMore(double[] series) {
    int n = series.length;
    double[] longer = Arrays.copyOf(series, n + 1);
    double[] phase = new double[n / period + 1];
    int count = 0;
    for (int i = n - period; i >= 0; i -= period) {
      phase[count++] = series[i];
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

  /** A window of ten times the series: a season that hardly changes, but is not made to repeat. */
  private Decomposition stl(double[] series, boolean logarithms) {
    int n = series.length;
    var stl = new Stl(period).seasonalWindow(10 * n + 1);
    if (!logarithms) {
      return stl.decompose(series);
    }
    double[] log = new double[n];
    for (int i = 0; i < n; i++) {
      log[i] = Math.log(series[i]);
    }
    Decomposition parts = stl.decompose(log);
    double[] trend = new double[n];
    double[] seasonal = new double[n];
    double[] remainder = new double[n];
    for (int i = 0; i < n; i++) {
      trend[i] = Math.exp(parts.trend()[i]);
      seasonal[i] = Math.exp(parts.trend()[i] + parts.seasonal()[i]) - trend[i];
      remainder[i] = series[i] - trend[i] - seasonal[i];
    }
    return new Decomposition(trend, seasonal, remainder, parts.robustness());
  }
}
