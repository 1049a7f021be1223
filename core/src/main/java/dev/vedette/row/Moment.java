package dev.vedette.row;

import dev.vedette.DataException;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * Weighted sums of rows around a point and of their products, which a {@link Component} is
 * estimated from. Not for two threads at once.
 */
final class Moment {
  /** Rows that weigh less add nothing that a double would show. */
  private static final double NOTHING = 1e-14;

  /** A smaller variance is rounding: all rows of the component agree in that column. */
  private static final double CONSTANT = 1e-12;

  private final double[] point;
  private final boolean full;
  private final double[] sums;
  private double weight;

  /** Lower triangle; rows and columns are filled up to a multiple of four. */
  private final double[][] products;

  private final double[][] scaled;

  Moment(double[] point, boolean full) {
    this.point = point;
    this.full = full;
    this.sums = new double[point.length];
    int room = (point.length + 3) / 4 * 4;
    this.products = full ? new double[room][room] : new double[1][room];
    this.scaled = new double[room][Tile.ROWS];
  }

  double weight() {
    return weight;
  }

  /** Adds the rows of {@code tile} with the {@code weights} of the rows from {@code from} on. */
  void add(Tile tile, double[] weights, int from) {
    int[] rows = new int[tile.rows()];
    double[] roots = new double[tile.rows()];
    int count = 0;
    for (int r = 0; r < tile.rows(); r++) {
      double w = weights[from + r];
      if (w > NOTHING) {
        rows[count] = r;
        roots[count++] = Math.sqrt(w);
        weight += w;
      }
    }
    for (int j = 0; j < point.length; j++) {
      double[] column = tile.columns()[j];
      double[] into = scaled[j];
      double sum = 0;
      for (int c = 0; c < count; c++) {
        into[c] = roots[c] * (column[rows[c]] - point[j]);
        sum = Math.fma(roots[c], into[c], sum);
      }
      sums[j] += sum;
    }
    if (full) {
      for (int i = 0; i < scaled.length; i += 4) {
        for (int j = 0; j <= i; j += 4) {
          addSixteen(i, j, count);
        }
      }
    } else {
      for (int j = 0; j < point.length; j++) {
        products[0][j] += dot(scaled[j], scaled[j], count);
      }
    }
  }

  private static double dot(double[] a, double[] b, int count) {
    double sum = 0;
    for (int c = 0; c < count; c++) {
      sum = Math.fma(a[c], b[c], sum);
    }
    return sum;
  }

  /** Sixteen sums of products at a time, which the registers hold. */
  private void addSixteen(int i, int j, int count) {
    double[] a0 = scaled[i];
    double[] a1 = scaled[i + 1];
    double[] a2 = scaled[i + 2];
    double[] a3 = scaled[i + 3];
    double[] b0 = scaled[j];
    double[] b1 = scaled[j + 1];
    double[] b2 = scaled[j + 2];
    double[] b3 = scaled[j + 3];
    double s00 = 0;
    double s01 = 0;
    double s02 = 0;
    double s03 = 0;
    double s10 = 0;
    double s11 = 0;
    double s12 = 0;
    double s13 = 0;
    double s20 = 0;
    double s21 = 0;
    double s22 = 0;
    double s23 = 0;
    double s30 = 0;
    double s31 = 0;
    double s32 = 0;
    double s33 = 0;
    for (int c = 0; c < count; c++) {
      double x0 = a0[c];
      double x1 = a1[c];
      double x2 = a2[c];
      double x3 = a3[c];
      double y0 = b0[c];
      double y1 = b1[c];
      double y2 = b2[c];
      double y3 = b3[c];
      s00 = Math.fma(x0, y0, s00);
      s01 = Math.fma(x0, y1, s01);
      s02 = Math.fma(x0, y2, s02);
      s03 = Math.fma(x0, y3, s03);
      s10 = Math.fma(x1, y0, s10);
      s11 = Math.fma(x1, y1, s11);
      s12 = Math.fma(x1, y2, s12);
      s13 = Math.fma(x1, y3, s13);
      s20 = Math.fma(x2, y0, s20);
      s21 = Math.fma(x2, y1, s21);
      s22 = Math.fma(x2, y2, s22);
      s23 = Math.fma(x2, y3, s23);
      s30 = Math.fma(x3, y0, s30);
      s31 = Math.fma(x3, y1, s31);
      s32 = Math.fma(x3, y2, s32);
      s33 = Math.fma(x3, y3, s33);
    }
    add(products[i], j, s00, s01, s02, s03);
    add(products[i + 1], j, s10, s11, s12, s13);
    add(products[i + 2], j, s20, s21, s22, s23);
    add(products[i + 3], j, s30, s31, s32, s33);
  }

  private static void add(double[] sums, int j, double... more) {
    for (int t = 0; t < more.length; t++) {
      sums[j + t] += more[t];
    }
  }

  /** Adds the sums of another around the same point. */
  void add(Moment other) {
    weight += other.weight;
    for (int j = 0; j < sums.length; j++) {
      sums[j] += other.sums[j];
    }
    for (int i = 0; i < products.length; i++) {
      for (int j = 0; j < products[i].length; j++) {
        products[i][j] += other.products[i][j];
      }
    }
  }

  /**
   * The normal distribution with these moments.
   *
   * @param share of all rows that it stands for
   * @param regularization added to the variance of each column
   * @param logUnits Σ ln unit over the columns
   */
  Component component(double share, double regularization, double logUnits) {
    int columns = point.length;
    double[] shift = new double[columns];
    double[] mean = new double[columns];
    for (int j = 0; j < columns; j++) {
      shift[j] = sums[j] / weight;
      mean[j] = point[j] + shift[j];
    }
    double[][] whitening =
        full ? triangular(shift, regularization) : diagonal(shift, regularization);
    double height = Math.log(share) - 0.5 * columns * Math.log(2 * Math.PI) - logUnits;
    for (double[] row : whitening) {
      height += Math.log(row[row.length - 1]);
    }
    return new Component(share, mean, whitening, height);
  }

  /** Where all rows agree, the unit itself is the scale: a rare other value is odd, not absurd. */
  private static double regularised(double variance, double regularization) {
    return (variance < CONSTANT ? 1 : variance) + regularization;
  }

  private double[][] diagonal(double[] shift, double regularization) {
    double[][] whitening = new double[shift.length][];
    for (int j = 0; j < shift.length; j++) {
      double variance = products[0][j] / weight - shift[j] * shift[j];
      whitening[j] = new double[] {1 / Math.sqrt(regularised(variance, regularization))};
    }
    return whitening;
  }

  private double[][] triangular(double[] shift, double regularization) {
    int columns = shift.length;
    var covariance = new DMatrixRMaj(columns, columns);
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < i; j++) {
        double value = products[i][j] / weight - shift[i] * shift[j];
        covariance.data[i * columns + j] = value;
        covariance.data[j * columns + i] = value;
      }
      double variance = products[i][i] / weight - shift[i] * shift[i];
      covariance.data[i * columns + i] = regularised(variance, regularization);
    }
    var cholesky = DecompositionFactory_DDRM.chol(columns, true);
    if (!cholesky.decompose(covariance)) {
      throw new DataException(
          "the covariance of a component cannot be inverted; raise regularization, now %s"
              .formatted(regularization));
    }
    double[] inverse = cholesky.getT(null).data;
    TriangularSolver_DDRM.invertLower(inverse, columns);
    double[][] whitening = new double[columns][];
    for (int i = 0; i < columns; i++) {
      whitening[i] = Arrays.copyOfRange(inverse, i * columns, i * columns + i + 1);
    }
    return whitening;
  }
}
