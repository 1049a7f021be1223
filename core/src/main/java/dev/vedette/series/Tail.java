package dev.vedette.series;

import dev.vedette.Require;
import dev.vedette.data.Series;
import java.util.Arrays;

/**
 * The last points of a history, so that those that follow are not seen without what came before.
 *
 * @param values variables × points
 * @param end when the history ends
 * @param step its usual step
 */
record Tail(double[][] values, long end, long step) {
  Tail {
    Require.that(values.length > 0, "a history has a variable");
    for (double[] each : values) {
      Require.finite("the end of the history", each);
      Require.that(each.length == values[0].length, "the variables differ in length");
    }
  }

  /** Of a history without gaps. */
  static Tail of(Series history, int points) {
    int from = history.points() - points;
    double[][] values = new double[history.variables()][];
    for (int v = 0; v < values.length; v++) {
      values[v] = Arrays.copyOfRange(history.values(v), from, history.points());
    }
    return new Tail(values, history.time(history.points() - 1), history.step());
  }

  int points() {
    return values[0].length;
  }

  /** Whether {@code later} begins at most one and a half usual steps after the end. */
  boolean precedes(Series later) {
    return later.points() > 0 && later.time(0) > end && later.time(0) - end <= step + step / 2;
  }

  /** These points and those of {@code later} (variables × points). */
  double[][] with(Series later) {
    double[][] joined = new double[values.length][];
    for (int v = 0; v < joined.length; v++) {
      joined[v] = Arrays.copyOf(values[v], points() + later.points());
      System.arraycopy(later.values(v), 0, joined[v], points(), later.points());
    }
    return joined;
  }
}
