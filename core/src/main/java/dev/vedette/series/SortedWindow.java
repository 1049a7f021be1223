package dev.vedette.series;

import java.util.Arrays;

/** The values in a moving window, in order; NaN is none. */
final class SortedWindow {
  private double[] sorted;
  private int size;

  SortedWindow(int most) {
    sorted = new double[most];
  }

  /** Of {@code values}, with room for more. */
  static SortedWindow of(double[] values) {
    var window = new SortedWindow(Math.max(16, values.length));
    window.addAll(values);
    return window;
  }

  void add(double value) {
    if (!Double.isNaN(value)) {
      if (size == sorted.length) {
        sorted = Arrays.copyOf(sorted, 2 * size);
      }
      int at = place(value);
      System.arraycopy(sorted, at, sorted, at + 1, size - at);
      sorted[at] = value;
      size++;
    }
  }

  void addAll(double[] values) {
    for (double value : values) {
      add(value);
    }
  }

  void removeAll(double[] values) {
    for (double value : values) {
      remove(value);
    }
  }

  /** Removes one value like {@code value}, which is in the window. */
  void remove(double value) {
    if (!Double.isNaN(value)) {
      int at = place(value);
      size--;
      System.arraycopy(sorted, at + 1, sorted, at, size - at);
    }
  }

  private int place(double value) {
    int at = Arrays.binarySearch(sorted, 0, size, value);
    return at < 0 ? -at - 1 : at;
  }

  /** The median of all others; NaN where there are none. {@code value} is in the window, or NaN. */
  double medianWithout(double value) {
    boolean none = Double.isNaN(value);
    int left = none ? size : size - 1;
    if (left == 0) {
      return Double.NaN;
    }
    int skip = none ? size : place(value);
    double lower = other((left - 1) / 2, skip);
    double upper = other(left / 2, skip);
    return lower + (upper - lower) / 2;
  }

  private double other(int index, int skip) {
    return sorted[index < skip ? index : index + 1];
  }

  /** The largest value; NaN where there are none. */
  double largest() {
    return size == 0 ? Double.NaN : sorted[size - 1];
  }

  /** The mean of all others; NaN where there are none. */
  double meanWithout(double value) {
    int skip = Double.isNaN(value) ? size : place(value);
    double mean = 0;
    int count = 0;
    for (int j = 0; j < size; j++) {
      if (j != skip) {
        mean += (sorted[j] / 2 - mean / 2) / ++count * 2; // halves do not overflow
      }
    }
    return count == 0 ? Double.NaN : mean;
  }
}
