package dev.vedette.series;

import dev.vedette.Forecast;
import dev.vedette.Forecaster;
import dev.vedette.Reading;
import dev.vedette.Reading.Component;
import dev.vedette.Require;
import dev.vedette.data.Series;
import dev.vedette.math.Normal;
import java.util.List;

/**
 * A fitted {@link Ets}.
 *
 * @param origin time of slot 0
 * @param step between slots, in milliseconds
 * @param end time of the last point of the history
 * @param first the state before slot 0
 * @param last the state after the history
 * @param widening of the intervals of forecasts, as {@link PastForecasts} has it
 */
public record EtsModel(
    Ets detector,
    long origin,
    long step,
    long end,
    Smoothing smoothing,
    EtsState first,
    EtsState last,
    double[] widening)
    implements Forecaster {
  public EtsModel {
    Require.that(step > 0, "the step is not positive");
    Require.finite("the widening", widening);
  }

  @Override
  public int variables() {
    return 1;
  }

  @Override
  public String note() {
    int period = last.season().length;
    String trend =
        switch (smoothing.trend()) {
          case DAMPED -> "a damped trend";
          case ADDITIVE -> "a trend";
          default -> "no trend";
        };
    return period == 0
        ? "exponential smoothing with %s and no season".formatted(trend)
        : "exponential smoothing with %s and %s season of %s steps"
            .formatted(trend, smoothing.multiplicative() ? "a multiplied" : "an added", period);
  }

  /**
   * Points after the history go on from it; others are read from its beginning on. Each point is
   * expected from those before it.
   */
  @Override
  public Reading read(Series later) {
    later.requireUsable(1, true);
    boolean after = later.points() > 0 && later.time(0) > end;
    return read(later, after ? last : first);
  }

  @Override
  public Reading readTraining(Series history) {
    history.requireUsable(1, true);
    return read(history, first);
  }

  private Reading read(Series series, EtsState from) {
    int points = series.points();
    double[] expected = new double[points];
    double[] spread = new double[points];
    double[] trend = new double[points];
    double[] season = new double[points];
    var filter = new EtsFilter(smoothing, from, detector.clip());
    var grid = new EvenSteps(origin, step);
    for (int i = 0; i < points; i++) {
      long ahead = filter.ahead(grid.slot(series.time(i)));
      expected[i] = filter.expected(ahead);
      spread[i] = filter.spread(ahead, expected[i]);
      trend[i] = filter.trend(ahead);
      season[i] = expected[i] - trend[i];
      filter.learn(ahead, series.value(0, i));
    }
    return Reading.of(series.values(0), expected, spread).withComponents(components(trend, season));
  }

  /** A season that multiplies adds what it makes of the level. */
  private List<Component> components(double[] trend, double[] season) {
    int period = last.season().length;
    Component slow = Component.of(Component.TREND, trend);
    return period == 0
        ? List.of(slow)
        : List.of(slow, Component.of(Season.name((double) step * period), season));
  }

  @Override
  public Forecast forecast(int points, double level) {
    Require.range("points", points, 1, 10_000_000);
    Require.that(level > 0 && level < 1, "level must be more than 0 and less than 1");
    var filter = new EtsFilter(smoothing, last, detector.clip());
    double wide = Normal.quantile((1 + level) / 2);
    double[] growth = smoothing.growth(points, filter.period());
    long[] times = EvenSteps.after(end, step, points);
    double[] expected = new double[points];
    double[] lower = new double[points];
    double[] upper = new double[points];
    for (int h = 0; h < points; h++) {
      expected[h] = filter.expected(h + 1);
      double spread = filter.spread(1, expected[h]) * Math.sqrt(growth[h]);
      double half = wide * spread * PastForecasts.at(widening, h + 1);
      lower[h] = expected[h] - half;
      upper[h] = expected[h] + half;
    }
    return new Forecast(times, expected, lower, upper);
  }
}
