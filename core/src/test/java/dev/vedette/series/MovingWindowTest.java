package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.Reading;
import dev.vedette.SeriesStream;
import dev.vedette.data.Series;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Values computed by hand. */
class MovingWindowTest {
  private static Series series(long from, double... values) {
    long[] times = new long[values.length];
    Arrays.setAll(times, i -> (from + i) * 1000);
    return Series.of(times, values);
  }

  @Test
  void theMedianOfTheNeighboursIsExpected() {
    Series history = series(0, 1, 2, 4, 8, 100, 32, 64);
    var model = new MovingMedian(5).fit(history);
    Reading reading = model.readTraining(history);
    assertThat(reading.expected()[0]).containsExactly(3, 4, 5, 18, 20, 64, 66);
    // sizes of the differences 2 2 1 10 80 32 2: their median is 2
    assertThat(reading.spread()[0][0]).isCloseTo(2 * 1.482602218505602, within(1e-12));
    assertThat(reading.score()[4]).isCloseTo(80 / (2 * 1.482602218505602), within(1e-12));
  }

  @Test
  void theMeanOfTheNeighboursIsExpected() {
    Series history = series(0, 1, 2, 4, 8, 100, 32, 64);
    Reading reading = new MovingAverage(5).fit(history).readTraining(history);
    assertThat(reading.expected()[0])
        .containsExactly(new double[] {3, 13 / 3.0, 27.75, 34.5, 27, 172 / 3.0, 66}, within(1e-12));
  }

  @Test
  void laterPointsSeeTheEndOfTheHistory() {
    var model = new MovingMedian(5).fit(series(0, 1, 2, 4, 8, 100, 32, 64));
    assertThat(model.read(series(7, 50, 60)).expected()[0]).containsExactly(60, 57);
    assertThat(model.read(series(8, 60)).expected()[0]).containsExactly(64);
    assertThat(model.read(series(1000, 60)).expected()[0]).containsExactly(8); // nothing is near
  }

  private static double[] expected(SeriesStream stream, Series series) {
    return Replay.read(stream, series).expected()[0];
  }

  @Test
  void aStreamSeesHalfAWindowBefore() {
    Series series = series(0, 1, 2, 4, 8, 100, 32, 64, 50);
    MovingStream median = new MovingMedian(7).start(1);
    assertThat(expected(median, series.slice(0, 7))).containsExactly(0, 1, 1.5, 2, 4, 8, 32);
    assertThat(median.expected(7_000, 0)).isEqualTo(64);
    // sizes of the differences 1 2.5 6 96 24 32: their median is 15; three times as wide after six
    double spread = 3 * 15 * 1.482602218505602;
    assertThat(median.spread(7_000, 0)).isCloseTo(spread, within(1e-12));
    assertThat(median.score(7_000, new double[] {50})).isCloseTo(14 / spread, within(1e-12));
    MovingStream mean = new MovingAverage(7).start(1);
    assertThat(expected(mean, series))
        .containsExactly(
            new double[] {0, 1, 1.5, 7 / 3.0, 14 / 3.0, 112 / 3.0, 140 / 3.0, 196 / 3.0},
            within(1e-12));
  }

  @Test
  void aStreamExpectsWhatTheEndOfAHistoryTells() {
    double[] values = new double[120];
    Arrays.setAll(values, i -> i % 17 == 3 ? Double.NaN : Math.sin(i * 0.3) + (i * 37 % 11));
    Series series = series(0, values);
    for (Moving detector : List.of(new MovingMedian(), new MovingAverage(8))) {
      double[] streamed = expected(detector.start(1), series);
      for (int i = 30; i < values.length; i++) {
        Reading read = detector.fit(series.slice(0, i)).read(series.slice(i, i + 1));
        assertThat(streamed[i]).isEqualTo(read.expected()[0][0]);
      }
    }
  }

  @Test
  void theSpreadOfAStreamIsThatOfTheLastDifferences() {
    MovingStream stream = new MovingMedian(3).start(1);
    var random = new SplittableRandom(2);
    double[] values = random.doubles(2_000).map(x -> x * x * 100).toArray();
    Replay.learned(stream, series(0, values));
    double[] errors = new double[512];
    Arrays.setAll(errors, i -> values[1_488 + i] - values[1_487 + i]);
    double spread = Spread.of(errors) * (512 + 9) / (512 - 1);
    assertThat(stream.spread(2_000_000, 0)).isCloseTo(spread, within(1e-12));
    Replay.learned(stream, series(2_000, new double[600])); // all equal: no difference is usual
    assertThat(stream.spread(3_000_000, 0)).isZero();
    assertThat(stream.score(3_000_000, new double[] {0})).isZero();
  }

  @Test
  void missingValuesAreNoNeighbours() {
    Series history = series(0, 1, 2, Double.NaN, 8, 100, 32, 64);
    Reading reading = new MovingMedian(5).fit(history).readTraining(history);
    assertThat(reading.expected()[0]).containsExactly(2, 4.5, 5, 32, 32, 64, 66);
    assertThat(reading.score()[2]).isZero();
  }
}
