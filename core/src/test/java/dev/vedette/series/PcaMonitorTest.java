package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.Reading;
import dev.vedette.data.Series;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PcaMonitorTest {
  /** Jackson, "A User's Guide to Principal Components", 1991, table 1.1: two chemical methods. */
  private static final double[][] METHODS = {
    {10.0, 10.4, 9.7, 9.7, 11.7, 11.0, 8.7, 9.5, 10.1, 9.6, 10.5, 9.2, 11.3, 10.1, 8.5},
    {10.7, 9.8, 10.0, 10.1, 11.5, 10.8, 8.8, 9.3, 9.4, 9.6, 10.4, 9.0, 11.6, 9.8, 9.2}
  };

  /**
   * The book gives variances 0.7986 and 0.7343 and a covariance of 0.6793 around (10, 10), so a
   * correlation of 0.8871. Of standardised a and b the components are (a + b)/√2 with variance 1 +
   * r and (a − b)/√2 with 1 − r.
   */
  @Test
  void twoVariablesByHand() {
    var model = new PcaMonitor(1, 0.95, 0).fit(SensorSeries.of(METHODS));
    assertThat(model.variance()[0]).isCloseTo(1.8871, within(1e-4));
    double r = model.variance()[0] - 1;
    double f = 4.6001; // F(1, 14) at 95 % by the tables
    assertThat(model.limitT2()).isCloseTo(14.0 * 16 / (15 * 14) * f, within(1e-3));
    double h = 1 / 3.0; // one eigenvalue is left over
    double limit = (1 - r) * Math.pow(1.644854 * h * Math.sqrt(2) + 1 - 2 / 9.0, 3);
    assertThat(model.limitQ()).isCloseTo(limit, within(1e-4));

    double a = 1 / model.scale().unit()[0];
    double b = -1 / model.scale().unit()[1];
    Reading reading = model.read(SensorSeries.of(new double[][] {{11}, {9}}));
    double q = (a - b) * (a - b) / 2;
    double t2 = (a + b) * (a + b) / 2 / (1 + r);
    assertThat(t2 / model.limitT2()).isLessThan(0.01);
    assertThat(reading.score()[0]).isCloseTo(q / model.limitQ(), within(1e-9));
    assertThat(reading.contribution()[0][0]).isCloseTo(q / 2 / model.limitQ(), within(1e-9));
  }

  @Test
  void farOutAlongTheMainDirectionIsT2() {
    var model = new PcaMonitor(1, 0.95, 0).fit(SensorSeries.of(METHODS));
    Reading reading = model.read(SensorSeries.of(new double[][] {{13}, {13}}));
    double a = 3 / model.scale().unit()[0];
    double b = 3 / model.scale().unit()[1];
    double t2 = (a + b) * (a + b) / 2 / model.variance()[0];
    assertThat(reading.score()[0]).isCloseTo(t2 / model.limitT2(), within(1e-9));
  }

  /** Independent points: the two limits are passed in about one point of a hundred each. */
  @Test
  void theLimitsHoldWhatTheyPromise() {
    var random = new SplittableRandom(7);
    double[][][] parts = new double[2][4][5000];
    for (double[][] part : parts) {
      for (int i = 0; i < 5000; i++) {
        double common = random.nextGaussian();
        for (int v = 0; v < 4; v++) {
          part[v][i] = (v < 3 ? common : 0) + 0.5 * random.nextGaussian();
        }
      }
    }
    var names = List.of("a", "b", "c", "d");
    long[] times = LongStream.range(0, 5000).toArray();
    var history = Series.of(names, times, parts[0]);
    var later = Series.of(names, times, parts[1]);
    double[] scores = new PcaMonitor(2, 0.99, 0).fit(history).read(later).score();
    long above = Arrays.stream(scores).filter(s -> s > 1).count();
    assertThat(above).isBetween(65L, 135L); // 2 % less those above both, of 5000
  }

  /** A shift by half a standard deviation: no point of it is odd, the average is. */
  @Test
  void aSmallLastingShiftIsFoundByTheAverage() {
    var random = new SplittableRandom(8);
    double[][] values = new double[3][3000];
    double[][] shifted = new double[3][600];
    for (int v = 0; v < 3; v++) {
      for (int i = 0; i < 3000; i++) {
        values[v][i] = random.nextGaussian();
      }
      for (int i = 0; i < 600; i++) {
        shifted[v][i] = random.nextGaussian() + (v == 0 && i >= 300 ? 1 : 0);
      }
    }
    var model = new PcaMonitor().components(3).halfLife(15).fit(SensorSeries.of(values));
    double[] scores = model.read(SensorSeries.of(shifted)).score();
    assertThat(mean(scores, 350, 600)).isGreaterThan(3 * mean(scores, 50, 300));
  }

  private static double mean(double[] scores, int from, int to) {
    return Arrays.stream(scores, from, to).average().orElseThrow();
  }
}
