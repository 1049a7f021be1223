package dev.vedette.series;

import java.util.Arrays;
import java.util.List;

/**
 * A series taken apart by medians: a trend of medians over a season's length, a profile of medians
 * for each season, and what is left. Up to half of the values may be outliers, also neighbouring
 * ones, as long as they last less than half a season. NaN is missing. O(n) for each season.
 *
 * <p>The profile of a season seen only a few times is smoothed by medians of neighbouring phases,
 * which keeps edges, so that an outlier does not become what is expected a season later.
 *
 * @param trend the slow part
 * @param profiles one per season, each around 0
 * @param seasons the seasons
 * @param remainder what is left; NaN where the value is missing
 */
record PeriodicMedians(double[] trend, double[][] profiles, double[] seasons, double[] remainder) {
  private static final int ROUNDS = 2;
  private static final int FEW_CYCLES = 6;
  private static final int LEAST_WINDOW = 15;

  /** Observations that a median of a profile should have. */
  private static final int ENOUGH = 10;

  /** Takes {@code values} apart by seasons of the given lengths. */
  static PeriodicMedians of(double[] values, double[] seasons) {
    return of(values, seasons, trendWindow(values.length, seasons));
  }

  /** The longest season; without one, a tenth of the series. */
  private static int trendWindow(int points, double[] seasons) {
    return seasons.length == 0
        ? Math.max(LEAST_WINDOW, points / 10)
        : (int) Math.rint(seasons[seasons.length - 1]);
  }

  /** Takes {@code values} apart by seasons of the given lengths and a trend of {@code window}. */
  static PeriodicMedians of(double[] values, double[] seasons, int window) {
    int n = values.length;
    double[][] profiles = new double[seasons.length][];
    double[] trend = MedianTrend.of(values, window);
    double[] rest = new double[n];
    for (int round = 0; round < ROUNDS; round++) {
      for (int k = 0; k < seasons.length; k++) {
        Arrays.setAll(rest, i -> values[i] - trend[i]);
        for (int j = 0; j < seasons.length; j++) {
          if (j != k && profiles[j] != null) {
            subtract(rest, new Fold(seasons[j], n), profiles[j]);
          }
        }
        profiles[k] = profile(rest, seasons, k, profiles);
      }
      double[] level = values.clone();
      for (int k = 0; k < seasons.length; k++) {
        subtract(level, new Fold(seasons[k], n), profiles[k]);
      }
      double[] again = MedianTrend.of(level, window);
      System.arraycopy(again, 0, trend, 0, n);
      Arrays.setAll(rest, i -> level[i] - again[i]);
      if (seasons.length == 0) {
        break;
      }
    }
    return new PeriodicMedians(trend, profiles, seasons, rest);
  }

  /** {@code values} without the seasons: level and remainder. */
  static double[] withoutSeasons(double[] values, double[] seasons) {
    if (seasons.length == 0) {
      return values;
    }
    PeriodicMedians parts = of(values, seasons);
    double[] level = parts.trend.clone();
    Arrays.setAll(level, i -> level[i] + parts.remainder[i]);
    return level;
  }

  private static void subtract(double[] values, Fold fold, double[] profile) {
    for (int i = 0; i < values.length; i++) {
      values[i] -= profile[fold.phase(i)];
    }
  }

  private static double[] profile(double[] rest, double[] seasons, int k, double[][] others) {
    var fold = new Fold(seasons[k], rest.length);
    double cycles = rest.length / seasons[k];
    double[] profile;
    if (k > 0 && cycles < FEW_CYCLES && Blocks.nested(seasons[k], seasons[k - 1])) {
      profile = Blocks.profile(rest, (int) seasons[k], others[k - 1]);
    } else if (cycles < FEW_CYCLES) {
      double shorter = k == 0 ? seasons[0] / 12 : seasons[k - 1] / 8;
      int least = (int) Math.ceil(ENOUGH / cycles);
      profile = fold.pooled(rest, Math.max(least, (int) shorter) | 1);
    } else {
      profile = fold.usual(rest);
    }
    double mean = Arrays.stream(profile).average().orElse(0);
    double[] centered = profile;
    Arrays.setAll(centered, i -> centered[i] - mean);
    return centered;
  }

  /** Trend, moved by {@code center}, and seasons in {@code slots}, the first of which is here 0. */
  Parts parts(Grid grid, long[] slots, double center) {
    double[][] added = new double[seasons.length][slots.length];
    for (int k = 0; k < seasons.length; k++) {
      var fold = new Fold(seasons[k], remainder.length);
      for (int i = 0; i < slots.length; i++) {
        added[k][i] = profiles[k][fold.phase(slots[i] - slots[0])];
      }
    }
    List<String> names = Arrays.stream(seasons).mapToObj(grid::season).toList();
    return Parts.of(Grid.at(trend, slots), names, added, center);
  }
}
