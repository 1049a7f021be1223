package dev.vedette.neural;

import dev.vedette.DataException;
import dev.vedette.Require;
import dev.vedette.data.Matrix;
import dev.vedette.math.Moments;

/**
 * Rows in standard deviations from the mean of each column.
 *
 * @param mean of each column
 * @param unit the standard deviation of each column; 1 where it is constant
 */
public record Standardizer(double[] mean, double[] unit) {
  /** A network sees no value farther out than this; errors are measured from where it really is. */
  public static final double BOUND = 8;

  /** Keeps squares finite, also in single precision. */
  public static final double FARTHEST = 1e15;

  public Standardizer {
    Require.that(mean.length == unit.length && unit.length > 0, "one unit per column");
    Require.finite("the mean", mean);
    Require.finite("the unit", unit);
    for (double value : unit) {
      Require.that(value > 0, "a unit is not positive");
    }
  }

  static Standardizer of(Matrix rows) {
    double[] mean = new double[rows.columns()];
    double[] unit = new double[rows.columns()];
    for (int j = 0; j < mean.length; j++) {
      double[] column = rows.column(j);
      mean[j] = Moments.mean(column);
      double deviation = Moments.deviation(column);
      if (!Double.isFinite(deviation)) {
        throw new DataException(
            "column '%s' has values too large to square; scale it first"
                .formatted(rows.names().get(j)));
      }
      unit[j] = deviation > 0 ? deviation : 1;
    }
    return new Standardizer(mean, unit);
  }

  int columns() {
    return mean.length;
  }

  /** Column {@code j} of {@code row} in standard deviations. */
  private double standard(double[] row, int j) {
    return Math.clamp((row[j] - mean[j]) / unit[j], -FARTHEST, FARTHEST);
  }

  /** What a network sees of {@code row}. */
  float[] bounded(double[] row) {
    float[] bounded = new float[row.length];
    for (int j = 0; j < bounded.length; j++) {
      bounded[j] = (float) Math.clamp((row[j] - mean[j]) / unit[j], -BOUND, BOUND);
    }
    return bounded;
  }

  /** The sum of the squares of what lies beyond the bound; 0 for a row within it. */
  double beyond(double[] row) {
    double sum = 0;
    for (int j = 0; j < row.length; j++) {
      double beyond = Math.max(0, Math.abs(standard(row, j)) - BOUND);
      sum += beyond * beyond;
    }
    return sum;
  }

  /** The mean squared error of a rebuilt row, in standard deviations. */
  double error(double[] row, float[] rebuilt) {
    double sum = 0;
    for (int j = 0; j < row.length; j++) {
      double error = standard(row, j) - rebuilt[j];
      sum += error * error;
    }
    return sum / row.length;
  }

  /** A rebuilt row in the units of its columns. */
  double[] values(float[] rebuilt) {
    double[] values = new double[rebuilt.length];
    for (int j = 0; j < values.length; j++) {
      values[j] = mean[j] + rebuilt[j] * unit[j];
    }
    return values;
  }
}
