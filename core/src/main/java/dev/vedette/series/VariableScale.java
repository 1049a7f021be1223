package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.Require;
import dev.vedette.data.Series;
import dev.vedette.math.Parallel;

/**
 * Where the values of each variable usually lie, and how far they scatter.
 *
 * @param mean of each variable
 * @param unit the standard deviation of each variable, more than 0; of a constant one 1
 */
record VariableScale(double[] mean, double[] unit) {
  /** Farther out counts as this far, so that squares of sums stay finite. */
  static final double FARTHEST = 1e12;

  VariableScale {
    Require.that(mean.length == unit.length && unit.length > 0, "one unit per variable");
    Require.finite("the mean", mean);
    Require.finite("the unit", unit);
    for (double value : unit) {
      Require.that(value > 0, "a unit is not positive");
    }
  }

  static VariableScale of(Series history) {
    int variables = history.variables();
    double[] mean = new double[variables];
    double[] unit = new double[variables];
    Parallel.each(variables, v -> learn(history, v, mean, unit));
    for (int v = 0; v < variables; v++) {
      if (!Double.isFinite(mean[v]) || !Double.isFinite(unit[v])) {
        throw new DataException(
            "variable '%s' has values too large to square; scale it first"
                .formatted(history.names().get(v)));
      }
    }
    return new VariableScale(mean, unit);
  }

  private static void learn(Series history, int v, double[] mean, double[] unit) {
    int points = history.points();
    double first = history.value(v, 0);
    double sum = 0;
    for (int i = 0; i < points; i++) {
      sum += history.value(v, i) - first;
    }
    mean[v] = first + sum / points;
    double squares = 0;
    for (int i = 0; i < points; i++) {
      double off = history.value(v, i) - mean[v];
      squares += off * off;
    }
    double deviation = Math.sqrt(squares / points);
    boolean constant = deviation <= 1e-12 * Math.abs(mean[v]); // what is left is rounding
    unit[v] = constant ? 1 : deviation;
  }

  int variables() {
    return mean.length;
  }

  /** The value of a variable at a point, from its mean, in its units. */
  double standard(Series series, int variable, int point) {
    return clamp((series.value(variable, point) - mean[variable]) / unit[variable]);
  }

  static double clamp(double standard) {
    return Math.clamp(standard, -FARTHEST, FARTHEST);
  }

  /** The same means, each unit times a factor. */
  VariableScale times(double[] factors) {
    double[] units = unit.clone();
    for (int v = 0; v < units.length; v++) {
      units[v] *= factors[v];
    }
    return new VariableScale(mean, units);
  }

  /** The values of a variable, from its mean, in its units. */
  double[] standard(Series series, int variable) {
    double[] values = series.values(variable);
    for (int i = 0; i < values.length; i++) {
      values[i] = clamp((values[i] - mean[variable]) / unit[variable]);
    }
    return values;
  }

  /** The values of all variables so, variables × points. */
  double[][] standard(Series series) {
    double[][] values = new double[mean.length][];
    Parallel.each(mean.length, v -> values[v] = standard(series, v));
    return values;
  }

  /** The value of a variable that lies {@code standard} of its units from its mean. */
  double value(int variable, double standard) {
    return mean[variable] + unit[variable] * standard;
  }
}
