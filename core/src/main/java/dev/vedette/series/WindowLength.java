package dev.vedette.series;

import dev.vedette.math.Fourier;
import java.util.Arrays;

/** How long a window should be to hold one turn of what repeats in a series. */
final class WindowLength {
  static final int LEAST = 8;
  private static final int MOST = 1000;
  private static final int USUAL = 100;
  private static final int POINTS = 1 << 15;
  private static final double REPEATS = 0.25;

  private WindowLength() {}

  /**
   * The shortest lag of 8 to 1,000 points at which the series is nearly as like itself as at any
   * other, where that is much (missing values are left out); else a twentieth of the series, 8 to
   * 100 points. At most a quarter of the series.
   */
  static int of(double[] series) {
    double[] values = Arrays.stream(series).filter(value -> !Double.isNaN(value)).toArray();
    double[] level = detrended(Arrays.copyOf(values, Math.min(values.length, POINTS)));
    int most = Math.min(MOST, level.length / 4);
    int otherwise = Math.clamp(values.length / 20, LEAST, USUAL);
    if (most <= LEAST) {
      return otherwise;
    }
    double[] products = Fourier.lagProducts(level, most + 1);
    double[] like = new double[products.length];
    for (int lag = 0; lag < like.length; lag++) {
      like[lag] = products[lag] / (level.length - lag) * level.length / products[0];
    }
    double best = REPEATS;
    for (int lag = LEAST; lag <= most; lag++) {
      best = isPeak(like, lag) ? Math.max(best, like[lag]) : best;
    }
    for (int lag = LEAST; lag <= most; lag++) {
      if (isPeak(like, lag) && like[lag] >= Math.max(REPEATS, 0.85 * best)) {
        return lag;
      }
    }
    return otherwise;
  }

  /** Whether nothing within a tenth of the lag is more alike. */
  private static boolean isPeak(double[] like, int lag) {
    int near = Math.max(1, lag / 10);
    for (int k = lag - near; k <= Math.min(lag + near, like.length - 1); k++) {
      if (!(like[k] <= like[lag])) {
        return false;
      }
    }
    return true;
  }

  /** Less its line of least squares, scaled by its largest value. */
  private static double[] detrended(double[] values) {
    double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
    int n = values.length;
    double mean = 0;
    double tilt = 0;
    for (int i = 0; i < n; i++) {
      values[i] = largest > 0 ? values[i] / largest : 0;
      mean += values[i] / n;
      tilt += values[i] * (i - (n - 1) / 2.0);
    }
    double slope = tilt * 12 / ((double) n * ((double) n * n - 1));
    for (int i = 0; i < n; i++) {
      values[i] -= mean + slope * (i - (n - 1) / 2.0);
    }
    return values;
  }
}
