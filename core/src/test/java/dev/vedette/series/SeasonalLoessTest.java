package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.Reading;
import dev.vedette.data.Series;
import dev.vedette.math.Seeds;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SeasonalLoessTest {
  private static final long HOUR = 3_600_000;

  private static Series series(double[] values) {
    long[] times = new long[values.length];
    Arrays.setAll(times, i -> i * HOUR);
    return Series.of(times, values);
  }

  private static double[] values(int points, double noise) {
    var random = Seeds.stream(41, points);
    double[] values = new double[points];
    Arrays.setAll(
        values,
        i ->
            50
                + 0.02 * i
                + 10 * Math.sin(2 * Math.PI * i / 24)
                + (i % 168 < 120 ? 4 : -10)
                + noise * random.nextGaussian());
    return values;
  }

  /** One season: exactly the decomposition, whose own test compares it with R. */
  @Test
  void oneSeasonIsThatOfTheDecomposition() {
    double[] values = values(24 * 14, 1);
    Decomposition parts = new Stl(24).inner(1).outer(10).decompose(values);
    Reading reading =
        new SeasonalLoess().period(24).fit(series(values)).readTraining(series(values));
    for (int i = 0; i < values.length; i++) {
      double expected = parts.trend()[i] + parts.seasonal()[i];
      assertThat(reading.expected()[0][i]).isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void twoSeasonsAreTakenApart() {
    double[] values = values(24 * 56, 0.5);
    values[700] += 6;
    SeasonalLoess.Fitted model = new SeasonalLoess().fit(series(values));
    assertThat(model.outlook().seasons()).containsExactly(24, 168);
    assertThat(model.spread()).isCloseTo(0.5, within(0.1));
    double[] score = model.readTraining(series(values)).score();
    assertThat(score[700]).isGreaterThan(8);
    score[700] = 0;
    assertThat(Arrays.stream(score).max().orElseThrow()).isLessThan(5.5);
  }

  @Test
  void withoutASeasonThereIsATrend() {
    var random = Seeds.stream(42, 0);
    double[] values = new double[300];
    Arrays.setAll(values, i -> 0.1 * i + random.nextGaussian());
    values[50] = Double.NaN;
    values[120] += 8;
    Reading reading = new SeasonalLoess().fit(series(values)).readTraining(series(values));
    assertThat(reading.score()[120]).isGreaterThan(5);
    assertThat(reading.score()[50]).isZero();
    assertThat(reading.expected()[0][50]).isCloseTo(5, within(1.5));
  }
}
