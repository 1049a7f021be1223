package dev.vedette.azure;

/**
 * The median of a window around each point, the series mirrored at its ends; O(n log n) whatever
 * the window, by counting ranks in a Fenwick tree.
 */
final class SlidingMedian {
  private final int[] tree;
  private final int top;

  private SlidingMedian(int size) {
    this.tree = new int[size + 1];
    this.top = Integer.highestOneBit(Math.max(1, size));
  }

  /**
   * @param window odd, or taken one to the left
   */
  static double[] of(double[] values, int window) {
    int n = values.length;
    int[] order = Ranks.order(values);
    int[] rank = new int[n];
    for (int i = 0; i < n; i++) {
      rank[order[i]] = i;
    }
    var counts = new SlidingMedian(n);
    int before = window / 2;
    for (int i = -before; i < window - before; i++) {
      counts.add(rank[mirror(i, n)], 1);
    }
    double[] medians = new double[n];
    for (int i = 0; i < n; i++) {
      medians[i] = values[order[counts.kth(window / 2)]];
      counts.add(rank[mirror(i - before, n)], -1);
      counts.add(rank[mirror(i - before + window, n)], 1);
    }
    return medians;
  }

  private static int mirror(int index, int n) {
    int at = Math.floorMod(index, 2 * n);
    return at < n ? at : 2 * n - 1 - at;
  }

  private void add(int rank, int change) {
    for (int i = rank + 1; i < tree.length; i += i & -i) {
      tree[i] += change;
    }
  }

  /** The rank of the k-th smallest, k from 0. */
  private int kth(int k) {
    int at = 0;
    int left = k;
    for (int step = top; step > 0; step >>= 1) {
      if (at + step < tree.length && tree[at + step] <= left) {
        at += step;
        left -= tree[at];
      }
    }
    return at;
  }
}
