package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.Require;
import dev.vedette.data.Matrix;
import dev.vedette.data.Series;
import dev.vedette.math.Quantiles;
import dev.vedette.math.Subsequences;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How windows of a series become rows: point by point, and of each point one variable after the
 * other, each variable less its middle and divided by its unit.
 *
 * @param width points of a window
 * @param centred whether each window is brought to the mean 0 in each variable
 * @param middle the median of each variable
 * @param unit how far values of each variable usually are from it
 */
record Embedding(int width, boolean centred, double[] middle, double[] unit) {
  Embedding {
    Require.range("width", width, 2, 10_000);
    Require.that(middle.length == unit.length && unit.length > 0, "one unit per variable");
    Require.finite("the middle", middle);
    for (double each : unit) {
      Require.that(each > 0 && each <= Double.MAX_VALUE, "a unit is not positive");
    }
  }

  static Embedding of(Series history, int width, boolean centred) {
    double[] middle = new double[history.variables()];
    double[] unit = new double[middle.length];
    for (int v = 0; v < middle.length; v++) {
      double[] values = history.values(v);
      middle[v] = Quantiles.median(values);
      unit[v] = Subsequences.unit(values, middle[v]);
      if (!(unit[v] <= Double.MAX_VALUE)) {
        throw new DataException(
            "variable '%s' has values too far apart to compare; scale it first"
                .formatted(history.names().get(v)));
      }
    }
    return new Embedding(width, centred, middle, unit);
  }

  int variables() {
    return unit.length;
  }

  int columns() {
    return width * unit.length;
  }

  /** The windows that start at {@code starts}. */
  Matrix rows(double[][] values, int[] starts) {
    List<String> names = IntStream.range(0, columns()).mapToObj(j -> "c" + j).toList();
    return Matrix.fill(names, starts.length, (i, into) -> row(values, starts[i], into));
  }

  private void row(double[][] values, int from, double[] into) {
    int variables = variables();
    for (int v = 0; v < variables; v++) {
      double level = level(values, v, from);
      for (int t = 0; t < width; t++) {
        into[t * variables + v] = scaled(v, values[v][from + t]) - level;
      }
    }
  }

  /** What is taken out of a window of a variable: its mean, in units, or nothing. */
  double level(double[][] values, int variable, int from) {
    double mean = 0;
    for (int t = 0; centred && t < width; t++) {
      mean += scaled(variable, values[variable][from + t]) / width;
    }
    return mean;
  }

  private double scaled(int variable, double value) {
    return Math.clamp((value - middle[variable]) / unit[variable], -1e6, 1e6);
  }

  /** A value in units as a value of the variable. */
  double value(int variable, double scaled) {
    return middle[variable] + unit[variable] * scaled;
  }
}
