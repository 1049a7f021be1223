package dev.vedette.pipeline;

import dev.vedette.data.Matrix;
import dev.vedette.math.Quantiles;

/**
 * Makes the columns of rows comparable: subtracts the median and divides by the central spread
 * (half the distance of the 15.87 % and 84.13 % quantiles; where that is 0, the standard
 * deviation). A column that never varies is 0. Values beyond {@value #FARTHEST} spreads are cut off
 * there. A missing value becomes the median, 0: declare {@code missing(field)} where being missing
 * means something.
 */
record Scaling(double[] centre, double[] spread) {
  private static final double BELOW = 0.15865525393145707;
  private static final double FARTHEST = 1e6;

  static Scaling of(Matrix rows) {
    int columns = rows.columns();
    double[] centre = new double[columns];
    double[] spread = new double[columns];
    for (int j = 0; j < columns; j++) {
      double[] sorted = Quantiles.sorted(rows.column(j));
      if (sorted.length > 0) {
        centre[j] = Quantiles.of(sorted, 0.5);
        double central = (Quantiles.of(sorted, 1 - BELOW) - Quantiles.of(sorted, BELOW)) / 2;
        spread[j] = central > 0 ? central : deviation(sorted, centre[j]);
      }
    }
    return new Scaling(centre, spread);
  }

  int columns() {
    return centre.length;
  }

  void scale(double[] row, double[] into) {
    for (int j = 0; j < into.length; j++) {
      double value = spread[j] > 0 ? (row[j] - centre[j]) / spread[j] : 0;
      into[j] = Double.isNaN(value) ? 0 : Math.clamp(value, -FARTHEST, FARTHEST);
    }
  }

  Matrix scale(Matrix rows) {
    double[] row = new double[rows.columns()];
    double[][] scaled = new double[rows.rows()][rows.columns()];
    for (int i = 0; i < scaled.length; i++) {
      rows.copyRow(i, row);
      scale(row, scaled[i]);
    }
    return Matrix.of(rows.names(), scaled);
  }

  double[] unscale(double[] scaled) {
    double[] values = new double[scaled.length];
    for (int j = 0; j < values.length; j++) {
      values[j] = centre[j] + scaled[j] * spread[j];
    }
    return values;
  }

  private static double deviation(double[] values, double centre) {
    double sum = 0;
    for (double value : values) {
      sum += (value - centre) * (value - centre);
    }
    return Math.sqrt(sum / values.length);
  }
}
