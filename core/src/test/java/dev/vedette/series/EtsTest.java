package dev.vedette.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.DataException;
import dev.vedette.Forecast;
import dev.vedette.SeriesStream;
import dev.vedette.data.Series;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class EtsTest {
  private static final long HOUR = 3_600_000;
  private static final double NEVER = 1e9;
  private static final int[] AHEAD = {1, 2, 12, 13, 24};

  /** Evenly distributed from −½ to ½, and the same in any language. */
  private static double noise(int i) {
    return (7919L * i * i + 104_729L * i) % 1009 / 1009.0 - 0.5;
  }

  private static double wave(int i) {
    return Math.sin(2 * Math.PI * i / 12);
  }

  private static double[] values(int count, IntToDoubleFunction value) {
    double[] values = new double[count];
    Arrays.setAll(values, value);
    return values;
  }

  private static Series series(double... values) {
    long[] times = new long[values.length];
    Arrays.setAll(times, i -> i * HOUR);
    return Series.of(times, values);
  }

  private static final double[] ADDED = values(96, i -> 20 + 0.15 * i + 5 * wave(i) + 2 * noise(i));

  private static final double[] MULTIPLIED =
      values(96, i -> (20 + 0.15 * i) * (1 + 0.3 * wave(i)) * (1 + 0.1 * noise(i)));

  /** Squared errors and forecasts from a known start. */
  private static void assertSmoothed(
      double[] values, Smoothing smoothing, EtsState start, double squares, double[] forecasts) {
    assertSmoothed(values, smoothing, start, squares, forecasts, 1e-10);
  }

  private static void assertSmoothed(
      double[] values,
      Smoothing smoothing,
      EtsState start,
      double squares,
      double[] forecasts,
      double precision) {
    var filter = new EtsFilter(smoothing, start, NEVER);
    double sum = 0;
    for (double value : values) {
      double error = filter.learn(value);
      sum += error * error;
    }
    assertThat(sum).isCloseTo(squares, within(precision * squares));
    for (int i = 0; i < AHEAD.length; i++) {
      assertThat(filter.expected(AHEAD[i]))
          .isCloseTo(forecasts[i], within(precision * forecasts[i]));
    }
  }

  private static void assertVariances(
      Smoothing smoothing, double squares, int period, double[] variances) {
    double[] growth = smoothing.growth(24, period);
    for (int i = 0; i < AHEAD.length; i++) {
      double variance = growth[AHEAD[i] - 1] * squares / 96;
      assertThat(variance).isCloseTo(variances[i], within(1e-9 * variance));
    }
  }

  private static EtsState start(double trend, double... season) {
    return new EtsState(20, trend, season, -1, 1, 0);
  }

  /**
   * statsmodels 0.15.0: {@code ETSModel(y, error, trend, damped_trend, seasonal,
   * seasonal_periods=12, initialization_method="known", ...).smooth(params)}, its {@code resid},
   * {@code forecast(24)} and {@code get_prediction(...).forecast_variance}.
   */
  @Test
  void smoothingIsThatOfStatsmodels() {
    var level = new Smoothing(Ets.Trend.NONE, Ets.Season.NONE, 0.4, 0, 0, 1);
    double constant = 30.711389838857166;
    assertSmoothed(
        ADDED,
        level,
        start(0),
        1025.1144328076293,
        new double[] {constant, constant, constant, constant, constant});
    assertVariances(
        level,
        1025.1144328076293,
        1,
        new double[] {
          10.678275341746138,
          12.386799396425522,
          29.472039943219343,
          31.180563997898727,
          49.97432859937194
        });
    var trend = new Smoothing(Ets.Trend.ADDITIVE, Ets.Season.NONE, 0.4, 0.1, 0, 1);
    assertSmoothed(
        ADDED,
        trend,
        start(0.15),
        1594.1001124245017,
        new double[] {
          29.04596543801289,
          28.300202214282123,
          20.842569976974467,
          20.0968067532437,
          11.893411292205279
        });
    assertVariances(
        trend,
        1594.1001124245017,
        1,
        new double[] {
          16.605209504421893,
          20.756511880527366,
          217.52824450792681,
          260.0375808392469,
          1162.3646653095327
        });
    var damped = new Smoothing(Ets.Trend.DAMPED, Ets.Season.NONE, 0.4, 0.1, 0, 0.9);
    assertSmoothed(
        ADDED,
        damped,
        start(0.15),
        1357.284338059931,
        new double[] {
          29.336618557822057,
          28.873140257336217,
          26.156279570466086,
          26.010835168715847,
          25.11261350266444
        });
    assertVariances(
        damped,
        1357.284338059931,
        1,
        new double[] {
          14.138378521457613,
          17.533003204459597,
          116.66922242764144,
          132.13273042274992,
          340.7712230790606
        });
  }

  /** As above. */
  @Test
  void seasonsAreThoseOfStatsmodels() {
    var added = new Smoothing(Ets.Trend.DAMPED, Ets.Season.ADDITIVE, 0.3, 0.05, 0.2, 0.95);
    assertSmoothed(
        ADDED,
        added,
        start(0.15, values(12, i -> 5 * wave(i))),
        52.16932679686531,
        new double[] {
          34.390541108553286,
          37.226970945486244,
          31.808877358213625,
          35.11372276784909,
          32.220223152753725
        });
    assertVariances(
        added,
        52.16932679686531,
        12,
        new double[] {
          0.543430487467347,
          0.6090531152695746,
          2.380629967344798,
          2.857396778831009,
          7.380532065950866
        });
    var multiplied =
        new Smoothing(Ets.Trend.DAMPED, Ets.Season.MULTIPLICATIVE, 0.3, 0.05, 0.2, 0.95);
    assertSmoothed(
        MULTIPLIED,
        multiplied,
        start(0.15, values(12, i -> 1 + 0.3 * wave(i))),
        0.13089386848388312,
        new double[] {
          34.46172403538038,
          40.20197478610834,
          28.593853600879605,
          35.00543117341277,
          28.846713247033716
        },
        3e-4); // it divides the step of the season by 1 + αε, which the paper does not
  }

  /**
   * Hyndman and Athanasopoulos, "Forecasting: principles and practice", 2nd edition, 7.1: annual
   * oil production in Saudi Arabia, α = 0.8339, ℓ₀ = 446.5868, forecast 542.68; the published
   * figures are rounded.
   */
  @Test
  void theOptimumIsThePublishedOne() {
    double[] oil = {
      445.36, 453.20, 454.41, 422.38, 456.04, 440.39, 425.19, 486.21, 500.43, 521.28, 508.95,
      488.89, 509.87, 456.72, 473.82, 525.95, 549.83, 542.34
    };
    EtsModel model = new Ets().period(1).trend(Ets.Trend.NONE).clip(NEVER).fit(series(oil));
    assertThat(model.smoothing().alpha()).isCloseTo(0.8339, within(0.01));
    assertThat(model.first().level()).isCloseTo(446.5868, within(1.0));
    assertThat(model.forecast(1, 0.95).expected()[0]).isCloseTo(542.68, within(0.1));
  }

  @Test
  void theFormIsChosen() {
    EtsModel added = new Ets().fit(series(ADDED));
    assertThat(added.note())
        .isEqualTo("exponential smoothing with a trend and an added season of 12 steps");
    EtsModel multiplied = new Ets().fit(series(MULTIPLIED));
    assertThat(multiplied.note())
        .isEqualTo("exponential smoothing with a trend and a multiplied season of 12 steps");
    EtsModel flat = new Ets().fit(series(values(96, EtsTest::noise)));
    assertThat(flat.note()).isEqualTo("exponential smoothing with no trend and no season");
  }

  @Test
  void ninetyPercentOfLaterValuesLieInTheInterval() {
    var random = new SplittableRandom(11);
    for (int kind = 0; kind < 4; kind++) {
      int within = 0;
      for (int round = 0; round < 25; round++) {
        double[] all = made(kind, 324, random);
        Forecast forecast = new Ets().fit(series(Arrays.copyOf(all, 300))).forecast(24, 0.9);
        for (int h = 0; h < 24; h++) {
          double value = all[300 + h];
          within += value >= forecast.lower()[h] && value <= forecast.upper()[h] ? 1 : 0;
        }
      }
      assertThat(within / (25 * 24.0)).as("kind %s", kind).isBetween(0.85, 0.95);
    }
  }

  private static double[] made(int kind, int count, SplittableRandom random) {
    double[] level = {50};
    return values(
        count,
        i -> {
          double error = random.nextGaussian();
          return switch (kind) {
            case 0 -> 50 + 10 * wave(i) + error;
            case 1 -> 50 + 0.05 * i + 10 * wave(i) + error;
            case 2 -> (50 + 0.05 * i) * (1 + 0.3 * wave(i)) * (1 + 0.05 * error);
            default -> {
              double value = level[0] + error;
              level[0] += 0.3 * error;
              yield value;
            }
          };
        });
  }

  private static final List<Integer> OUTLIERS =
      List.of(5, 31, 32, 60, 97, 118, 151, 170, 203, 211, 240, 266, 289);

  @Test
  void outliersInTheHistoryHardlyCount() {
    double[] clean = values(300, i -> 50 + 10 * wave(i) + 2 * noise(i));
    double[] spoilt = clean.clone();
    for (int i : OUTLIERS) {
      spoilt[i] += 200;
    }
    Forecast before = new Ets().fit(series(clean)).forecast(24, 0.9);
    EtsModel model = new Ets().fit(series(spoilt));
    Forecast after = model.forecast(24, 0.9);
    for (int h = 0; h < 24; h++) {
      assertThat(after.expected()[h]).isCloseTo(before.expected()[h], within(1.5));
      assertThat(after.upper()[h] - after.lower()[h]).isLessThan(8);
    }
    double[] score = model.readTraining(series(spoilt)).score();
    for (int i = 0; i < 300; i++) {
      if (OUTLIERS.contains(i)) {
        assertThat(score[i]).as("score of outlier %s", i).isGreaterThan(30);
      } else {
        assertThat(score[i]).as("score of %s", i).isLessThan(6);
      }
    }
  }

  @Test
  void gapsArePassedOver() {
    double[] values = values(400, i -> 50 + 10 * wave(i) + 2 * noise(i));
    EtsModel model = new Ets().fit(series(Arrays.copyOf(values, 300)));
    Series later = series(values).slice(341, 400); // 41 hours are missing, not whole seasons
    for (double score : model.score(later)) {
      assertThat(score).isLessThan(5);
    }
  }

  @Test
  void aStreamFollowsTheSeasonAndANewLevel() {
    SeriesStream stream = new Ets().start(1);
    var random = new SplittableRandom(3);
    for (int i = 0; i < 1000; i++) {
      double value = (i < 700 ? 50 : 90) + 10 * wave(i) + random.nextGaussian();
      double score = stream.score(i * HOUR, new double[] {value});
      if ((i >= 300 && i < 700) || i >= 760) {
        assertThat(score).as("score at %s", i).isLessThan(7);
      } else if (i == 700) {
        assertThat(score).isGreaterThan(20);
      }
      stream.learn(i * HOUR, new double[] {value});
    }
  }

  @Test
  void whatCannotBeFittedIsNamed() {
    assertThatThrownBy(() -> new Ets().fit(series(1, Double.NaN, 3, 4)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("needs 4 known values, there are 3 of 4 points");
    assertThatThrownBy(() -> new Ets().season(Ets.Season.MULTIPLICATIVE).fit(series(1, 2, 0, 4, 5)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("values above 0");
    assertThatThrownBy(() -> new Ets().fit(series(1, 2, 3, 4)).forecast(3, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("level");
    assertThatThrownBy(() -> new Ets().start(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one variable");
  }

  /** Relative errors have no unit: once those of large values were taken for rounding. */
  @Test
  void aMultipliedSeasonIsLearnedInAnyUnit() {
    Ets ets = new Ets().period(12).season(Ets.Season.MULTIPLICATIVE);
    EtsModel model = ets.fit(series(MULTIPLIED));
    double[] bytes = Arrays.stream(MULTIPLIED).map(value -> Math.scalb(value, 40)).toArray();
    EtsModel large = ets.fit(series(bytes));
    assertThat(large.smoothing().alpha()).isCloseTo(model.smoothing().alpha(), within(1e-6));
    assertThat(large.last().scale()).isCloseTo(model.last().scale(), within(1e-9));
    assertThat(new Ets().fit(series(bytes)).note()).contains("a multiplied season of 12");
  }

  @Test
  void aForecastBeyondTheEndOfTimeIsRefused() {
    long[] times = {0, 1L << 59, 1L << 60, 3L << 59, 1L << 61};
    EtsModel model = new Ets().fit(Series.of(times, new double[] {1, 2, 3, 4, 5}));
    assertThat(model.forecast(2, 0.9).times()).isSorted();
    assertThatThrownBy(() -> model.forecast(100, 0.9))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("beyond the last time");
  }

  /** The level jumps more than one step ahead lets expect: what was missed before is promised. */
  @Test
  void intervalsAreAsWideAsPastForecastsWereWrong() {
    var past = new PastForecasts();
    for (int i = 1; i <= 100; i++) {
      past.add(1, i % 2 == 0 ? i : -i, 100);
      past.add(2, 3 * i, 100);
      past.add(3, Double.NaN, 100);
      past.add(4, 1, i < 20 ? 1 : 0);
    }
    double[] widening = past.widening();
    assertThat(widening).hasSize(3);
    assertThat(widening[0]).isEqualTo(1); // never narrower than the model has it
    assertThat(widening[1]).isCloseTo(3 * 0.9 / 1.645, within(0.02));
    assertThat(widening[2]).isEqualTo(10);
    assertThat(PastForecasts.at(widening, 1_000)).isEqualTo(10);
    assertThat(PastForecasts.at(new double[0], 7)).isEqualTo(1);
    var few = new PastForecasts();
    for (int ahead = 1; ahead < 60; ahead++) {
      few.add(ahead, 2 * 1.645, 1); // 1, 2, 4, 8 and 16 of the first octaves: taken together
    }
    assertThat(few.widening()).hasSize(5).containsOnly(few.widening()[0]);
    assertThat(few.widening()[0]).isCloseTo(2, within(0.001));
  }
}
