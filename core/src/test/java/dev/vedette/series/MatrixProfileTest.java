package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import dev.vedette.Reading;
import dev.vedette.SeriesModel;
import dev.vedette.data.Series;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MatrixProfileTest {
  private static Series series(long start, double... values) {
    return Series.of(LongStream.range(start, start + values.length).toArray(), values);
  }

  private static double[] beats(int points, long seed) {
    var random = new SplittableRandom(seed);
    double[] values = new double[points];
    Arrays.setAll(
        values, i -> 5 + Math.pow(Math.sin(Math.PI * i / 25), 6) + 0.02 * random.nextGaussian());
    return values;
  }

  /**
   * Windows of 4 in a repeating 0 1 0 2, but for the two 5s. By hand: windows without a 5 come
   * again (0). Window 6, (0, 2, 0, 5), is most like (0, 1, 0, 2): means 1.75 and 0.75, covariance
   * 12 − 4 · 1.75 · 0.75 = 6.75, squares 29 − 12.25 = 16.75 and 5 − 2.25 = 2.75.
   */
  @Test
  void aWindowIsScoredByTheMostSimilarOne() {
    double[] values = {0, 1, 0, 2, 0, 1, 0, 2, 0, 5, 0, 2, 0, 1, 0, 2, 0, 1, 0, 2};
    Reading reading = new MatrixProfile(4).fit(series(0, values)).readTraining(series(0, values));
    double like = 6.75 / Math.sqrt(16.75 * 2.75);
    // The others with the 5 in them, (2, 0, 5, 0), (0, 5, 0, 2) and (5, 0, 2, 0), likewise.
    assertThat(reading.score()[0]).isCloseTo(0, within(1e-7));
    assertThat(reading.score()[19]).isCloseTo(0, within(1e-7));
    assertThat(reading.score()[6]).isCloseTo(Math.sqrt(1 - like) / 4, within(1e-7));
    int top = 0;
    for (int i = 0; i < values.length; i++) {
      top = reading.score()[i] > reading.score()[top] ? i : top;
    }
    assertThat(top).isEqualTo(9);
    assertThat(reading.expected()[0][3]).isCloseTo(2, within(1e-7));
  }

  @Test
  void theWindowIsThePeriod() {
    assertThat(new MatrixProfile().fit(series(0, beats(1000, 1))).window()).isBetween(24, 26);
    var random = new SplittableRandom(1);
    double[] noise = random.doubles(4000).toArray();
    assertThat(new MatrixProfile().fit(series(0, noise)).window()).isEqualTo(100);
    assertThat(WindowLength.of(new double[200])).isEqualTo(10);
  }

  @Test
  void aStrangeBeatStandsOutAndTheExpectedOneIsShown() {
    double[] values = beats(600, 2);
    double[] usual = values.clone();
    for (int i = 310; i < 330; i++) {
      values[i] = 5.3;
    }
    SeriesModel model = new MatrixProfile().fit(series(0, beats(1000, 1)));
    Reading reading = model.read(series(1000, values));
    double least = Arrays.stream(reading.score(), 312, 328).min().orElseThrow();
    assertThat(least).isGreaterThan(2 * Arrays.stream(reading.score(), 0, 250).max().orElseThrow());
    for (int i = 0; i < 250; i++) {
      assertThat(reading.expected()[0][i]).isCloseTo(usual[i], within(0.15));
      assertThat(reading.spread()[0][i]).isBetween(0.01, 0.06);
    }
  }

  @Test
  void pointsThatFollowAreSeenWithTheEndOfTheHistory() {
    double[] values = beats(1100, 3);
    SeriesModel model = new MatrixProfile(25).fit(series(0, Arrays.copyOf(values, 1000)));
    double[] next = Arrays.copyOfRange(values, 1000, 1001);
    assertThat(model.read(series(1000, next)).score()[0]).isBetween(1e-6, 0.2);
    assertThat(model.read(series(1000, 9)).score()[0]).isGreaterThan(0.5);
    assertThat(model.read(series(2000, 9)).score()[0]).as("a point alone").isZero();
    assertThat(model.read(series(2000, 5, 6, 7, 8, 9)).score()).hasSize(5);
  }

  @Test
  void aShortHistoryAndOddWindowsAreRefused() {
    assertThatThrownBy(() -> new MatrixProfile(30).fit(series(0, beats(59, 1))))
        .isInstanceOf(DataException.class)
        .hasMessage("the history has 59 points, a matrix profile with windows of 30 needs 60");
    assertThatThrownBy(() -> new MatrixProfile(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("window must be from 4 to 100000");
  }
}
