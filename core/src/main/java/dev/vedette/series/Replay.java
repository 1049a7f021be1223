package dev.vedette.series;

import dev.vedette.Reading;
import dev.vedette.SeriesStream;
import dev.vedette.data.Series;
import java.util.function.IntConsumer;

/** A series, point by point through a stream. */
final class Replay {
  /** The time of the last point where there was none. */
  static final long NEVER = Long.MIN_VALUE;

  private Replay() {}

  /** {@code stream}, after it learned all of {@code series}. */
  static <S extends SeriesStream> S learned(S stream, Series series) {
    double[] values = new double[series.variables()];
    for (int i = 0; i < series.points(); i++) {
      fill(values, series, i);
      stream.learn(series.time(i), values);
    }
    return stream;
  }

  /**
   * Reads every point before it is learned. The score is split among the variables by how many
   * spreads each is out, all of it to the farthest.
   */
  static Reading read(SeriesStream stream, Series series) {
    return read(stream, series, point -> {});
  }

  /**
   * The same, and {@code before} is told of each point before it is learned. The scores of a stream
   * are those of a band where they are how many spreads the farthest variable is out.
   */
  static Reading read(SeriesStream stream, Series series, IntConsumer before) {
    int variables = series.variables();
    int points = series.points();
    double[] score = new double[points];
    double[][] expected = new double[variables][points];
    double[][] spread = new double[variables][points];
    double[][] contribution = new double[variables][points];
    double[] values = new double[variables];
    boolean band = true;
    for (int i = 0; i < points; i++) {
      fill(values, series, i);
      long time = series.time(i);
      score[i] = stream.score(time, values);
      int farthest = 0;
      double most = -1;
      for (int v = 0; v < variables; v++) {
        expected[v][i] = stream.expected(time, v);
        spread[v][i] = stream.spread(time, v);
        double own = Reading.score(values[v], expected[v][i], spread[v][i]);
        if (own > most) {
          most = own;
          farthest = v;
        }
      }
      contribution[farthest][i] = score[i];
      band &= score[i] == Math.max(0, most);
      before.accept(i);
      stream.learn(time, values);
    }
    return new Reading(score, expected, spread, contribution).withBand(band);
  }

  /** The values of one point. */
  static void fill(double[] values, Series series, int point) {
    for (int v = 0; v < values.length; v++) {
      values[v] = series.value(v, point);
    }
  }
}
