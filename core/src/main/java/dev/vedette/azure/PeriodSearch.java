package dev.vedette.azure;

import dev.vedette.math.Moments;
import java.util.ArrayList;
import java.util.List;

/** Finds how many points make a season, 0 for none. */
final class PeriodSearch {
  private PeriodSearch() {}

  static int find(double[] values, Granularity granularity, int every) {
    for (int period : usual(granularity, every)) {
      if (period >= 4 && values.length > 2 * period && holds(values, period)) {
        return period;
      }
    }
    return 0;
  }

  /** Periods that people live by: the day, the week, the year. */
  static List<Integer> usual(Granularity granularity, int every) {
    List<Integer> periods = new ArrayList<>();
    switch (granularity) {
      case DAILY -> divided(periods, every, 7);
      case HOURLY -> divided(periods, every, 168, 24);
      case MINUTELY -> divided(periods, every, 10_080, 1440, 2880);
      case WEEKLY -> divided(periods, every, 12, 4);
      case MONTHLY -> divided(periods, every, 12);
      case SECONDLY -> divided(periods, every, 604_800, 86_400, 172_800);
      case MICROSECOND -> periods.add(1000);
      case YEARLY, NONE -> {}
    }
    return periods;
  }

  private static void divided(List<Integer> periods, int every, int... units) {
    for (int unit : units) {
      if (unit % every == 0) {
        periods.add(unit / every);
      }
    }
  }

  private static boolean holds(double[] values, int period) {
    double limit = period <= 24 ? 0.35 : period <= 168 ? 0.15 : 0.1;
    return explained(values, period) > limit;
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
}
