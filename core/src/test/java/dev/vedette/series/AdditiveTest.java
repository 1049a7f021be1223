package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import dev.vedette.Forecast;
import dev.vedette.data.Series;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdditiveTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final long START = 1_704_067_200_000L; // 2024-01-01T00:00Z, a Monday

  private static double[] values(int count, IntToDoubleFunction value) {
    return IntStream.range(0, count).mapToDouble(value).toArray();
  }

  private static Series series(long step, double... values) {
    long[] times = new long[values.length];
    Arrays.setAll(times, i -> START + i * step);
    return Series.of(times, values);
  }

  private static double wave(double turns) {
    return Math.sin(2 * Math.PI * turns);
  }

  /** By hand: nothing but terms of the regression, so it is found to the last digits. */
  @Test
  void whatIsALineAndWavesIsFoundExactly() {
    double[] values =
        values(600, i -> 7 + 0.02 * i + 3 * wave(i / 24.0 + 0.1) + wave(3 * i / 24.0));
    AdditiveModel model = new Additive().fit(series(HOUR, Arrays.copyOf(values, 480)));
    Forecast forecast = model.forecast(120, 0.9);
    for (int h = 0; h < 120; h++) {
      assertThat(forecast.times()[h]).isEqualTo(START + (480 + h) * HOUR);
      assertThat(forecast.expected()[h]).isCloseTo(values[480 + h], within(0.01));
    }
    assertThat(model.scale()).isLessThan(0.01);
  }

  /**
   * By hand: without bends, waves or outliers beyond 1.345 scales it is the least-squares line,
   * here of 1, 3, 2, 5, 4 and so on, up to the slight pull of the penalties.
   */
  @Test
  void withoutBendsItIsTheLeastSquaresLine() {
    double[] values = values(40, i -> i + (i % 2 == 0 ? 0.5 : -0.5));
    AdditiveModel model = new Additive().bends(0).period(1).fit(series(1000, values));
    // Σ(x−x̄)(y−ȳ) / Σ(x−x̄)² = 1 − 20·0.5 / 5330, at x̄ = 19.5 the mean, 19.5
    double slope = 1 - 10 / 5330.0;
    double[] expected = model.read(series(1000, values)).expected()[0];
    for (int i = 0; i < 40; i++) {
      assertThat(expected[i]).isCloseTo(19.5 + slope * (i - 19.5), within(0.005));
    }
  }

  @Test
  void ninetyPercentOfLaterValuesLieInTheInterval() {
    var random = new SplittableRandom(17);
    for (int kind = 0; kind < 4; kind++) {
      int shape = kind;
      int within = 0;
      for (int round = 0; round < 30; round++) {
        double[] all = values(324, i -> made(shape, i) + random.nextGaussian());
        Forecast forecast =
            new Additive().fit(series(HOUR, Arrays.copyOf(all, 300))).forecast(24, 0.9);
        for (int h = 0; h < 24; h++) {
          double value = all[300 + h];
          within += value >= forecast.lower()[h] && value <= forecast.upper()[h] ? 1 : 0;
        }
      }
      assertThat(within / (30 * 24.0)).as("kind %s", kind).isBetween(0.85, 0.95);
    }
  }

  private static double made(int kind, int i) {
    return switch (kind) {
      case 0 -> 50 + 10 * wave(i / 24.0);
      case 1 -> 50 + 0.05 * i + 10 * wave(i / 24.0);
      case 2 -> 50 + 10 * wave(i / 37.0);
      default -> 50 + (i < 150 ? 0.1 * i : 30 - 0.1 * i) + 10 * wave(i / 24.0);
    };
  }

  @Test
  void theTrendBendsWhereTheSeriesDoes() {
    double[] trend = values(365, i -> i < 200 ? 0.1 * i : 20 - 0.2 * (i - 200));
    var random = new SplittableRandom(5);
    double[] noisy = values(365, i -> trend[i] + random.nextGaussian());
    double[] expected =
        new Additive().fit(series(DAY, noisy)).read(series(DAY, noisy)).expected()[0];
    for (int i = 0; i < 365; i++) {
      assertThat(expected[i]).isCloseTo(trend[i], within(1.2));
    }
  }

  @Test
  void aHolidayHasALevelOfItsOwn() {
    var random = new SplittableRandom(6);
    double[] values =
        values(
            800,
            i -> {
              String day = LocalDate.ofEpochDay(START / DAY + i).toString();
              double off = day.endsWith("12-25") ? -30 : day.endsWith("12-26") ? -10 : 0;
              return 50 + 5 * wave(i / 7.0) + off + random.nextGaussian();
            });
    List<LocalDate> christmas = List.of(LocalDate.of(2024, 12, 25), LocalDate.of(2025, 12, 25));
    var detector = new Additive().holidays(christmas, 0, 1);
    assertThat(detector.holidays()).isEqualTo("2024-12-25_2025-12-25/2024-12-26_2025-12-26");
    Series all = series(DAY, values);
    double[] known = detector.fit(all.slice(0, 700)).score(all.slice(700, 800));
    double[] unknown = new Additive().fit(all.slice(0, 700)).score(all.slice(700, 800));
    int day = (int) (LocalDate.of(2025, 12, 25).toEpochDay() - START / DAY) - 700;
    assertThat(unknown[day]).isGreaterThan(15);
    assertThat(known[day]).isLessThan(5);
    assertThat(unknown[day + 1]).isGreaterThan(5);
    assertThat(known[day + 1]).isLessThan(5);
  }

  @Test
  void irregularTimesMissingValuesAndOutliersAreNoTrouble() {
    var random = new SplittableRandom(7);
    long[] times = new long[500];
    double[] values = new double[500];
    for (int i = 0; i < 500; i++) {
      times[i] = START + i * HOUR + random.nextLong(HOUR);
      values[i] = 50 + 10 * wave((times[i] - START) / (double) DAY) + random.nextGaussian();
      values[i] = i % 10 == 3 ? Double.NaN : i % 50 == 7 ? 500 : values[i];
    }
    Series holed = Series.of(times, values);
    AdditiveModel model = new Additive().fit(holed);
    assertThat(model.scale()).isBetween(0.8, 1.4);
    double[] score = model.readTraining(holed).score();
    for (int i = 0; i < 500; i++) {
      if (i % 10 == 3) {
        assertThat(score[i]).isZero();
      } else if (i % 50 == 7) {
        assertThat(score[i]).isGreaterThan(100);
      } else {
        assertThat(score[i]).isLessThan(6);
      }
    }
  }

  /** What happens at an hour of a weekday, not only at an hour and on a weekday. */
  @Test
  void anHourOfAWeekdayIsLearned() {
    var random = new SplittableRandom(8);
    double[] values =
        values(
            24 * 7 * 6,
            i -> {
              boolean weekend = i / 24 % 7 >= 5;
              return 50 + (weekend ? 1 : 15) * wave(i / 24.0) + random.nextGaussian();
            });
    Series all = series(HOUR, values);
    double[] score = new Additive().fit(all.slice(0, 24 * 35)).score(all.slice(24 * 35, 24 * 42));
    assertThat(Arrays.stream(score).average().orElseThrow()).isLessThan(1.5);
  }

  @Test
  void damageIsNamed() {
    assertThatThrownBy(() -> new Additive().fit(series(HOUR, 1, 2, 3)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("needs 4 known values, there are 3 of 3 points");
    assertThatThrownBy(() -> new Additive().holidays("christmas"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'christmas' is no day");
    assertThatThrownBy(() -> new Additive().holidays("2026-12-26..2026-12-24"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from a day to a later one");
  }
}
