package dev.vedette.series;

import dev.vedette.math.Quantiles;
import java.util.Arrays;

/**
 * A cubic polynomial through a series that outliers hardly move: least squares, weighted anew by
 * Huber's rule (Huber 1964, doi:10.1214/aoms/1177703732). NaN is left out.
 */
final class CubicTrend {
  private static final int TERMS = 4;
  private static final int ROUNDS = 3;

  /** 1.4826 makes the median deviation a standard deviation; Huber's corner is at 1.345 of them. */
  private static final double CORNER = 1.345 * 1.482602218505602;

  private CubicTrend() {}

  /** What is left of {@code values} without the trend. */
  static double[] without(double[] values) {
    int n = values.length;
    double[] weight = new double[n];
    double[] size = new double[n];
    double[] rest = values.clone();
    Arrays.fill(weight, 1);
    for (int round = 0; round <= ROUNDS; round++) {
      double[] trend = fit(values, weight);
      for (int i = 0; i < n; i++) {
        rest[i] = values[i] - at(trend, axis(i, n));
        size[i] = Math.abs(rest[i]);
      }
      if (round < ROUNDS) {
        double corner = CORNER * Quantiles.median(size);
        for (int i = 0; i < n; i++) {
          weight[i] = size[i] <= corner ? 1 : corner / size[i];
        }
      }
    }
    return rest;
  }

  /** From −1 to 1 over the series. */
  private static double axis(int i, int n) {
    return 2.0 * i / Math.max(1, n - 1) - 1;
  }

  /** Legendre polynomials, which are nearly orthogonal over the points. */
  private static double at(double[] terms, double x) {
    return terms[0]
        + terms[1] * x
        + terms[2] * (1.5 * x * x - 0.5)
        + terms[3] * (2.5 * x * x - 1.5) * x;
  }

  private static double[] fit(double[] values, double[] weight) {
    int n = values.length;
    double[] sums = new double[2 * TERMS - 1]; // of w·xᵏ
    double[] products = new double[TERMS]; // of w·P·y
    for (int i = 0; i < n; i++) {
      double w = weight[i];
      double y = values[i];
      if (w > 0 && !Double.isNaN(y)) {
        double x = axis(i, n);
        double wx = w;
        for (int k = 0; k < sums.length; k++, wx *= x) {
          sums[k] += wx;
        }
        products[0] += w * y;
        products[1] += w * y * x;
        products[2] += w * y * (1.5 * x * x - 0.5);
        products[3] += w * y * (2.5 * x * x - 1.5) * x;
      }
    }
    return solve(gram(sums), products);
  }

  private static final double[][] LEGENDRE = {
    {1, 0, 0, 0}, {0, 1, 0, 0}, {-0.5, 0, 1.5, 0}, {0, -1.5, 0, 2.5}
  };

  private static double[][] gram(double[] sums) {
    double[][] gram = new double[TERMS][TERMS];
    for (int r = 0; r < TERMS; r++) {
      for (int c = 0; c < TERMS; c++) {
        for (int i = 0; i < TERMS; i++) {
          for (int j = 0; j < TERMS; j++) {
            gram[r][c] += LEGENDRE[r][i] * LEGENDRE[c][j] * sums[i + j];
          }
        }
      }
    }
    return gram;
  }

  /** Gauss and Jordan; a term that the points do not tell is 0. */
  private static double[] solve(double[][] a, double[] b) {
    boolean[] told = new boolean[TERMS];
    double scale = a[0][0];
    for (int r = 0; r < TERMS; r++) {
      told[r] = a[r][r] > 1e-10 * scale;
      for (int q = 0; q < TERMS && told[r]; q++) {
        if (q != r) {
          double factor = a[q][r] / a[r][r];
          for (int c = 0; c < TERMS; c++) {
            a[q][c] -= factor * a[r][c];
          }
          b[q] -= factor * b[r];
        }
      }
    }
    double[] terms = new double[TERMS];
    for (int r = 0; r < TERMS; r++) {
      terms[r] = told[r] ? b[r] / a[r][r] : 0;
    }
    return terms;
  }
}
