package dev.vedette.series;

import dev.vedette.math.Quantiles;
import java.util.Arrays;

/**
 * A slow level: medians over a window, a quarter of it apart, joined by lines. NaN is left out. At
 * both ends it goes on as over the last window.
 */
final class MedianTrend {
  private static final int KNOTS_PER_WINDOW = 4;

  private MedianTrend() {}

  /** The trend of {@code values}; 0 where all are missing. */
  static double[] of(double[] values, int window) {
    int n = values.length;
    double[] trend = new double[n];
    if (n == 0) {
      return trend;
    }
    int width = Math.clamp(window, 1, n);
    int step = Math.max(1, width / KNOTS_PER_WINDOW);
    int count = Math.max(1, (n - width) / step + 1);
    double[] at = new double[count];
    double[] level = new double[count];
    int knots = 0;
    for (int j = 0; j < count; j++) {
      int from = count == 1 ? 0 : (int) ((long) (n - width) * j / (count - 1));
      double median = Quantiles.median(Arrays.copyOfRange(values, from, from + width));
      if (!Double.isNaN(median)) {
        at[knots] = from + (width - 1) / 2.0;
        level[knots++] = median;
      }
    }
    if (knots > 0) {
      join(trend, at, level, knots);
    }
    return trend;
  }

  private static void join(double[] trend, double[] at, double[] level, int knots) {
    int next = 1;
    int over = Math.min(KNOTS_PER_WINDOW, knots - 1);
    double first = over == 0 ? 0 : (level[over] - level[0]) / (at[over] - at[0]);
    int last = knots - 1;
    double end = over == 0 ? 0 : (level[last] - level[last - over]) / (at[last] - at[last - over]);
    for (int i = 0; i < trend.length; i++) {
      if (i <= at[0]) {
        trend[i] = level[0] + first * (i - at[0]);
      } else if (i >= at[last]) {
        trend[i] = level[last] + end * (i - at[last]);
      } else {
        while (at[next] < i) {
          next++;
        }
        double weight = (i - at[next - 1]) / (at[next] - at[next - 1]);
        trend[i] = level[next - 1] + weight * (level[next] - level[next - 1]);
      }
    }
  }
}
