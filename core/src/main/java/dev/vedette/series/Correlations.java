package dev.vedette.series;

import dev.vedette.Require;
import dev.vedette.data.Series;
import dev.vedette.math.Parallel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How the variables of a history go together, overall and in windows of it. Windows are compared by
 * the Fisher transform z = artanh r of their correlations, whose spread hardly depends on r.
 *
 * @param overall correlations of the whole history, variables × variables; 0 with a constant
 * @param usual the mean Fisher transform of the windows
 * @param spread how far that of a window is from it, at least what chance alone gives
 */
record Correlations(double[][] overall, double[][] usual, double[][] spread) {
  private static final int MOST_WINDOWS = 500;

  /** Windows that repeat themselves must not count as certain. */
  private static final double MOST_CORRELATED = 0.9999;

  /** Changes by less are usual. */
  private static final double LEAST_CHANGE = 3;

  Correlations {
    for (double[][] each : List.of(overall, usual, spread)) {
      Require.that(each.length == overall.length, "one row per variable");
      for (double[] row : each) {
        Require.that(row.length == overall.length, "one number per pair of variables");
        Require.finite("a correlation", row);
      }
    }
  }

  int variables() {
    return overall.length;
  }

  static Correlations of(Series history, VariableScale scale, int window) {
    int variables = history.variables();
    int points = history.points();
    double[][] overall = new double[variables][variables];
    addWindow(history, scale, 0, points, LaggedRegression.step(points), overall);
    int length = Math.min(window, points);
    int windows = Math.min(MOST_WINDOWS, points / length);
    double[][] sum = new double[variables][variables];
    double[][] squares = new double[variables][variables];
    for (int n = 0; n < windows; n++) {
      int from = (int) ((long) n * (points - length) / Math.max(1, windows - 1));
      double[][] recent = new double[variables][variables];
      addWindow(history, scale, from, from + length, 1, recent);
      Parallel.each(
          variables,
          v -> {
            for (int w = 0; w < v; w++) {
              double z = fisher(recent[v][w]);
              sum[v][w] += z;
              squares[v][w] += z * z;
            }
          });
    }
    double chance = 1 / Math.sqrt(Math.max(1, length - 3));
    for (int v = 0; v < variables; v++) {
      for (int w = 0; w < v; w++) {
        double mean = sum[v][w] / windows;
        double variance = squares[v][w] / windows - mean * mean;
        sum[v][w] = mean;
        sum[w][v] = mean;
        squares[v][w] = Math.max(chance, Math.sqrt(Math.max(0, variance)));
        squares[w][v] = squares[v][w];
      }
      squares[v][v] = 1;
    }
    return new Correlations(overall, sum, squares);
  }

  private static double fisher(double correlation) {
    double r = Math.clamp(correlation, -MOST_CORRELATED, MOST_CORRELATED);
    return 0.5 * Math.log((1 + r) / (1 - r));
  }

  /** Puts the correlations of the points {@code [from, to)}, every {@code step}-th. */
  private static void addWindow(
      Series series, VariableScale scale, int from, int to, int step, double[][] into) {
    int variables = series.variables();
    float[][] centred = new float[variables][];
    Parallel.each(variables, v -> centred[v] = centred(series, scale, v, from, to, step));
    Parallel.each(
        variables,
        v -> {
          for (int w = 0; w < v; w++) {
            into[v][w] = dot(centred[v], centred[w]);
          }
        });
    for (int v = 0; v < variables; v++) {
      for (int w = 0; w < v; w++) {
        into[w][v] = into[v][w];
      }
      into[v][v] = 1;
    }
  }

  /** The values around their mean, of length 1; all 0 where they are constant. */
  private static float[] centred(
      Series series, VariableScale scale, int variable, int from, int to, int step) {
    double[] values = new double[(to - from + step - 1) / step];
    double sum = 0;
    for (int n = 0; n < values.length; n++) {
      values[n] = scale.standard(series, variable, from + n * step);
      sum += values[n];
    }
    double squares = 0;
    for (int n = 0; n < values.length; n++) {
      values[n] -= sum / values.length;
      squares += values[n] * values[n];
    }
    float[] centred = new float[values.length];
    double unit = Math.sqrt(squares);
    boolean constant = unit <= 1e-9 * Math.sqrt(values.length);
    for (int n = 0; n < values.length && !constant; n++) {
      centred[n] = (float) (values[n] / unit);
    }
    return centred;
  }

  /** Four sums that do not wait for each other. */
  private static double dot(float[] one, float[] other) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int n = 0;
    for (; n + 3 < one.length; n += 4) {
      first += (double) one[n] * other[n];
      second += (double) one[n + 1] * other[n + 1];
      third += (double) one[n + 2] * other[n + 2];
      fourth += (double) one[n + 3] * other[n + 3];
    }
    for (; n < one.length; n++) {
      first += (double) one[n] * other[n];
    }
    return first + second + (third + fourth);
  }

  /** What has changed in {@code recent} between one of {@code some} variables and all others. */
  List<VariableGraph.Change> changes(Series recent, VariableScale scale, int[] some) {
    float[][] values = new float[variables()][];
    for (int v = 0; v < values.length; v++) {
      values[v] = centred(recent, scale, v, 0, recent.points(), 1);
    }
    var changes = new ArrayList<VariableGraph.Change>();
    for (int one : some) {
      for (int other = 0; other < values.length; other++) {
        double now = other == one ? 1 : dot(values[one], values[other]);
        double off = Math.abs(fisher(now) - usual[one][other]) / spread[one][other];
        if (other != one && off >= LEAST_CHANGE) {
          changes.add(new VariableGraph.Change(one, other, Math.tanh(usual[one][other]), now, off));
        }
      }
    }
    changes.sort(Comparator.comparingDouble(change -> -change.change()));
    return List.copyOf(changes);
  }
}
