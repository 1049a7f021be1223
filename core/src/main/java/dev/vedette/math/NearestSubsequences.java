package dev.vedette.math;

import java.util.Arrays;

/**
 * For each subsequence the one that is most like it: a matrix profile.
 *
 * @param correlation with it, −1 to 1; {@code √(2m(1 − correlation))} is the z-normalised Euclidean
 *     distance of subsequences of length m. A constant subsequence counts as all zeros: 1 with
 *     another constant one, 1/2 with any other. −∞ where there is none to compare with
 * @param index where it starts; −1 where there is none
 */
public record NearestSubsequences(double[] correlation, int[] index) {
  /** None found yet. */
  static NearestSubsequences none(int count) {
    double[] correlation = new double[count];
    int[] index = new int[count];
    Arrays.fill(correlation, Double.NEGATIVE_INFINITY);
    Arrays.fill(index, -1);
    return new NearestSubsequences(correlation, index);
  }

  NearestSubsequences copy() {
    return new NearestSubsequences(correlation.clone(), index.clone());
  }

  /** Takes {@code j} for {@code i} where it is more like it; of two alike the earlier one. */
  void offer(int i, int j, double like) {
    if (like > correlation[i] || (like == correlation[i] && j < index[i])) {
      correlation[i] = like;
      index[i] = j;
    }
  }

  /** Takes from {@code other} what is nearer. In whatever order, the outcome is the same. */
  void merge(NearestSubsequences other) {
    for (int i = 0; i < other.index.length; i++) {
      if (other.index[i] >= 0) {
        offer(i, other.index[i], other.correlation[i]);
      }
    }
  }
}
