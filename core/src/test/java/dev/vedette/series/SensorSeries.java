package dev.vedette.series;

import dev.vedette.data.Series;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Made-up sensors: the first two follow one slow wave, the third a wave of its own. */
final class SensorSeries {
  static final List<String> NAMES = List.of("inlet", "outlet", "room");

  private SensorSeries() {}

  static double[][] values(int points, long seed) {
    var random = new SplittableRandom(seed);
    double[][] values = new double[3][points];
    double flow = 0;
    double heat = 0;
    for (int i = 0; i < points; i++) {
      flow = 0.9 * flow + random.nextGaussian();
      heat = 0.9 * heat + random.nextGaussian();
      values[0][i] = 20 + 2 * flow + 0.3 * random.nextGaussian();
      values[1][i] = 15 + flow + 0.3 * random.nextGaussian();
      values[2][i] = 30 + heat;
    }
    return values;
  }

  static Series of(double[][] values) {
    long[] times = LongStream.range(0, values[0].length).map(i -> 60_000 * i).toArray();
    return Series.of(NAMES.subList(0, values.length), times, values);
  }

  static Series usual(int points, long seed) {
    return of(values(points, seed));
  }
}
