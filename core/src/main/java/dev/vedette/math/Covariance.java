package dev.vedette.math;

import dev.vedette.data.Matrix;
import java.util.Arrays;

/** How the columns of some rows vary together. */
public final class Covariance {
  private Covariance() {}

  /** Rows per partial sum; fixed, so that the result does not depend on the number of threads. */
  private static final int BLOCK = 2048;

  /**
   * The covariance (columns × columns, row-major, divisor n) of the given rows of {@code matrix}
   * around their {@code mean}. O(rows · columns²).
   */
  public static double[] of(Matrix matrix, int[] rows, double[] mean) {
    int columns = matrix.columns();
    int blocks = (rows.length + BLOCK - 1) / BLOCK;
    double[][] partial = new double[blocks][];
    Parallel.blocks(
        rows.length,
        BLOCK,
        (from, to) ->
            partial[from / BLOCK] = products(matrix, Arrays.copyOfRange(rows, from, to), mean));
    double[] covariance = new double[columns * columns];
    for (double[] part : partial) {
      for (int i = 0; i < covariance.length; i++) {
        covariance[i] += part[i] / rows.length;
      }
    }
    return covariance;
  }

  private static double[] products(Matrix matrix, int[] rows, double[] mean) {
    int columns = matrix.columns();
    double[][] sums = new double[columns][columns];
    double[] row = new double[columns];
    for (int i : rows) {
      matrix.copyRow(i, row);
      for (int j = 0; j < columns; j++) {
        row[j] -= mean[j];
      }
      for (int j = 0; j < columns; j++) {
        double[] sum = sums[j];
        double factor = row[j];
        for (int k = 0; k < columns; k++) { // one index in all arrays: HotSpot vectorises it
          sum[k] = Math.fma(factor, row[k], sum[k]);
        }
      }
    }
    double[] products = new double[columns * columns];
    for (int j = 0; j < columns; j++) {
      System.arraycopy(sums[j], 0, products, j * columns, columns);
    }
    return products;
  }

  /** The mean of each column over the given rows of {@code matrix}. */
  public static double[] mean(Matrix matrix, int[] rows) {
    double[] first = matrix.row(rows[0]);
    double[] sum = new double[first.length];
    double[] row = new double[first.length];
    for (int i : rows) {
      matrix.copyRow(i, row);
      for (int j = 0; j < row.length; j++) {
        sum[j] += row[j] - first[j];
      }
    }
    for (int j = 0; j < sum.length; j++) {
      sum[j] = first[j] + sum[j] / rows.length;
    }
    return sum;
  }
}
