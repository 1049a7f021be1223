package dev.vedette.azure;

import dev.vedette.math.Moments;

/**
 * Whether a series wanders: it cannot be told from a random walk and can be told from a stationary
 * series.
 *
 * <p>Dickey and Fuller 1979, doi:10.1080/01621459.1979.10482531, with the number of lags by AIC;
 * MacKinnon 2010, "Critical Values for Cointegration Tests"; Kwiatkowski, Phillips, Schmidt, Shin
 * 1992, doi:10.1016/0304-4076(92)90104-Y, with the bandwidth of Hobijn, Franses, Ooms 2004,
 * doi:10.1111/j.1467-9574.2004.00272.x.
 */
final class Stationarity {
  private static final double KPSS_LIMIT = 0.4614; // 5 %, around a level

  private Stationarity() {}

  static boolean wanders(double[] values) {
    return values.length >= 8
        && Moments.deviation(values) > 1e-12 * Math.abs(Moments.mean(values))
        && level(values) > KPSS_LIMIT
        && dickeyFuller(values) > dickeyFullerLimit(values.length);
  }

  private static double dickeyFullerLimit(int n) {
    double inverse = 1.0 / n;
    return -2.86154 + inverse * (-2.8903 + inverse * (-4.234 - 40.04 * inverse));
  }

  /** The KPSS statistic around a level. */
  private static double level(double[] values) {
    int n = values.length;
    double mean = Moments.mean(values);
    double[] rest = new double[n];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      rest[i] = values[i] - mean;
      sum += rest[i];
      squares += sum * sum;
    }
    double s0 = product(rest, 0) / n;
    double s1 = 0;
    double variance = s0;
    int few = (int) Math.pow(n, 2.0 / 9);
    for (int lag = 1; lag <= few; lag++) {
      double part = product(rest, lag) / (n / 2.0);
      s0 += part;
      s1 += lag * part;
    }
    double gamma = 1.1447 * Math.cbrt(s1 / s0 * (s1 / s0));
    int lags = Math.min((int) (gamma * Math.cbrt(n)), n - 1);
    for (int lag = 1; lag <= lags; lag++) {
      variance += 2 * (1 - lag / (lags + 1.0)) * product(rest, lag) / n;
    }
    return squares / ((double) n * n * variance);
  }

  private static double product(double[] values, int lag) {
    double sum = 0;
    for (int i = lag; i < values.length; i++) {
      sum += values[i] * values[i - lag];
    }
    return sum;
  }

  /** The t statistic of the level in the regression of the steps, with the best number of lags. */
  private static double dickeyFuller(double[] values) {
    int n = values.length;
    int most = (int) Math.ceil(12 * Math.pow(n / 100.0, 0.25));
    most = Math.max(0, Math.min(n / 2 - 2, most));
    double[][] products = products(values, most, most);
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    int rows = n - 1 - most;
    double[][] lower = new double[most + 3][most + 3];
    for (int size = 1; size <= most + 2; size++) {
      int target = most + 2;
      if (!extend(lower, products, size - 1)) {
        break;
      }
      if (size >= 2) {
        double rss = residual(lower, products, size, target);
        double criterion = rows * Math.log(rss / rows) + 2 * size;
        if (criterion < least) {
          least = criterion;
          best = size - 2;
        }
      }
    }
    return statistic(products(values, best, best), best, n - 1 - best);
  }

  /**
   * Sums of products of: 1, level, {@code lags} earlier steps, and last the step itself; over the
   * rows that have {@code skip} earlier steps.
   */
  private static double[][] products(double[] values, int lags, int skip) {
    int n = values.length;
    double mean = Moments.mean(values);
    int columns = lags + 3;
    double[][] products = new double[columns][columns];
    double[] row = new double[columns];
    for (int t = skip + 1; t < n; t++) {
      row[0] = 1;
      row[1] = values[t - 1] - mean;
      for (int k = 1; k <= lags; k++) {
        row[1 + k] = values[t - k] - values[t - k - 1];
      }
      row[columns - 1] = values[t] - values[t - 1];
      for (int i = 0; i < columns; i++) {
        for (int j = 0; j <= i; j++) {
          products[i][j] += row[i] * row[j];
        }
      }
    }
    return products;
  }

  /** One more row of the Cholesky factor; false where the columns depend on each other. */
  private static boolean extend(double[][] lower, double[][] products, int row) {
    for (int j = 0; j <= row; j++) {
      double value = products[row][j];
      for (int k = 0; k < j; k++) {
        value -= lower[row][k] * lower[j][k];
      }
      if (j < row) {
        lower[row][j] = value / lower[j][j];
      } else if (value > 1e-12 * products[row][row]) {
        lower[row][row] = Math.sqrt(value);
      } else {
        return false;
      }
    }
    return true;
  }

  /** What the first {@code size} columns leave of the sum of squares of column {@code target}. */
  private static double residual(double[][] lower, double[][] products, int size, int target) {
    double left = products[target][target];
    double[] z = new double[size];
    for (int i = 0; i < size; i++) {
      double value = products[target][i];
      for (int k = 0; k < i; k++) {
        value -= lower[i][k] * z[k];
      }
      z[i] = value / lower[i][i];
      left -= z[i] * z[i];
    }
    return Math.max(left, 1e-300);
  }

  /** With the level put last before the step, its t value falls out of the Cholesky factor. */
  private static double statistic(double[][] products, int lags, int rows) {
    int size = lags + 2;
    int[] order = new int[size + 1];
    for (int k = 1; k <= lags; k++) {
      order[k] = 1 + k;
    }
    order[size - 1] = 1;
    order[size] = size;
    double[][] sorted = new double[size + 1][size + 1];
    for (int i = 0; i <= size; i++) {
      for (int j = 0; j <= i; j++) {
        int a = Math.max(order[i], order[j]);
        int b = Math.min(order[i], order[j]);
        sorted[i][j] = products[a][b];
      }
    }
    double[][] lower = new double[size + 1][size + 1];
    for (int i = 0; i < size; i++) {
      if (!extend(lower, sorted, i)) {
        return Double.NEGATIVE_INFINITY;
      }
    }
    double before = residual(lower, sorted, size - 1, size);
    double after = residual(lower, sorted, size, size);
    double value = sorted[size][size - 1];
    double[] z = new double[size];
    for (int i = 0; i < size; i++) {
      value = sorted[size][i];
      for (int k = 0; k < i; k++) {
        value -= lower[i][k] * z[k];
      }
      z[i] = value / lower[i][i];
    }
    double variance = after / Math.max(1, rows - size);
    return Math.signum(z[size - 1]) * Math.sqrt(Math.max(0, before - after) / variance);
  }
}
