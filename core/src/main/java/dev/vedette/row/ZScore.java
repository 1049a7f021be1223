package dev.vedette.row;

import dev.vedette.Attribution;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Moments;
import dev.vedette.math.Parallel;
import dev.vedette.math.Quantiles;

/**
 * Z-score: how many standard deviations the values of a row are from usual, each column by itself.
 *
 * <p>Score ≥ 0: 0 is the usual value in every column. With {@code combine=max} 3 is the classical
 * limit; with {@code combine=mean} normal rows lie around 1.
 *
 * <p>Robust uses the median and 1.4826 times the median absolute deviation, for a column where that
 * is zero 1.2533 times the mean absolute deviation (Iglewicz and Hoaglin, "How to Detect and Handle
 * Outliers", 1993); plain uses mean and standard deviation. A column that was constant counts in
 * its own units.
 *
 * <p>Fit O(n·d·log n) robust, O(n·d) plain; row O(d). Blind to broken relations between columns.
 *
 * @param robust median and absolute deviations instead of mean and standard deviation
 * @param combine the columns' deviations into one score
 */
public record ZScore(boolean robust, Combine combine) implements RowDetector {
  /** Plain, all columns counted. */
  public ZScore() {
    this(false, Combine.MEAN);
  }

  public ZScore robust(boolean robust) {
    return new ZScore(robust, combine);
  }

  public ZScore combine(Combine combine) {
    return new ZScore(robust, combine);
  }

  @Override
  public Fitted fit(Matrix rows) {
    rows.requireRows(2);
    rows.requireComplete();
    double[] center = new double[rows.columns()];
    double[] unit = new double[rows.columns()];
    Parallel.each(
        rows.columns(),
        j -> {
          double[] values = rows.column(j);
          center[j] = robust ? Quantiles.median(values) : Moments.mean(values);
          unit[j] =
              robust ? robustUnit(values, center[j]) : Combine.unit(Moments.deviation(values));
        });
    return new Fitted(this, center, unit);
  }

  /** 1.4826 times the median absolute deviation, or its stand-ins; 1 for a constant column. */
  static double robustUnit(double[] values, double median) {
    double[] distances = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      distances[i] = Math.abs(values[i] - median);
    }
    return Combine.unit(
        1.482602218505602 * Quantiles.median(distances),
        1.2533141373155001 * Moments.mean(distances));
  }

  /**
   * A fitted {@link ZScore}.
   *
   * @param center the usual value of each column
   * @param unit the (robust) standard deviation of each column, more than 0
   */
  public record Fitted(ZScore detector, double[] center, double[] unit) implements RowModel {
    public Fitted {
      Require.that(center.length == unit.length && unit.length > 0, "one unit per column");
      Require.finite("the centre", center);
      Require.finite("the unit", unit);
      for (double value : unit) {
        Require.that(value > 0, "a unit is not positive");
      }
    }

    @Override
    public int columns() {
      return center.length;
    }

    @Override
    public double score(double[] row) {
      Require.row(row, center.length, false);
      double total = 0;
      for (int j = 0; j < row.length; j++) {
        total = detector.combine.add(total, deviation(j, row[j]));
      }
      return detector.combine.score(total, row.length);
    }

    @Override
    public Attribution attribute(double[] row) {
      double[] deviations = deviations(row);
      return new Attribution(
          detector.combine.combine(deviations),
          0,
          detector.combine.shares(deviations),
          center.clone());
    }

    private double[] deviations(double[] row) {
      Require.row(row, center.length, false);
      double[] deviations = new double[row.length];
      for (int j = 0; j < row.length; j++) {
        deviations[j] = deviation(j, row[j]);
      }
      return deviations;
    }

    private double deviation(int j, double value) {
      return Math.abs(Standard.clamp((value - center[j]) / unit[j]));
    }
  }
}
