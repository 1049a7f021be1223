package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.Reading;
import dev.vedette.data.Series;
import dev.vedette.math.Seeds;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeasonalEsdTest {
  private static final long START = 1_735_516_800_000L; // a Monday
  private static final long HOUR = 3_600_000;

  /** Four weeks of hours: 10·sin of the day, weekends 20 lower, a trend of 5, noise of 1. */
  private static double[] values() {
    var random = Seeds.stream(21, 0);
    double[] values = new double[24 * 28];
    for (int i = 0; i < values.length; i++) {
      values[i] = usual(i) + random.nextGaussian();
    }
    return values;
  }

  private static double usual(int i) {
    return 100
        + 10 * Math.sin(2 * Math.PI * i / 24)
        - (i / 24 % 7 >= 5 ? 20 : 0)
        + 5.0 * i / (24 * 28);
  }

  private static Series series(int from, double[] values) {
    long[] times = new long[values.length];
    Arrays.setAll(times, i -> START + (from + i) * HOUR);
    return Series.of(times, values);
  }

  @Test
  void anomaliesAreFoundThatAreNoExtremes() {
    double[] values = values();
    values[300] = 100; // a usual value, but not at noon of a Saturday ...
    values[5] += 9;
    for (int i = 500; i < 506; i++) {
      values[i] -= 12;
    }
    Series history = series(0, values);
    SeasonalEsd.Fitted model = new SeasonalEsd().fit(history);
    Reading reading = model.readTraining(history);
    assertThat(model.outlook().seasons()).containsExactly(24, 168);
    assertThat(model.spread()).isCloseTo(1, within(0.12));
    assertThat(model.limit()).isBetween(3.7, 4.1);
    for (int i = 0; i < values.length; i++) {
      boolean odd = i == 300 || i == 5 || (i >= 500 && i < 506);
      assertThat(reading.score()[i] > model.limit()).as("point %s", i).isEqualTo(odd);
    }
  }

  @Test
  void laterPointsAreExpectedByTheirTime() {
    SeasonalEsd.Fitted model = new SeasonalEsd().fit(series(0, values()));
    int from = 24 * 28 + 30; // a gap
    double[] later = new double[24 * 7];
    Arrays.setAll(later, i -> usual(from + i));
    Reading reading = model.read(series(from, later));
    for (int i = 0; i < later.length; i++) {
      assertThat(reading.expected()[0][i]).isCloseTo(later[i], within(2.0));
    }
    later[50] += 15;
    assertThat(model.read(series(from, later)).score()[50]).isGreaterThan(12);
  }

  @Test
  void oneSideScoresOnlyThat() {
    double[] values = values();
    values[100] += 12;
    values[200] -= 12;
    Series history = series(0, values);
    double[] high =
        new SeasonalEsd().side(GeneralizedEsd.Side.HIGH).fit(history).readTraining(history).score();
    assertThat(high[100]).isGreaterThan(8);
    assertThat(high[200]).isZero();
  }

  @Test
  void missingPointsAndValuesAreBridged() {
    double[] values = values();
    values[100] += 12;
    IntPredicate kept = i -> i % 11 != 3 && (i < 400 || i > 430);
    long[] times = new long[values.length];
    double[] some = new double[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (kept.test(i)) {
        times[count] = START + i * HOUR;
        some[count++] = i % 50 == 7 ? Double.NaN : values[i];
      }
    }
    Series history = Series.of(Arrays.copyOf(times, count), Arrays.copyOf(some, count));
    double[] score = new SeasonalEsd().fit(history).readTraining(history).score();
    int odd = (int) IntStream.range(0, 100).filter(kept).count();
    for (int i = 0; i < count; i++) {
      assertThat(score[i] > 4.5).as("point %s", i).isEqualTo(i == odd);
    }
  }
}
