package dev.vedette.series;

import dev.vedette.Require;
import java.util.Arrays;

/**
 * The values seen so far, sorted: exactly while they fit, then thinned where they lie densest, so
 * that rare ones are never forgotten. O(log n) to look, O(capacity) to add.
 */
final class SeenValues {
  private final double[] sorted;
  private int count;

  /** Goes on from the values of {@code state}, ascending. */
  SeenValues(double[] state, int capacity) {
    Require.range("values", state.length, 0, capacity);
    Require.finite("a value", state);
    for (int i = 1; i < state.length; i++) {
      Require.that(state[i - 1] <= state[i], "the values are not in order");
    }
    sorted = Arrays.copyOf(state, capacity + 1);
    count = state.length;
  }

  double[] snapshot() {
    return Arrays.copyOf(sorted, count);
  }

  long bytes() {
    return (long) sorted.length * Double.BYTES;
  }

  void add(double value) {
    int at = place(value);
    System.arraycopy(sorted, at, sorted, at + 1, count - at);
    sorted[at] = value;
    count++;
    if (count == sorted.length) {
      thin();
    }
  }

  /** Forgets the value whose neighbours are nearest to each other; never the ends. */
  private void thin() {
    int densest = 1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 1; i < count - 1; i++) {
      double gap = sorted[i + 1] - sorted[i - 1];
      if (gap < least) {
        least = gap;
        densest = i;
      }
    }
    System.arraycopy(sorted, densest + 1, sorted, densest, count - densest - 1);
    count--;
  }

  /** How far the nearest seen value is; 0 when there is none. */
  double distance(double value) {
    if (count == 0) {
      return 0;
    }
    int at = place(value);
    double above = at < count ? sorted[at] - value : Double.POSITIVE_INFINITY;
    double below = at > 0 ? value - sorted[at - 1] : Double.POSITIVE_INFINITY;
    return Math.min(above, below);
  }

  private int place(double value) {
    int at = Arrays.binarySearch(sorted, 0, count, value);
    return at < 0 ? -at - 1 : at;
  }
}
