package dev.vedette.azure;

/** The order of values, equal ones as they came. */
final class Ranks {
  private Ranks() {}

  /** The indices of {@code values}, ascending by value; stable. Merge sort, O(n log n). */
  static int[] order(double[] values) {
    int n = values.length;
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    int[] other = new int[n];
    for (int width = 1; width < n; width *= 2) {
      for (int from = 0; from < n; from += 2 * width) {
        merge(values, order, other, from, Math.min(from + width, n), Math.min(from + 2 * width, n));
      }
      int[] swap = order;
      order = other;
      other = swap;
    }
    return order;
  }

  private static void merge(double[] values, int[] in, int[] out, int from, int mid, int to) {
    int left = from;
    int right = mid;
    for (int i = from; i < to; i++) {
      boolean takeLeft = left < mid && (right >= to || values[in[left]] <= values[in[right]]);
      out[i] = takeLeft ? in[left++] : in[right++];
    }
  }
}
