package dev.vedette.math;

import java.util.Arrays;
import java.util.BitSet;

/**
 * For each subsequence of a series the most similar one of another series, or of the same: the
 * exact z-normalised matrix profile, from all pairs. O(n²) in time, O(n) in memory.
 *
 * <p>Along a diagonal of the matrix of pairs the covariance goes on from one pair to the next by
 * two multiply-adds (Zhu et al. 2016, doi:10.1109/ICDM.2016.0085; in the centred form of Zimmerman
 * et al. 2019, doi:10.1145/3357223.3362721). It starts anew every few thousand rows, so rounding
 * does not add up over the series, and the correlation with the winner is computed from the values
 * in the end. {@link Kernels#LANES} adjacent diagonals are walked at a time. Bands of diagonals run
 * in parallel; of equally similar ones the earliest wins, so their order does not matter.
 */
public final class SubsequenceJoin {
  private static final int ROWS = 4096;
  private static final int BANDS = 64;
  private static final int LEAST_STRIPS = 4;

  private final Kernels kernels;
  private final Subsequences rows;
  private final Subsequences columns;
  private final boolean self;

  private SubsequenceJoin(Kernels kernels, Subsequences rows, Subsequences columns, boolean self) {
    this.kernels = kernels;
    this.rows = rows;
    this.columns = columns;
    this.self = self;
  }

  /**
   * For each subsequence of a series the most similar other one that starts more than {@code
   * exclusion} places away.
   */
  public static NearestSubsequences self(Subsequences all, int exclusion) {
    return self(Kernels.best(), all, exclusion);
  }

  static NearestSubsequences self(Kernels kernels, Subsequences all, int exclusion) {
    var nearest = NearestSubsequences.none(all.count() + Kernels.LANES);
    var join = new SubsequenceJoin(kernels, all, all, true);
    join.walk(exclusion + 1, nearest, nearest);
    return join.settled(nearest, exclusion);
  }

  /** For each subsequence of {@code query} the most similar one of {@code history}. */
  public static NearestSubsequences of(Subsequences query, Subsequences history) {
    return of(Kernels.best(), query, history);
  }

  static NearestSubsequences of(Kernels kernels, Subsequences query, Subsequences history) {
    var nearest = NearestSubsequences.none(query.count() + Kernels.LANES);
    var unwanted = NearestSubsequences.none(history.count() + Kernels.LANES);
    Arrays.fill(unwanted.correlation(), Double.POSITIVE_INFINITY);
    var join = new SubsequenceJoin(kernels, query, history, false);
    join.walk(0, nearest, unwanted);
    new SubsequenceJoin(kernels, history, query, false).walk(1, unwanted, nearest);
    return join.settled(nearest, -1);
  }

  /** All pairs of row i and column j with j − i at least {@code diagonal}. */
  private void walk(int diagonal, NearestSubsequences ofRows, NearestSubsequences ofColumns) {
    int strips = Math.ceilDiv(Math.max(0, columns.count() - diagonal), Kernels.LANES);
    int size = Math.max(LEAST_STRIPS, Math.ceilDiv(strips, BANDS));
    var lock = new Object();
    Parallel.blocks(
        strips,
        size,
        (from, to) -> {
          NearestSubsequences rowsHere;
          NearestSubsequences columnsHere;
          synchronized (lock) {
            rowsHere = ofRows.copy();
            columnsHere = self ? rowsHere : ofColumns.copy();
          }
          band(new Strip(rows, columns, diagonal, rowsHere, columnsHere), from, to);
          synchronized (lock) {
            ofRows.merge(rowsHere);
            ofColumns.merge(columnsHere);
          }
        });
  }

  /** Blocks of rows one after the other, so that what a block of the band reads stays in cache. */
  private void band(Strip first, int from, int to) {
    int step = Math.max(ROWS, 32 * rows.length());
    double[] covariances = new double[Kernels.LANES];
    for (int row = 0; row < rows.count(); row += step) {
      for (int s = from; s < to; s++) {
        Strip strip = first.further(s * Kernels.LANES);
        int end = Math.min(rows.count(), columns.count() - strip.diagonal());
        if (row < end) {
          strip.start(row, covariances);
          kernels.correlate(strip, row, row + Math.min(step, end - row), covariances);
        }
      }
    }
  }

  private NearestSubsequences settled(NearestSubsequences padded, int exclusion) {
    int count = rows.count();
    var nearest =
        new NearestSubsequences(
            Arrays.copyOf(padded.correlation(), count), Arrays.copyOf(padded.index(), count));
    Parallel.blocks(
        count,
        4096,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int j = nearest.index()[i];
            if (j >= 0) {
              nearest.correlation()[i] = rows.correlation(i, columns, j);
            }
          }
        });
    compareConstants(nearest, exclusion);
    return nearest;
  }

  private void compareConstants(NearestSubsequences nearest, int exclusion) {
    var constant = new BitSet(columns.count());
    for (int j = 0; j < columns.count(); j++) {
      constant.set(j, columns.isConstant(j));
    }
    for (int i = 0; i < rows.count(); i++) {
      boolean flat = rows.isConstant(i);
      int j = constant.nextSetBit(0);
      if (j >= 0 && Math.abs(j - i) <= exclusion) {
        j = constant.nextSetBit(i + exclusion + 1);
      }
      if (j >= 0) {
        nearest.offer(i, j, flat ? 1 : 0.5);
      }
      if (flat && nearest.index()[i] < 0) {
        int other = constant.nextClearBit(0);
        if (Math.abs(other - i) <= exclusion) {
          other = constant.nextClearBit(i + exclusion + 1);
        }
        if (other < columns.count()) {
          nearest.offer(i, other, 0.5);
        }
      }
    }
  }
}
