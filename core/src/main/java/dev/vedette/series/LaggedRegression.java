package dev.vedette.series;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/**
 * Ridge regression of what is now on what was before, or is beside it; all in their scale, so there
 * is no constant.
 *
 * <p>The sums are kept apart for {@value #FOLDS} consecutive stretches of the history, so that each
 * stretch can be predicted by what the others teach.
 */
final class LaggedRegression {
  static final int FOLDS = 5;

  /** Points learned from; more are thinned out evenly. */
  static final int MOST_POINTS = 50_000;

  /** Points with a larger error, in spreads, are left out. */
  private static final double FARTHEST = 5;

  private final int width;
  private final int targets;
  private final int points;
  private final Rows rows;
  private final double[][] products = new double[FOLDS][];
  private final double[][][] sums = new double[FOLDS][][];
  private final int[] counts = new int[FOLDS];

  /** Puts what is known about a point, and what is to be predicted. */
  @FunctionalInterface
  interface Rows {
    void fill(int point, double[] known, double[] now);
  }

  /** Learns from all points, then without those that are far off: they would spoil the weights. */
  static LaggedRegression robust(int width, int targets, int points, Rows rows, double ridge) {
    int learned = (points + step(points) - 1) / step(points);
    var all = new LaggedRegression(width, targets, points, rows, new boolean[learned]);
    boolean[] left = new boolean[learned];
    boolean any = false;
    for (double[] errors : all.heldOut(ridge)) {
      double most = FARTHEST * spread(errors);
      for (int n = 0; n < learned; n++) {
        left[n] |= Math.abs(errors[n]) > most;
        any |= left[n];
      }
    }
    return any ? new LaggedRegression(width, targets, points, rows, left) : all;
  }

  private LaggedRegression(int width, int targets, int points, Rows rows, boolean[] left) {
    this.width = width;
    this.targets = targets;
    this.points = points;
    this.rows = rows;
    for (int fold = 0; fold < FOLDS; fold++) {
      products[fold] = new double[width * width];
      sums[fold] = new double[targets][width];
    }
    double[] known = new double[width];
    double[] now = new double[targets];
    int step = step(points);
    for (int i = 0; i < points; i += step) {
      if (!left[i / step]) {
        rows.fill(i, known, now);
        add(stretch(i, points, FOLDS), known, now);
      }
    }
  }

  /** Every how many points one is learned from. */
  static int step(int points) {
    return Math.max(1, (int) (((long) points + MOST_POINTS - 1) / MOST_POINTS));
  }

  /** Which of {@code count} consecutive stretches of {@code points} point {@code i} belongs to. */
  static int stretch(int i, int points, int count) {
    return (int) ((long) i * count / points);
  }

  private void add(int fold, double[] known, double[] now) {
    double[] product = products[fold];
    for (int a = 0; a < width; a++) {
      double factor = known[a];
      int start = a * width;
      for (int b = 0; b <= a; b++) {
        product[start + b] = Math.fma(factor, known[b], product[start + b]);
      }
    }
    for (int t = 0; t < targets; t++) {
      double[] sum = sums[fold][t];
      for (int a = 0; a < width; a++) {
        sum[a] = Math.fma(known[a], now[t], sum[a]);
      }
    }
    counts[fold]++;
  }

  /**
   * The weights that all stretches teach but {@code without}; all with −1.
   *
   * @return targets × width
   */
  double[][] weights(double ridge, int without) {
    double[][] weights = new double[targets][width];
    if (width == 0) {
      return weights;
    }
    var matrix = new DMatrixRMaj(width, width);
    var target = new DMatrixRMaj(width, targets);
    int count = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
      if (fold != without) {
        for (int at = 0; at < matrix.data.length; at++) {
          matrix.data[at] += products[fold][at];
        }
        for (int at = 0; at < target.data.length; at++) {
          target.data[at] += sums[fold][at % targets][at / targets];
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
    if (!solver.setA(matrix)) {
      return weights; // numbers too far apart in size: the mean is the best guess
    }
    var solution = new DMatrixRMaj(width, targets);
    solver.solve(target, solution);
    for (int at = 0; at < solution.data.length; at++) {
      weights[at % targets][at / targets] = solution.data[at];
    }
    return weights;
  }

  /** For each stretch the weights that the others teach. */
  double[][][] folds(double ridge) {
    double[][][] folds = new double[FOLDS][][];
    for (int fold = 0; fold < FOLDS; fold++) {
      folds[fold] = weights(ridge, fold);
    }
    return folds;
  }

  /** The errors of the points learned from, each predicted by the other stretches, by target. */
  double[][] heldOut(double ridge) {
    double[][][] folds = folds(ridge);
    int step = step(points);
    double[][] errors = new double[targets][(points + step - 1) / step];
    double[] known = new double[width];
    double[] now = new double[targets];
    for (int n = 0; n < errors[0].length; n++) {
      rows.fill(n * step, known, now);
      double[][] weights = folds[stretch(n * step, points, FOLDS)];
      for (int t = 0; t < targets; t++) {
        errors[t][n] = now[t] - product(weights[t], known);
      }
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
