package dev.vedette.pipeline;

import dev.vedette.math.Quantiles;
import java.util.Arrays;

/**
 * How far the newest quarter of a series of scores is from the rest: the distance of Kolmogorov and
 * Smirnov (Massey, 1951, doi:10.2307/2280095). The certainty of their test would be no measure:
 * with tens of thousands of scores it is complete for differences that matter to nobody.
 */
final class Drift {
  private static final int LEAST = 400;

  /** A distance that chance alone makes more often than so is none. */
  private static final double BY_CHANCE = 0.01;

  private Drift() {}

  /**
   * The distance, from 0 to 1: by so much at most do the shares of scores differ, below any limit.
   * 0 where it may be chance, and while there are fewer than {@value #LEAST} scores.
   *
   * @param inOrder the scores, oldest first
   */
  static double between(double[] inOrder) {
    int n = inOrder.length;
    if (n < LEAST) {
      return 0;
    }
    int split = n - n / 4;
    double[] before = Quantiles.sorted(Arrays.copyOf(inOrder, split));
    double[] now = Quantiles.sorted(Arrays.copyOfRange(inOrder, split, n));
    double effective = Math.sqrt((double) before.length * now.length / n);
    double distance = distance(before, now);
    double lambda = (effective + 0.12 + 0.11 / effective) * distance;
    double pValue = 0;
    for (int k = 1; k <= 100; k++) {
      pValue += (k % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * k * k * lambda * lambda);
    }
    return lambda < 0.2 || pValue > BY_CHANCE ? 0 : distance;
  }

  /** The largest distance of the two distribution functions. */
  private static double distance(double[] a, double[] b) {
    int i = 0;
    int j = 0;
    double largest = 0;
    while (i < a.length && j < b.length) {
      double at = Math.min(a[i], b[j]);
      while (i < a.length && a[i] <= at) {
        i++;
      }
      while (j < b.length && b[j] <= at) {
        j++;
      }
      largest = Math.max(largest, Math.abs((double) i / a.length - (double) j / b.length));
    }
    return largest;
  }
}
