package dev.vedette.azure;

import dev.vedette.math.Moments;
import dev.vedette.math.Quantiles;
import dev.vedette.math.StudentT;
import java.util.Arrays;

/**
 * Points far from the middle, by the median and the median absolute deviation; where more than half
 * of the values are equal, by the mean and the standard deviation.
 *
 * <p>Rosner 1983, doi:10.1080/00401706.1983.10487848 (generalized extreme studentized deviate);
 * Vallis, Hochenbaum, Kejariwal 2014 (median and MAD in it).
 */
final class Deviates {
  private static final double NORMAL = 1.4826; // MAD of a normal distribution to its deviation

  private Deviates() {}

  /**
   * The indices of the extreme values above (or below) the others, the most extreme first, of equal
   * ones the earliest. Where half of the values are equal, all others are extreme.
   */
  static int[] extreme(double[] values, int most, double alpha, boolean above) {
    int n = values.length;
    double[] outwards = new double[n];
    for (int i = 0; i < n; i++) {
      outwards[i] = above ? -values[i] : values[i];
    }
    int[] order = Ranks.order(outwards);
    double[] sorted = new double[n]; // the most extreme first, so it is the smallest
    for (int i = 0; i < n; i++) {
      sorted[i] = outwards[order[i]];
    }
    int found = 0;
    for (int i = 1; i <= most && n - i - 1 >= 1; i++) {
      int from = i - 1;
      double centre = middle(sorted, from, n);
      double away = centre - sorted[from];
      double reach = NORMAL * deviation(sorted, from, n, centre) * limit(n, i, alpha);
      if (away > reach) {
        found = i;
      }
    }
    return Arrays.copyOf(order, found);
  }

  /** λ of Rosner 1983, for one side. */
  private static double limit(int n, int i, double alpha) {
    double t = StudentT.upperQuantile(alpha / (n - i + 1), n - i - 1);
    return t * (n - i) / Math.sqrt((n - i - 1 + t * t) * (n - i + 1));
  }

  /**
   * The indices of values more than {@code threshold} deviations from the median, farthest first;
   * from the mean where half of the values are equal.
   */
  static int[] beyond(double[] values, double threshold) {
    double[] away = away(values, Quantiles.median(values));
    double spread = NORMAL * Quantiles.median(away);
    if (!(spread > 0)) {
      away = away(values, Moments.mean(values));
      spread = Moments.deviation(values);
    }
    if (!(spread > 0)) {
      return new int[0];
    }
    int[] order = Ranks.order(away);
    int count = 0;
    while (count < away.length && away[order[away.length - 1 - count]] / spread > threshold) {
      count++;
    }
    int[] found = new int[count];
    for (int i = 0; i < count; i++) {
      found[i] = order[away.length - 1 - i];
    }
    return found;
  }

  private static double[] away(double[] values, double centre) {
    double[] away = new double[values.length];
    for (int i = 0; i < away.length; i++) {
      away[i] = Math.abs(values[i] - centre);
    }
    return away;
  }

  private static double middle(double[] sorted, int from, int to) {
    int half = (from + to) / 2;
    return (to - from) % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** The median of |x − centre| over a sorted range, by bisection between its two halves. */
  private static double deviation(double[] sorted, int from, int to, double centre) {
    int count = to - from;
    double upper = kth(sorted, from, to, centre, count / 2);
    return count % 2 == 1 ? upper : (upper + kth(sorted, from, to, centre, count / 2 - 1)) / 2;
  }

  /** The k-th smallest |x − centre|, k from 0: two sorted lists that begin at the centre. */
  private static double kth(double[] sorted, int from, int to, double centre, int k) {
    int split = lowerBound(sorted, from, to, centre);
    int below = split - from;
    int above = to - split;
    // Take i from the left list and k + 1 - i from the right one; find the least i that is enough.
    int low = Math.max(0, k + 1 - above);
    int high = Math.min(below, k + 1);
    while (low < high) {
      int i = (low + high) >>> 1;
      double left = centre - sorted[split - 1 - i];
      double right = sorted[split + k - i] - centre;
      if (left < right) {
        low = i + 1;
      } else {
        high = i;
      }
    }
    double left = low > 0 ? centre - sorted[split - low] : Double.NEGATIVE_INFINITY;
    double right = k + 1 - low > 0 ? sorted[split + k - low] - centre : Double.NEGATIVE_INFINITY;
    return Math.max(left, right);
  }

  private static int lowerBound(double[] sorted, int from, int to, double value) {
    int low = from;
    int high = to;
    while (low < high) {
      int mid = (low + high) >>> 1;
      if (sorted[mid] < value) {
        low = mid + 1;
      } else {
        high = mid;
      }
    }
    return low;
  }
}
