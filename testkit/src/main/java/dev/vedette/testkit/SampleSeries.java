package dev.vedette.testkit;

import dev.vedette.data.Series;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Made-up series: hourly values with a day's rhythm and noise. */
final class SampleSeries {
  static final long START = 1_735_689_600_000L; // 2025-01-01T00:00Z, a Wednesday
  static final long HOUR = 3_600_000;

  private SampleSeries() {}

  /** Times of {@code points} hours from hour {@code from} on. */
  static long[] hours(int from, int points) {
    return IntStream.range(from, from + points).mapToLong(i -> START + i * HOUR).toArray();
  }

  /** One value of variable {@code variable} at hour {@code hour}. */
  static double value(int hour, int variable, SplittableRandom random) {
    double day = Math.sin(2 * Math.PI * (hour + 3 * variable) / 24);
    return 50 + 10 * variable + 10 * day + random.nextGaussian();
  }

  /** {@code points} hours from hour {@code from} on. */
  static Series usual(int from, int points, int variables, long seed) {
    double[][] values = new double[variables][points];
    var random = new SplittableRandom(seed);
    for (int i = 0; i < points; i++) {
      for (int v = 0; v < variables; v++) {
        values[v][i] = value(from + i, v, random);
      }
    }
    return Series.of(names(variables), hours(from, points), values);
  }

  /** {@code series}, the values of points {@code [from, to)} raised by {@code by}. */
  static Series raised(Series series, int from, int to, double by) {
    double[][] values = new double[series.variables()][];
    for (int v = 0; v < values.length; v++) {
      values[v] = series.values(v);
      for (int i = from; i < to; i++) {
        values[v][i] += by;
      }
    }
    return Series.of(series.names(), series.times(), values);
  }

  private static List<String> names(int variables) {
    return IntStream.range(0, variables).mapToObj(v -> "v" + v).toList();
  }
}
