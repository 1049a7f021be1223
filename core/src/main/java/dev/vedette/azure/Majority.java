package dev.vedette.azure;

/** How far one level fills a series. */
final class Majority {
  /** A larger share is a majority. */
  static final double MOST = 0.6;

  private static final int BINS = 20;

  private Majority() {}

  /** The share of points in the fullest of 20 equal bins, 0 to 1. */
  static double share(double[] values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (low == high) {
      return 1;
    }
    int[] counts = new int[BINS];
    int most = 0;
    for (double value : values) {
      int bin = Math.min(BINS - 1, (int) ((value - low) / (high - low) * BINS));
      most = Math.max(most, ++counts[bin]);
    }
    return (double) most / values.length;
  }
}
