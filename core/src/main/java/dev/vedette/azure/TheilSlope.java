package dev.vedette.azure;

import dev.vedette.math.Quantiles;

/**
 * The median of the slopes between all pairs of equally spaced points (Theil 1950, Sen 1968,
 * doi:10.1080/01621459.1968.10480934).
 *
 * <p>Few points: all pairs. Many: bisection for the slope that half of the pairs lie below, which
 * is a count of inversions, O(n log n) a step.
 */
final class TheilSlope {
  private static final int ALL_PAIRS = 200;
  private static final int STEPS = 60;

  private TheilSlope() {}

  /** Of the values {@code from} (included) to {@code to} (not). */
  static double of(double[] values, int from, int to) {
    int n = to - from;
    if (n < 2) {
      return 0;
    }
    if (n <= ALL_PAIRS) {
      double[] slopes = new double[n * (n - 1) / 2];
      int at = 0;
      for (int i = from; i < to; i++) {
        for (int j = i + 1; j < to; j++) {
          slopes[at++] = (values[j] - values[i]) / (j - i);
        }
      }
      return Quantiles.median(slopes);
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = from; i + 1 < to; i++) {
      low = Math.min(low, values[i + 1] - values[i]); // no pair is steeper than its steepest step
      high = Math.max(high, values[i + 1] - values[i]);
    }
    long half = (long) n * (n - 1) / 4;
    double[] rest = new double[n];
    double[] other = new double[n];
    for (int step = 0; step < STEPS && low < high; step++) {
      double mid = low + (high - low) / 2;
      for (int i = 0; i < n; i++) {
        rest[i] = values[from + i] - mid * i;
      }
      if (rising(rest, other) > half) { // more than half of the pairs are steeper
        low = mid;
      } else {
        high = mid;
      }
    }
    return low + (high - low) / 2;
  }

  /** How many pairs i < j have a[i] < a[j]; {@code a} is sorted on the way. */
  private static long rising(double[] a, double[] other) {
    int n = a.length;
    long count = 0;
    double[] in = a;
    double[] out = other;
    for (int width = 1; width < n; width *= 2) {
      for (int from = 0; from < n; from += 2 * width) {
        int mid = Math.min(from + width, n);
        int to = Math.min(from + 2 * width, n);
        int left = from;
        int right = mid;
        for (int i = from; i < to; i++) {
          if (right >= to || (left < mid && in[left] < in[right])) {
            count += to - right;
            out[i] = in[left++];
          } else {
            out[i] = in[right++];
          }
        }
      }
      double[] swap = in;
      in = out;
      out = swap;
    }
    return count;
  }
}
