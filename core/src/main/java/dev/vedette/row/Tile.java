package dev.vedette.row;

import dev.vedette.data.Matrix;
import java.util.Arrays;

/**
 * A few rows in standard units, one array per column: a loop over the rows runs over one index in
 * all arrays, which HotSpot vectorises. A lane sees the operations of a single row in the same
 * order, so both give the same bits.
 */
final class Tile {
  /** As many rows as keep some ten columns in the nearest cache. */
  static final int ROWS = 128;

  private final double[] origin;
  private final double[] unit;
  private final double[] row;
  private final double[][] columns;
  private int rows;

  /** Room for rows that are measured from {@code origin} in units of {@code unit}. */
  Tile(double[] origin, double[] unit) {
    this.origin = origin;
    this.unit = unit;
    this.row = new double[origin.length];
    this.columns = new double[origin.length][ROWS];
  }

  /** One row in standard units. */
  static double[] standardise(double[] row, double[] origin, double[] unit) {
    double[] z = new double[row.length];
    for (int j = 0; j < z.length; j++) {
      z[j] = Standard.clamp((row[j] - origin[j]) / unit[j]);
    }
    return z;
  }

  /** Takes the rows {@code from} (inclusive) to {@code to} (exclusive), at most {@link #ROWS}. */
  Tile load(Matrix matrix, int from, int to) {
    rows = to - from;
    for (int r = 0; r < rows; r++) {
      matrix.copyRow(from + r, row);
      for (int j = 0; j < row.length; j++) {
        columns[j][r] = Standard.clamp((row[j] - origin[j]) / unit[j]);
      }
    }
    return this;
  }

  /** The number of rows; what lies beyond in the columns is of no meaning. */
  int rows() {
    return rows;
  }

  double[][] columns() {
    return columns;
  }

  /** Squared distances of all rows to {@code point}. */
  void squaredDistances(double[] point, double[] into) {
    squaredDistances(point, columns, into);
  }

  /** The same of rows given by their columns. */
  static void squaredDistances(double[] point, double[][] columns, double[] into) {
    Arrays.fill(into, 0);
    int j = 0;
    for (; j + 4 <= point.length; j += 4) {
      addFourSquares(point, columns, j, into);
    }
    for (; j < point.length; j++) {
      double p = point[j];
      double[] column = columns[j];
      for (int r = 0; r < into.length; r++) {
        double d = column[r] - p;
        into[r] = Math.fma(d, d, into[r]);
      }
    }
  }

  private static void addFourSquares(double[] point, double[][] columns, int j, double[] into) {
    double p0 = point[j];
    double p1 = point[j + 1];
    double p2 = point[j + 2];
    double p3 = point[j + 3];
    double[] c0 = columns[j];
    double[] c1 = columns[j + 1];
    double[] c2 = columns[j + 2];
    double[] c3 = columns[j + 3];
    for (int r = 0; r < into.length; r++) {
      double d0 = c0[r] - p0;
      double d1 = c1[r] - p1;
      double d2 = c2[r] - p2;
      double d3 = c3[r] - p3;
      into[r] = Math.fma(d3, d3, Math.fma(d2, d2, Math.fma(d1, d1, Math.fma(d0, d0, into[r]))));
    }
  }

  /** The squared distance of one row to {@code point}, as {@link #squaredDistances} has it. */
  static double squaredDistance(double[] z, double[] point) {
    double sum = 0;
    for (int j = 0; j < z.length; j++) {
      double d = z[j] - point[j];
      sum = Math.fma(d, d, sum);
    }
    return sum;
  }

  /** {@code into[r] += Σ weights[t]·rows[first + t][r]}, over all weights. */
  static void addProduct(double[] weights, double[][] rows, int first, double[] into) {
    int t = 0;
    for (; t + 4 <= weights.length; t += 4) {
      addFour(weights, t, rows, first + t, into);
    }
    for (; t < weights.length; t++) {
      double w = weights[t];
      double[] a = rows[first + t];
      for (int r = 0; r < into.length; r++) {
        into[r] = Math.fma(w, a[r], into[r]);
      }
    }
  }

  private static void addFour(double[] weights, int t, double[][] rows, int first, double[] into) {
    double w0 = weights[t];
    double w1 = weights[t + 1];
    double w2 = weights[t + 2];
    double w3 = weights[t + 3];
    double[] a = rows[first];
    double[] b = rows[first + 1];
    double[] c = rows[first + 2];
    double[] d = rows[first + 3];
    for (int r = 0; r < into.length; r++) {
      into[r] =
          Math.fma(w3, d[r], Math.fma(w2, c[r], Math.fma(w1, b[r], Math.fma(w0, a[r], into[r]))));
    }
  }
}
