package dev.vedette.series;

import dev.vedette.math.Quantiles;
import java.util.Arrays;

/**
 * The profile of a long season that is a whole number of shorter ones, such as a week of days, seen
 * too few times to tell every phase apart: each block has its own level and its own swing, a + b ·
 * (profile of the shorter season). Both come from a line fitted robustly by Huber's weights.
 */
final class Blocks {
  private static final int ROUNDS = 6;
  private static final double CORNER = 1.345 * 1.482602218505602;

  /** No swing is taken as more than this many times what is usual. */
  private static final double MOST_SWING = 3;

  private Blocks() {}

  /** Whether a season of {@code longer} points is a whole number of {@code shorter} ones. */
  static boolean nested(double longer, double shorter) {
    double times = longer / shorter;
    return times > 1.5 && Math.abs(times - Math.rint(times)) < 1e-9 && longer == Math.rint(longer);
  }

  /**
   * The profile of the long season in what the short one left.
   *
   * @param rest values without the trend and the shorter season
   * @param usual the profile of the shorter season
   */
  static double[] profile(double[] rest, int longer, double[] usual) {
    int length = usual.length;
    double[] profile = new double[longer];
    double[] x = new double[rest.length];
    double[] y = new double[rest.length];
    for (int from = 0; from < longer; from += length) {
      int count = 0;
      for (int start = from; start < rest.length; start += longer) {
        for (int i = start; i < Math.min(rest.length, start + length); i++) {
          if (!Double.isNaN(rest[i])) {
            x[count] = usual[i - start];
            y[count++] = rest[i];
          }
        }
      }
      double[] line = line(x, y, count);
      for (int j = 0; j < length; j++) {
        profile[from + j] = line[0] + line[1] * usual[j];
      }
    }
    return profile;
  }

  private static double[] line(double[] x, double[] y, int count) {
    if (count == 0) {
      return new double[2];
    }
    double[] off = Arrays.copyOf(y, count);
    double a = Quantiles.median(off);
    double b = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < count; i++) {
        off[i] = Math.abs(y[i] - a - b * x[i]);
      }
      double corner = CORNER * Quantiles.median(off);
      double w = 0;
      double wx = 0;
      double wy = 0;
      double wxx = 0;
      double wxy = 0;
      for (int i = 0; i < count; i++) {
        double weight = off[i] <= corner ? 1 : corner / off[i];
        w += weight;
        wx += weight * x[i];
        wy += weight * y[i];
        wxx += weight * x[i] * x[i];
        wxy += weight * x[i] * y[i];
      }
      double variance = wxx - wx * wx / w;
      if (!(w > 0) || !(variance > 1e-12 * wxx)) {
        break;
      }
      b = Math.clamp((wxy - wx * wy / w) / variance, -1, MOST_SWING - 1);
      a = (wy - b * wx) / w;
    }
    return new double[] {a, b};
  }
}
