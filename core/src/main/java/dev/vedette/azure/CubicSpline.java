package dev.vedette.azure;

/**
 * The least-squares cubic spline through equally spaced points, with given knots inside; O(n) by
 * banded normal equations of the B-splines (de Boor, "A Practical Guide to Splines", chapter XIV).
 */
final class CubicSpline {
  private final double[] knots;
  private final int parts;
  private final double[] basis = new double[4];

  /**
   * @param inner ascending, strictly between 0 and {@code last}
   */
  private CubicSpline(double[] inner, double last) {
    this.parts = inner.length + 4;
    this.knots = new double[inner.length + 8];
    System.arraycopy(inner, 0, knots, 4, inner.length);
    for (int i = 0; i < 4; i++) {
      knots[knots.length - 1 - i] = last;
    }
  }

  /** The fitted values at the points 0, 1, ... n − 1. */
  static double[] smooth(double[] y, double[] inner) {
    return new CubicSpline(inner, y.length - 1.0).fit(y);
  }

  private double[] fit(double[] y) {
    double[][] band = new double[parts][4]; // band[i][k] = Σ Bᵢ Bᵢ₊ₖ
    double[] right = new double[parts];
    int span = 3;
    for (int x = 0; x < y.length; x++) {
      span = span(span, x);
      evaluate(span, x);
      for (int i = 0; i < 4; i++) {
        int row = span - 3 + i;
        right[row] += basis[i] * y[x];
        for (int k = 0; i + k < 4; k++) {
          band[row][k] += basis[i] * basis[i + k];
        }
      }
    }
    solve(band, right);
    double[] fitted = new double[y.length];
    span = 3;
    for (int x = 0; x < y.length; x++) {
      span = span(span, x);
      evaluate(span, x);
      for (int i = 0; i < 4; i++) {
        fitted[x] += basis[i] * right[span - 3 + i];
      }
    }
    return fitted;
  }

  private int span(int from, double x) {
    int span = from;
    while (span < parts - 1 && x >= knots[span + 1]) {
      span++;
    }
    return span;
  }

  /** The four B-splines that are not 0 at x (Cox and de Boor). */
  private void evaluate(int span, double x) {
    double[] left = new double[4];
    double[] right = new double[4];
    basis[0] = 1;
    for (int j = 1; j <= 3; j++) {
      left[j] = x - knots[span + 1 - j];
      right[j] = knots[span + j] - x;
      double saved = 0;
      for (int r = 0; r < j; r++) {
        double share = basis[r] / (right[r + 1] + left[j - r]);
        basis[r] = saved + right[r + 1] * share;
        saved = left[j - r] * share;
      }
      basis[j] = saved;
    }
  }

  /** Cholesky of a matrix with three bands above its diagonal, in place. */
  private static void solve(double[][] band, double[] right) {
    int n = right.length;
    for (int i = 0; i < n; i++) {
      double pivot = Math.max(band[i][0], 1e-300);
      for (int k = 1; k < 4 && i + k < n; k++) {
        double factor = band[i][k] / pivot;
        for (int j = k; j < 4; j++) {
          band[i + k][j - k] -= factor * band[i][j];
        }
        right[i + k] -= factor * right[i];
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      double value = right[i];
      for (int k = 1; k < 4 && i + k < n; k++) {
        value -= band[i][k] * right[i + k];
      }
      right[i] = value / Math.max(band[i][0], 1e-300);
    }
  }
}
