package dev.vedette.azure;

import dev.vedette.math.Fourier;
import dev.vedette.math.Moments;
import dev.vedette.math.Quantiles;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds how many points make a season, 0 for none: first the periods that people live by, then the
 * peaks of the autocorrelation. A period holds when the mean of each of its phases explains enough
 * of the variance of points that were left out.
 */
final class PeriodSearch {
  private static final double NINETY = 1.6448536269514722; // 5 % of a normal distribution above it
  private static final int MOST_LAGS = 5760;
  private static final int SHORTEST = 4;

  private PeriodSearch() {}

  static int find(double[] values, Granularity granularity, int every) {
    double[] unit = unit(values);
    if (unit.length == 0) {
      return 0;
    }
    double[] smooth = withoutSpikes(unit);
    List<Integer> usual = usual(granularity, every);
    for (int period : usual) {
      if (period >= SHORTEST && values.length > 2 * period && holds(smooth, period)) {
        return whole(period, usual.getFirst(), values.length);
      }
    }
    int period = spectral(smooth);
    return usual.isEmpty() ? period : whole(period, usual.getFirst(), values.length);
  }

  /** The week where a part of it was found and two of it are there. */
  private static int whole(int period, int standard, int points) {
    boolean part = period > 0 && standard % period == 0 && points > 2 * standard;
    return part ? standard : period;
  }

  /** Between 0 and 1; empty where all values are equal. */
  private static double[] unit(double[] values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (!(high > low)) {
      return new double[0];
    }
    double[] unit = new double[values.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (values[i] - low) / (high - low);
    }
    return unit;
  }

  /** Values more than three deviations from the mean lie on the line between their neighbours. */
  private static double[] withoutSpikes(double[] values) {
    double mean = Moments.mean(values);
    double reach = 3 * Moments.deviation(values);
    boolean[] spike = new boolean[values.length];
    for (int i = 0; i < spike.length; i++) {
      spike[i] = Math.abs(values[i] - mean) > reach;
    }
    return Interpolation.across(values, spike);
  }

  /** Periods that people live by: the day, the week, the year. */
  static List<Integer> usual(Granularity granularity, int every) {
    List<Integer> periods = new ArrayList<>();
    switch (granularity) {
      case DAILY -> divided(periods, 1, 7);
      case HOURLY -> divided(periods, every, 168, 24);
      case MINUTELY -> divided(periods, every, 10_080, 1440, 2880);
      case WEEKLY -> divided(periods, 1, 12, 4);
      case MONTHLY -> divided(periods, 1, 12);
      case SECONDLY -> divided(periods, every, 604_800, 86_400, 172_800);
      case MICROSECOND -> periods.add(1000);
      case YEARLY, NONE -> {}
    }
    return periods;
  }

  private static void divided(List<Integer> periods, int every, int... units) {
    for (int unit : units) {
      periods.add(unit / every);
    }
  }

  private static boolean holds(double[] smooth, int period) {
    double limit = period <= 24 ? 0.35 : period <= 168 ? 0.15 : 0.1;
    if (explained(smooth, period) > limit) {
      return true;
    }
    double[] slow = SlidingMedian.of(smooth, period);
    double[] rest = new double[smooth.length];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = smooth[i] - slow[i];
    }
    double harder = period <= 24 ? 0.35 : period <= 168 ? 0.65 : 0.7;
    return explained(clipped(rest, period), period) > harder;
  }

  /** Each phase is kept within its median absolute deviation. */
  private static double[] clipped(double[] values, int period) {
    double[] clipped = values.clone();
    for (int phase = 0; phase < period; phase++) {
      double[] bucket = new double[(values.length - phase + period - 1) / period];
      for (int i = 0; i < bucket.length; i++) {
        bucket[i] = values[phase + i * period];
      }
      double median = Quantiles.median(bucket);
      double[] away = new double[bucket.length];
      for (int i = 0; i < bucket.length; i++) {
        away[i] = Math.abs(bucket[i] - median);
      }
      double reach = Quantiles.median(away);
      for (int i = 0; i < bucket.length; i++) {
        clipped[phase + i * period] = Math.max(median - reach, Math.min(median + reach, bucket[i]));
      }
    }
    return clipped;
  }

  /** The share of variance that the mean of each phase explains, by leaving one out. */
  static double explained(double[] values, int period) {
    int n = values.length;
    double sum = 0;
    for (int phase = 0; phase < period; phase++) {
      double mean = 0;
      int count = 0;
      for (int i = phase; i < n; i += period) {
        mean += values[i];
        count++;
      }
      mean /= count;
      double squares = 0;
      for (int i = phase; i < n; i += period) {
        squares += (values[i] - mean) * (values[i] - mean);
      }
      double left = count > 1 ? count / (count - 1.0) : 1;
      sum += squares * left * left;
    }
    double deviation = Moments.deviation(values);
    return deviation > 0 ? 1 - sum / n / (deviation * deviation) : 0;
  }

  private static int spectral(double[] values) {
    int n = values.length;
    double[] trend = SplineTrend.of(values);
    double[] rest = new double[n];
    for (int i = 0; i < n; i++) {
      rest[i] = values[i] - trend[i];
    }
    int lags = Math.min(n / 3, MOST_LAGS);
    double[] correlation = correlation(rest, lags);
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    double squares = 0;
    for (int lag = 1; lag < lags; lag++) {
      double bound = NINETY * Math.sqrt((1 + 2 * squares) / n);
      squares += correlation[lag] * correlation[lag];
      boolean peak =
          correlation[lag] > correlation[lag - 1]
              && correlation[lag] > correlation[lag + 1]
              && correlation[lag] >= Math.max(bound, 0.1);
      if (peak && lag > SHORTEST) {
        double explained = explained(rest, lag);
        if (explained > most) {
          most = explained;
          best = lag;
        }
      }
    }
    if (best == 0) {
      return 0;
    }
    int near = best;
    for (int period = near - 1; period <= near + 1; period++) { // a peak leans to the shorter side
      double explained = explained(rest, period);
      if (explained > most) {
        most = explained;
        best = period;
      }
    }
    return most >= 0.2 && n > 3 * best ? best * Math.max(1, longer(values, best)) : 0;
  }

  /** How many of these seasons make a longer one. */
  private static int longer(double[] values, int period) {
    double[] each = new double[(values.length + period - 1) / period];
    for (int i = 0; i < each.length; i++) {
      each[i] = values[i * period];
    }
    return each.length > 3 * SHORTEST ? spectral(each) : 1;
  }

  private static double[] correlation(double[] values, int lags) {
    double mean = Moments.mean(values);
    double[] centred = new double[values.length];
    for (int i = 0; i < centred.length; i++) {
      centred[i] = values[i] - mean;
    }
    double[] products = Fourier.lagProducts(centred, lags + 1);
    double[] correlation = new double[lags + 1];
    for (int i = 0; i <= lags && products[0] > 0; i++) {
      correlation[i] = products[i] / products[0];
    }
    return correlation;
  }
}
