package dev.vedette.online;

import dev.vedette.Require;

/**
 * The usual value and the usual spread of each column: exponentially weighted mean and variance
 * that one far value does not teach.
 *
 * <p>The first rows count alike, so that mean and variance are those of the rows seen; later ones
 * fade with the half-life. A value more than 3 spreads out moves the mean as if it lay at 3, counts
 * in the variance as the geometric mean of 3 spreads and itself, and at most doubles the variance.
 * Each such value in a row doubles these limits for the next one: a new level is learned after a
 * few rows, a single far value is not. A missing value leaves its column as it is.
 */
final class Spreads {
  private static final double LIMIT = 9; // 3 spreads, squared
  private static final int LONGEST_RUN = 400; // 9 · 4^run stays finite
  private static final double FARTHEST = 1e150; // its square is finite

  private final double alpha;
  private final double[] mean;
  private final double[] variance;
  private final double[] seen;
  private final int[] run;

  /**
   * What {@link Spreads} learned, one entry per column.
   *
   * @param mean of the values
   * @param variance of the values, ≥ 0
   * @param seen how many values there were, missing ones left out
   * @param run how many values one after the other, up to now, were far out
   */
  record State(double[] mean, double[] variance, double[] seen, int[] run) {
    State {
      int columns = mean.length;
      Require.that(
          columns > 0
              && variance.length == columns
              && seen.length == columns
              && run.length == columns,
          "a mean, a variance and a count per column");
      Require.finite("the mean", mean);
      Require.finite("the variance", variance);
      Require.finite("the number of values", seen);
      for (int j = 0; j < columns; j++) {
        Require.that(variance[j] >= 0 && variance[j] <= 1e301, "a variance is damaged");
        Require.that(seen[j] >= 0 && seen[j] == Math.rint(seen[j]), "a count is damaged");
        Require.range("run", run[j], 0, LONGEST_RUN);
      }
    }

    /** Nothing seen yet. */
    static State none(int columns) {
      Require.range("columns", columns, 1, 65_536);
      return new State(
          new double[columns], new double[columns], new double[columns], new int[columns]);
    }

    int columns() {
      return mean.length;
    }
  }

  /** Goes on from {@code state} with a memory of {@code halfLife} rows. */
  Spreads(State state, double halfLife) {
    alpha = -Math.expm1(-Math.log(2) / halfLife);
    mean = state.mean.clone();
    variance = state.variance.clone();
    seen = state.seen.clone();
    run = state.run.clone();
  }

  State snapshot() {
    return new State(mean.clone(), variance.clone(), seen.clone(), run.clone());
  }

  int columns() {
    return mean.length;
  }

  /** The usual value of a column; 0 before the first. */
  double mean(int column) {
    return mean[column];
  }

  double[] means() {
    double[] means = mean.clone();
    for (int j = 0; j < means.length; j++) {
      means[j] = seen[j] > 0 ? mean[j] : Double.NaN;
    }
    return means;
  }

  /** The squared spread of a column; 1 where it was constant so far: it counts in its own unit. */
  double squaredUnit(int column) {
    return variance[column] > 0 ? variance[column] : 1;
  }

  double seen(int column) {
    return seen[column];
  }

  long bytes() {
    return mean.length * (3L * Double.BYTES + Integer.BYTES);
  }

  void learn(double[] row) {
    for (int j = 0; j < row.length; j++) {
      double value = row[j];
      if (!Double.isNaN(value)) {
        learn(j, value);
      }
    }
  }

  private void learn(int j, double value) {
    double count = seen[j] + 1;
    seen[j] = count;
    double weight = count * alpha < 1 ? 1 / count : alpha;
    double old = variance[j];
    double step = Math.clamp(value - mean[j], -FARTHEST, FARTHEST);
    double square = step * step;
    if (square > LIMIT * old && old > 0) {
      double wider = Math.scalb(1.0, 2 * run[j]);
      double limit = LIMIT * old * wider;
      run[j] = Math.min(run[j] + 1, LONGEST_RUN);
      if (square > limit) {
        step = Math.copySign(Math.sqrt(limit), step);
        square = Math.min(Math.sqrt(limit) * Math.sqrt(square), old / weight * wider);
      }
    } else {
      run[j] = 0;
    }
    mean[j] += weight * step;
    variance[j] = Math.min(1e300, (1 - weight) * (old + weight * square));
  }
}
