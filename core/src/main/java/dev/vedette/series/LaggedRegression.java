package dev.vedette.series;

import dev.vedette.data.Series;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/**
 * Ridge regression of one variable on its own past and on other variables, now and before; all in
 * their scale, so there is no constant.
 *
 * <p>The sums are kept apart for {@value #FOLDS} consecutive stretches of the history, so that each
 * stretch can be predicted by what the others teach.
 */
final class LaggedRegression {
  static final int FOLDS = 5;

  /** Points learned from; more are thinned out evenly. */
  static final int MOST_POINTS = 50_000;

  private final int variable;
  private final int[] others;
  private final int lags;
  private final double[][] products = new double[FOLDS][];
  private final double[][] targets = new double[FOLDS][];
  private final int[] counts = new int[FOLDS];

  LaggedRegression(Series history, VariableScale scale, int variable, int[] others, int lags) {
    this.variable = variable;
    this.others = others;
    this.lags = lags;
    int width = width(others.length, lags);
    for (int fold = 0; fold < FOLDS; fold++) {
      products[fold] = new double[width * width];
      targets[fold] = new double[width];
    }
    double[] row = new double[width];
    int step = step(history.points());
    for (int i = 0; i < history.points(); i += step) {
      fill(history, scale, variable, others, lags, i, row);
      add(fold(i, history.points()), row, scale.standard(history, variable, i));
    }
  }

  /** Every how many points one is learned from. */
  static int step(int points) {
    return Math.max(1, (int) (((long) points + MOST_POINTS - 1) / MOST_POINTS));
  }

  /** The stretch that point {@code i} of {@code points} belongs to. */
  static int fold(int i, int points) {
    return (int) ((long) i * FOLDS / points);
  }

  static int width(int others, int lags) {
    return lags + others * (lags + 1);
  }

  /**
   * What is known about point {@code i}: the past of the variable, then of each other its present
   * and past. Before the first point all was as at the first.
   */
  static void fill(
      Series series,
      VariableScale scale,
      int variable,
      int[] others,
      int lags,
      int i,
      double[] into) {
    int at = 0;
    for (int lag = 1; lag <= lags; lag++) {
      into[at++] = scale.standard(series, variable, Math.max(0, i - lag));
    }
    for (int other : others) {
      for (int lag = 0; lag <= lags; lag++) {
        into[at++] = scale.standard(series, other, Math.max(0, i - lag));
      }
    }
  }

  private void add(int fold, double[] row, double target) {
    double[] sums = products[fold];
    double[] sum = targets[fold];
    int width = row.length;
    for (int a = 0; a < width; a++) {
      double factor = row[a];
      int start = a * width;
      for (int b = 0; b <= a; b++) {
        sums[start + b] = Math.fma(factor, row[b], sums[start + b]);
      }
      sum[a] = Math.fma(factor, target, sum[a]);
    }
    counts[fold]++;
  }

  /** The weights that all stretches teach but {@code without}; all with −1. */
  double[] weights(double ridge, int without) {
    int width = targets[0].length;
    double[] weights = new double[width];
    if (width == 0) {
      return weights;
    }
    var matrix = new DMatrixRMaj(width, width);
    var target = new DMatrixRMaj(width, 1);
    int count = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
      if (fold != without) {
        for (int at = 0; at < matrix.data.length; at++) {
          matrix.data[at] += products[fold][at];
        }
        for (int at = 0; at < width; at++) {
          target.data[at] += targets[fold][at];
        }
        count += counts[fold];
      }
    }
    for (int a = 0; a < width; a++) {
      matrix.data[a * width + a] += ridge * Math.max(1, count);
      for (int b = 0; b < a; b++) {
        matrix.data[b * width + a] = matrix.data[a * width + b];
      }
    }
    var solver = LinearSolverFactory_DDRM.symmPosDef(width);
    var solution = DMatrixRMaj.wrap(width, 1, weights);
    if (!solver.setA(matrix)) {
      return weights; // numbers too far apart in size: the mean is the best guess
    }
    solver.solve(target, solution);
    return weights;
  }

  /** The errors of the learned-from points, each predicted by the other stretches. */
  double[] heldOut(Series history, VariableScale scale, double ridge) {
    double[][] weights = new double[FOLDS][];
    for (int fold = 0; fold < FOLDS; fold++) {
      weights[fold] = weights(ridge, fold);
    }
    int points = history.points();
    int step = step(points);
    double[] errors = new double[(points + step - 1) / step];
    double[] row = new double[targets[0].length];
    for (int n = 0; n < errors.length; n++) {
      int i = n * step;
      fill(history, scale, variable, others, lags, i, row);
      errors[n] = scale.standard(history, variable, i) - product(weights[fold(i, points)], row);
    }
    return errors;
  }

  static double product(double[] weights, double[] row) {
    double sum = 0;
    for (int at = 0; at < weights.length; at++) {
      sum = Math.fma(weights[at], row[at], sum);
    }
    return sum;
  }

  /** The usual size of errors: their root mean square, few large ones counting as moderate. */
  static double spread(double[] errors) {
    double[] sizes = new double[errors.length];
    double squares = 0;
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.abs(errors[i]);
      squares += errors[i] * errors[i];
    }
    Arrays.sort(sizes);
    double most = 4 * 1.4826 * sizes[sizes.length / 2];
    if (most == 0) {
      return Math.sqrt(squares / sizes.length);
    }
    double sum = 0;
    for (double size : sizes) {
      sum += Math.min(size, most) * Math.min(size, most);
    }
    return Math.sqrt(sum / sizes.length);
  }
}
