package dev.vedette.pipeline;

import java.util.Arrays;

/**
 * Tells anomalies among recent scores from the tail of the normal ones. The tail of one kind of
 * events falls: fewer and fewer the further out. Where it falls and then <em>rises</em> again,
 * beyond chance, another kind begins. What lies beyond the valley is no measure of what is normal,
 * and is left out when a threshold is chosen; a tail that only falls, however heavy, is kept whole,
 * so that the promise of the threshold holds.
 *
 * <p>The valley is looked for on the logarithm of the strength, on which exponential, normal,
 * log-normal and Pareto tails all fall.
 */
final class SecondMode {
  private static final double FIRST = 1.7;
  private static final double WIDTH = 0.08;
  private static final int BINS = 90;

  /** The width of the window that is compared, in bins. */
  private static final int WINDOW = 3;

  private SecondMode() {}

  /** How many of the ascending scores belong to the first mode: all of them where there is one. */
  static int first(Scale scale) {
    double[] sorted = scale.sorted();
    int[] bins = new int[BINS + WINDOW];
    for (int i = sorted.length - 1; i >= 0; i--) {
      double strength = scale.strength(sorted[i]);
      if (strength < FIRST) {
        break;
      }
      bins[Math.min(BINS - 1, (int) (Math.log(strength / FIRST) / WIDTH))]++;
    }
    int valley = valley(bins);
    if (valley < 0) {
      return sorted.length;
    }
    double cut = scale.scoreOf(FIRST * Math.exp((valley + WINDOW / 2.0) * WIDTH));
    int at = Arrays.binarySearch(sorted, cut);
    return at >= 0 ? at : -at - 1;
  }

  /** The window with the fewest scores before a window with clearly more; −1 where none is. */
  private static int valley(int[] bins) {
    int lowest = -1;
    int least = Integer.MAX_VALUE;
    int window = 0;
    for (int b = 0; b < WINDOW; b++) {
      window += bins[b];
    }
    for (int b = 0; b < BINS; b++) {
      if (window <= least) {
        least = window;
        lowest = b;
      } else if (window > least + 5 + 3 * Math.sqrt(least)) {
        return lowest;
      }
      window += bins[b + WINDOW] - bins[b];
    }
    return -1;
  }
}
