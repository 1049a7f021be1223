package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.Forecast;
import dev.vedette.data.Series;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SeasonalNaiveTest {
  private static Series series(double... values) {
    long[] times = new long[values.length];
    Arrays.setAll(times, i -> i * 1000L);
    return Series.of(times, values);
  }

  /**
   * By hand: the differences of a season are 1, 1, −1, 1, 1, all of size 1, so the spread is 1; two
   * seasons ahead the variance is twice that. 1.6449 is the 95 % quantile of the normal
   * distribution.
   */
  @Test
  void aSeasonIsRepeated() {
    var model = new SeasonalNaive(3).fit(series(1, 5, 9, 2, 6, 8, 3, 7));
    Forecast forecast = model.forecast(5, 0.9);
    assertThat(forecast.expected()).containsExactly(8, 3, 7, 8, 3);
    assertThat(forecast.times()).containsExactly(8000, 9000, 10_000, 11_000, 12_000);
    assertThat(forecast.upper()[0]).isCloseTo(8 + 1.6448536, within(1e-6));
    assertThat(forecast.lower()[4]).isCloseTo(3 - 1.6448536 * Math.sqrt(2), within(1e-6));
    assertThat(model.read(series(1, 5, 9, 2, 6, 12)).score()).containsExactly(0, 0, 0, 1, 1, 3);
  }

  @Test
  void withoutASeasonTheLastValueStays() {
    var model = new SeasonalNaive(1).fit(series(4, 6, Double.NaN, 8, 10));
    assertThat(model.forecast(2, 0.5).expected()).containsExactly(10, 10);
    assertThat(model.note()).isEqualTo("no season was found");
  }
}
