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
 * Box plot: how many quartile ranges the values of a row are outside the box between the quartiles.
 *
 * <p>Score ≥ 0: 0 is inside the box in every column; with {@code combine=max} 1.5 is Tukey's inner
 * fence ("outside") and 3 the outer fence ("far out"). A column whose quartiles are equal is
 * measured in standard deviations, a constant one in its own units.
 *
 * <p>Fit O(n·d·log n), row O(d). Blind to broken relations between columns.
 *
 * <p>Tukey, "Exploratory Data Analysis", 1977, chapter 2.
 *
 * @param combine the columns' excesses into one score
 */
public record Iqr(Combine combine) implements RowDetector {
  /** The column that is farthest out decides, as in a box plot. */
  public Iqr() {
    this(Combine.MAX);
  }

  public Iqr combine(Combine combine) {
    return new Iqr(combine);
  }

  @Override
  public Fitted fit(Matrix rows) {
    rows.requireRows(2);
    rows.requireComplete();
    double[] lower = new double[rows.columns()];
    double[] upper = new double[rows.columns()];
    double[] unit = new double[rows.columns()];
    Parallel.each(
        rows.columns(),
        j -> {
          double[] sorted = Quantiles.sorted(rows.column(j));
          lower[j] = Quantiles.of(sorted, 0.25);
          upper[j] = Quantiles.of(sorted, 0.75);
          unit[j] = Combine.unit(upper[j] - lower[j], Moments.deviation(sorted));
        });
    return new Fitted(this, lower, upper, unit);
  }

  /**
   * A fitted {@link Iqr}.
   *
   * @param lower quartile of each column
   * @param upper quartile of each column
   * @param unit the quartile range of each column, more than 0
   */
  public record Fitted(Iqr detector, double[] lower, double[] upper, double[] unit)
      implements RowModel {
    public Fitted {
      Require.that(
          lower.length == upper.length && upper.length == unit.length && unit.length > 0,
          "two quartiles and a unit per column");
      Require.finite("the lower quartiles", lower);
      Require.finite("the upper quartiles", upper);
      Require.finite("the units", unit);
      for (int j = 0; j < unit.length; j++) {
        Require.that(lower[j] <= upper[j] && unit[j] > 0, "the quartiles of a column are damaged");
      }
    }

    @Override
    public int columns() {
      return unit.length;
    }

    @Override
    public double score(double[] row) {
      Require.row(row, unit.length, false);
      double total = 0;
      for (int j = 0; j < row.length; j++) {
        total = detector.combine.add(total, excess(j, row[j]));
      }
      return detector.combine.score(total, row.length);
    }

    /** Normal is the nearest edge of the box. */
    @Override
    public Attribution attribute(double[] row) {
      double[] excesses = excesses(row);
      double[] normal = new double[row.length];
      for (int j = 0; j < row.length; j++) {
        normal[j] = Math.clamp(row[j], lower[j], upper[j]);
      }
      return new Attribution(
          detector.combine.combine(excesses), 0, detector.combine.shares(excesses), normal);
    }

    private double[] excesses(double[] row) {
      Require.row(row, unit.length, false);
      double[] excesses = new double[row.length];
      for (int j = 0; j < row.length; j++) {
        excesses[j] = excess(j, row[j]);
      }
      return excesses;
    }

    private double excess(int j, double value) {
      double outside = Math.max(0, Math.max(lower[j] - value, value - upper[j]));
      return Standard.clamp(outside / unit[j]);
    }
  }
}
