package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.math.Quantiles;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Penalised robust least squares: Huber's loss of the errors in units of their scale, the absolute
 * value of each bend over its usual size, small squares of the other coefficients; by reweighting
 * squares until they agree (Holland and Welsch 1977, doi:10.1080/03610927708827533).
 */
final class AdditiveFit {
  private static final double HUBER = 1.345;
  private static final int ROUNDS = 12;

  /** Deviations, in units of the values, of what season and holidays may be. */
  private static final double FREE = 10;

  private static final double SMALLEST = 1e-4;
  private static final double LEAST_SCALE = 1e-6;
  private static final double FAR = 3;

  private final double[][] terms;
  private final double[] values;
  private final int bends;
  private final double flexibility;
  private final int size;
  private double[] coefficients;
  private double scale;
  private double used;

  /**
   * @param terms points × terms
   * @param values in units of about their spread
   * @param bends number of bends among the terms
   * @param flexibility the usual size of a bend
   */
  AdditiveFit(double[][] terms, double[] values, int bends, double flexibility) {
    this.terms = terms;
    this.values = values;
    this.bends = bends;
    this.flexibility = flexibility;
    this.size = terms[0].length;
    this.coefficients = new double[size];
    solve();
  }

  double[] coefficients() {
    return coefficients.clone();
  }

  /** Standard deviation of the errors, those far out counting as {@link #FAR} scales. */
  double scale() {
    return scale;
  }

  /** The number of coefficients that the fit amounts to, given how they are held down. */
  double used() {
    return used;
  }

  private void solve() {
    double[] weights = new double[values.length];
    Arrays.fill(weights, 1);
    double[] penalties = new double[size];
    Arrays.fill(penalties, 1 / (FREE * FREE));
    penalties[0] = 1e-8;
    Arrays.fill(
        penalties,
        AdditiveBasis.STRAIGHT,
        AdditiveBasis.STRAIGHT + bends,
        1 / (flexibility * flexibility));
    scale = Math.max(LEAST_SCALE, robustScale(values));
    double[] errors = new double[values.length];
    for (int round = 0; round < ROUNDS; round++) {
      step(weights, penalties);
      for (int i = 0; i < values.length; i++) {
        errors[i] = values[i] - dot(terms[i], coefficients);
      }
      scale = Math.max(LEAST_SCALE, robustScale(errors));
      for (int i = 0; i < values.length; i++) {
        weights[i] = Math.min(1, HUBER * scale / Math.max(1e-300, Math.abs(errors[i])));
      }
      for (int j = AdditiveBasis.STRAIGHT; j < AdditiveBasis.STRAIGHT + bends; j++) {
        double bend = Math.max(SMALLEST * flexibility, Math.abs(coefficients[j]));
        penalties[j] = 1 / (flexibility * bend);
      }
    }
    scale = limitedScale(errors, scale);
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  /** Solves (XᵀWX + σ²P) β = XᵀW y. */
  private void step(double[] weights, double[] penalties) {
    double[][] products = new double[size][size];
    double[] right = new double[size];
    for (int i = 0; i < values.length; i++) {
      double[] row = terms[i];
      double target = weights[i] * values[i];
      for (int j = 0; j < size; j++) {
        double factor = weights[i] * row[j];
        right[j] += target * row[j];
        if (factor != 0) {
          double[] sums = products[j];
          for (int k = 0; k < size; k++) { // all of it: one index in all arrays is vectorised
            sums[k] = Math.fma(factor, row[k], sums[k]);
          }
        }
      }
    }
    var matrix = new DMatrixRMaj(products);
    for (int j = 0; j < size; j++) {
      matrix.add(j, j, scale * scale * penalties[j] + 1e-10);
    }
    var inverse = new DMatrixRMaj(size, size);
    if (!CommonOps_DDRM.invertSPD(matrix, inverse)) {
      throw new DataException("the terms of the regression cannot be told apart; take fewer");
    }
    used = 0;
    for (int j = 0; j < size; j++) {
      double sum = 0;
      for (int k = 0; k < size; k++) {
        sum += inverse.get(j, k) * right[k];
        used += inverse.get(j, k) * products[k][j];
      }
      coefficients[j] = sum;
    }
  }

  private static double robustScale(double[] errors) {
    double[] sizes = new double[errors.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.abs(errors[i]);
    }
    double median = 1.4826 * Quantiles.median(sizes);
    return median > 0 ? median : Arrays.stream(sizes).average().orElse(0);
  }

  private static double limitedScale(double[] errors, double scale) {
    double sum = 0;
    for (double error : errors) {
      double limited = Math.min(Math.abs(error), FAR * scale);
      sum += limited * limited;
    }
    return Math.max(LEAST_SCALE, Math.sqrt(sum / errors.length));
  }
}
