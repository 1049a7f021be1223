package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.Reading;
import dev.vedette.data.Series;
import java.util.Arrays;
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

  @Test
  void missingValuesAreNoNeighbours() {
    Series history = series(0, 1, 2, Double.NaN, 8, 100, 32, 64);
    Reading reading = new MovingMedian(5).fit(history).readTraining(history);
    assertThat(reading.expected()[0]).containsExactly(2, 4.5, 5, 32, 32, 64, 66);
    assertThat(reading.score()[2]).isZero();
  }
}
