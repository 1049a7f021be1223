package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.Reading;
import dev.vedette.data.Series;
import dev.vedette.math.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SeriesAutoTest {
  private static final long MINUTES_5 = 300_000;

  private static double[] values(int points, IntToDoubleFunction usual) {
    var random = Seeds.stream(51, points);
    double[] values = new double[points];
    Arrays.setAll(values, i -> usual.applyAsDouble(i) + random.nextGaussian());
    return values;
  }

  private static double day(int i) {
    return 10 * Math.sin(2 * Math.PI * i / 288);
  }

  private static double[] walk() {
    double[] walk = values(1000, i -> 0);
    for (int i = 1; i < walk.length; i++) {
      walk[i] += walk[i - 1];
    }
    return walk;
  }

  private static Series series(double[]... values) {
    long[] times = new long[values[0].length];
    Arrays.setAll(times, i -> i * MINUTES_5);
    return Series.of(List.of("load", "heat").subList(0, values.length), times, values);
  }

  @Test
  void theChoiceIsExplained() {
    assertThat(new SeriesAuto().fit(series(values(288 * 7, SeriesAutoTest::day))).note())
        .isEqualTo("seasonal-esd, as it repeats every 288 points (1 day)");
    double[] holed = values(1000, i -> 5);
    Arrays.fill(holed, 100, 150, Double.NaN);
    assertThat(new SeriesAuto().fit(series(holed)).note())
        .isEqualTo("seasonal-esd, as nothing repeats, 5.0 % are missing");
    assertThat(new SeriesAuto().fit(series(walk())).note())
        .isEqualTo("moving-median, as its level wanders and nothing repeats");
    double[] flat = new double[500];
    flat[77] = 3;
    assertThat(new SeriesAuto().fit(series(flat)).note())
        .isEqualTo("seasonal-esd, as nothing repeats, 99.8 % of the values are the same");
    assertThat(new SeriesAuto().period(12).fit(series(flat)).note())
        .isEqualTo("seasonal-esd, as the period is given");
  }

  @Test
  void theHighestScoreOfTheVariablesCounts() {
    double[] load = values(288 * 7, SeriesAutoTest::day);
    double[] heat = values(288 * 7, i -> 100);
    load[500] += 15;
    heat[900] -= 30;
    Series history = series(load, heat);
    SeriesAuto.Fitted model = new SeriesAuto().fit(history);
    assertThat(model.note())
        .isEqualTo(
            "load: seasonal-esd, as it repeats every 288 points (1 day);"
                + " heat: seasonal-esd, as nothing repeats");
    Reading reading = model.readTraining(history);
    assertThat(reading.score()[500]).isCloseTo(15, within(4.0));
    assertThat(reading.score()[900]).isCloseTo(30, within(5.0));
    assertThat(reading.contribution()[1][900]).isGreaterThan(0.95 * reading.score()[900]);
    Series one = history.only(0);
    assertThat(new SeriesAuto().fit(one).readTraining(one).score())
        .containsExactly(new SeasonalEsd().fit(one).readTraining(one).score());
  }

  @Test
  void traitsAreThoseOfTheSeries() {
    double[] values = values(2000, i -> i < 1000 ? 0 : 20);
    Arrays.fill(values, 10, 210, Double.NaN);
    Arrays.fill(values, 300, 400, 0);
    SeriesTraits traits = SeriesTraits.of(series(values), 0);
    assertThat(traits.step()).isEqualTo(MINUTES_5);
    assertThat(traits.missing()).isCloseTo(0.1, within(1e-9));
    assertThat(traits.majority()).isCloseTo(100 / 1800.0, within(1e-9));
    assertThat(traits.zeros()).isEqualTo(traits.majority());
    assertThat(traits.seasons()).isEmpty();
    assertThat(traits.trend()).isGreaterThan(0.9);
    SeriesTraits wandering = SeriesTraits.of(series(walk()), 0);
    assertThat(wandering.roughness()).isLessThan(0.05);
    assertThat(wandering.wanders()).isTrue();
    assertThat(SeriesTraits.of(series(values(500, i -> 3)), 0).roughness())
        .isCloseTo(1, within(0.2));
  }
}
