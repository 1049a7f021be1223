package dev.vedette.series;

import java.util.Arrays;

/**
 * Optimal cuts where only the mean changes, by functional pruning: for each mean the next segment
 * may have, the best last cut is remembered, which is the same for whole intervals of means, and
 * these are few. The same cuts as by any exact search, in about O(n log n) whether there are cuts
 * or not (Maidstone et al. 2017, doi:10.1007/s11222-016-9636-3, with a minimum length added).
 */
final class MeanPartition {
  private final double[] sums;
  private final double[] squares;
  private final double penalty;
  private final int minimum;

  /** Of the values before each index, without a penalty for the first segment. */
  private final double[] best;

  private final int[] last;

  /** Piece i is best for means from {@code limits[i]} to {@code limits[i + 1]}. */
  private double[] limits = new double[16];

  private int[] owners = new int[16];
  private int pieces;
  private double[] newLimits = new double[16];
  private int[] newOwners = new int[16];

  MeanPartition(SegmentCost.Mean cost, double penalty, int minimum) {
    this.sums = cost.sums();
    this.squares = cost.squares();
    this.penalty = penalty;
    this.minimum = minimum;
    this.best = new double[sums.length];
    this.last = new int[sums.length];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    best[0] = -penalty;
  }

  /** For each index the best last cut before it; 0 where there is none. */
  int[] last() {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 1; i < sums.length; i++) {
      lowest = Math.min(lowest, sums[i] - sums[i - 1]);
      highest = Math.max(highest, sums[i] - sums[i - 1]);
    }
    if (!(lowest < highest)) {
      return last; // all equal: nothing to cut
    }
    limits[0] = lowest;
    limits[1] = highest;
    pieces = 1; // the segment from the start
    for (int at = minimum; at < sums.length; at++) {
      if (at >= 2 * minimum) {
        enter(at - minimum);
      }
      search(at);
    }
    return last;
  }

  /** A new candidate for the last cut takes the means for which it is better than its elders. */
  private void enter(int candidate) {
    double level = best[candidate] + penalty;
    int size = 0;
    newLimits[0] = limits[0];
    for (int i = 0; i < pieces; i++) {
      double low = limits[i];
      double high = limits[i + 1];
      int owner = owners[i];
      double length = candidate - owner;
      double mean = (sums[candidate] - sums[owner]) / length;
      double cost = best[owner] + penalty + squares[candidate] - squares[owner];
      double square = (level - cost) / length + mean * mean; // (half the interval it keeps)²
      if (square <= 0) {
        size = append(size, candidate, high);
        continue;
      }
      double half = Math.sqrt(square);
      double from = Math.max(low, mean - half);
      double to = Math.min(high, mean + half);
      if (from >= to) {
        size = append(size, candidate, high);
        continue;
      }
      if (from > low) {
        size = append(size, candidate, from);
      }
      size = append(size, owner, to);
      if (to < high) {
        size = append(size, candidate, high);
      }
    }
    swap(size);
  }

  private int append(int size, int owner, double limit) {
    if (size > 0 && newOwners[size - 1] == owner) {
      newLimits[size] = limit;
      return size;
    }
    if (size + 1 == newOwners.length) {
      newOwners = Arrays.copyOf(newOwners, 2 * newOwners.length);
      newLimits = Arrays.copyOf(newLimits, 2 * newLimits.length);
    }
    newOwners[size] = owner;
    newLimits[size + 1] = limit;
    return size + 1;
  }

  private void swap(int size) {
    double[] otherLimits = limits;
    limits = newLimits;
    newLimits = otherLimits;
    int[] otherOwners = owners;
    owners = newOwners;
    newOwners = otherOwners;
    pieces = size;
  }

  private void search(int at) {
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < pieces; i++) {
      int owner = owners[i];
      double length = at - owner;
      double sum = sums[at] - sums[owner];
      double mean = Math.clamp(sum / length, limits[i], limits[i + 1]);
      double cost =
          best[owner] + penalty + squares[at] - squares[owner] + mean * (length * mean - 2 * sum);
      if (cost < lowest) {
        lowest = cost;
        last[at] = owner;
      }
    }
    best[at] = lowest;
  }
}
