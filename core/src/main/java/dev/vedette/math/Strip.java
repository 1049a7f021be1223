package dev.vedette.math;

import java.util.Arrays;

/**
 * Adjacent diagonals of the matrix of all pairs of subsequences: row i meets the columns i +
 * diagonal + lane, {@link Kernels#LANES} of them.
 *
 * @param ofRows the nearest column of each row so far
 * @param ofColumns the nearest row of each column so far
 */
record Strip(
    Subsequences rows,
    Subsequences columns,
    int diagonal,
    NearestSubsequences ofRows,
    NearestSubsequences ofColumns) {

  Strip further(int diagonals) {
    return new Strip(rows, columns, diagonal + diagonals, ofRows, ofColumns);
  }

  /** The covariances, times the length, of row {@code i} with its columns. */
  void start(int i, double[] covariances) {
    Arrays.fill(covariances, 0);
    double mean = rows.mean[i];
    double[] values = columns.values;
    double[] means = columns.mean;
    int first = i + diagonal;
    for (int t = 0; t < rows.length(); t++) {
      double off = rows.values[i + t] - mean;
      add(off, first, t, covariances, values, means);
    }
  }

  private static void add(
      double off, int first, int t, double[] covariances, double[] values, double[] means) {
    for (int k = 0; k < Kernels.LANES; k++) {
      covariances[k] = Math.fma(off, values[first + t + k] - means[first + k], covariances[k]);
    }
  }

  /**
   * Offers row {@code i} and its columns from lane {@code from} on to each other; what is NaN is
   * nothing to compare with.
   */
  void offer(int i, int from, double[] correlations, int lanes) {
    int first = i + diagonal + from;
    double[] ofColumn = ofColumns.correlation();
    double least = ofRows.correlation()[i];
    for (int k = 0; k < lanes; k++) {
      double correlation = correlations[k];
      if (correlation >= least) {
        ofRows.offer(i, first + k, correlation);
        least = correlation;
      }
      if (correlation >= ofColumn[first + k]) {
        ofColumns.offer(first + k, i, correlation);
      }
    }
  }
}
