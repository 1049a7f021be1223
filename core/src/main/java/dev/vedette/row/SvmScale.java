package dev.vedette.row;

import dev.vedette.DataException;
import dev.vedette.Require;
import dev.vedette.data.Matrix;
import dev.vedette.math.Moments;

/**
 * Columns in a unit of their own or in a common one, in single precision.
 *
 * @param center what counts as 0 in each column: the mean, or 0 itself where the kernel measures
 *     from there
 * @param unit of each column, more than 0
 */
public record SvmScale(double[] center, double[] unit) {
  /** Beyond this many units a value counts as this far out: its square is a finite float. */
  public static final double FARTHEST = 1e15;

  public SvmScale {
    Require.that(center.length == unit.length && unit.length > 0, "one unit per column");
    Require.finite("the centre", center);
    Require.finite("the unit", unit);
    for (double value : unit) {
      Require.that(value > 0, "a unit is not positive");
    }
  }

  /**
   * A scale and the kernel that says of scaled rows what the one asked for says of the rows.
   *
   * @param kernel with γ
   */
  record Fitting(SvmScale scale, SvmKernel kernel) {}

  /** The unit is the standard deviation of each column, or the root of their mean variance. */
  static Fitting of(Matrix rows, SvmKernel kernel) {
    int columns = rows.columns();
    double[] center = new double[columns];
    double[] deviation = new double[columns];
    int varying = 0;
    double variance = 0;
    for (int j = 0; j < columns; j++) {
      double[] column = rows.column(j);
      deviation[j] = Moments.deviation(column);
      variance += deviation[j] * deviation[j] / columns;
      if (!Double.isFinite(variance)) {
        throw new DataException(
            "column '%s' has values too large to square; scale it first"
                .formatted(rows.names().get(j)));
      }
      center[j] = kernel.isCentred() ? Moments.mean(column) : 0;
      varying += deviation[j] > 0 ? 1 : 0;
    }
    double common = Combine.unit(Math.sqrt(variance));
    double[] unit = new double[columns];
    for (int j = 0; j < columns; j++) {
      unit[j] = kernel.standardise() ? Combine.unit(deviation[j]) : common;
    }
    SvmKernel resolved =
        kernel.standardise()
            ? kernel.resolve(1, 1.0 / Math.max(1, varying))
            : kernel.resolve(common * common, 1.0 / columns);
    return new Fitting(new SvmScale(center, unit), resolved);
  }

  int columns() {
    return center.length;
  }

  float scaled(double value, int j) {
    return (float) Math.clamp((value - center[j]) / unit[j], -FARTHEST, FARTHEST);
  }

  float[] scaled(double[] row) {
    float[] scaled = new float[row.length];
    for (int j = 0; j < row.length; j++) {
      scaled[j] = scaled(row[j], j);
    }
    return scaled;
  }

  /** The value of column {@code j} that is scaled to {@code scaled}. */
  double original(float scaled, int j) {
    return center[j] + unit[j] * scaled;
  }

  /** The rows {@code from} to {@code to} of {@code which}, column by column. */
  float[][] columns(Matrix rows, int[] which, int from, int to) {
    float[][] columns = new float[columns()][to - from];
    double[] row = new double[columns()];
    for (int p = from; p < to; p++) {
      rows.copyRow(which[p], row);
      for (int j = 0; j < row.length; j++) {
        columns[j][p - from] = scaled(row[j], j);
      }
    }
    return columns;
  }
}
