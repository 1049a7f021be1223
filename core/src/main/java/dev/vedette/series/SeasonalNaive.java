package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.Forecast;
import dev.vedette.Forecaster;
import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.SeriesDetector;
import dev.vedette.data.Series;
import dev.vedette.math.Quantiles;
import java.util.Arrays;
import java.util.List;

/**
 * The seasonal naive forecast: a value is expected to be what it was a season before. It is what
 * others have to be better than.
 *
 * <p>Score ≥ 0: 0 is the value of a season before; differences of usual points have a spread of 1.
 * Where that value is missing, the one of a season earlier counts. An anomaly comes back as a
 * difference a season later.
 *
 * <p>Hyndman and Athanasopoulos, "Forecasting: Principles and Practice", 3rd edition, 5.2 and 5.5.
 * It is exponential smoothing that takes on each error in full. Fit O(n), the search for a period
 * O(n log n), a point O(1), memory O(period).
 *
 * @param period length of the season in steps, 1 to 1,000,000; 0 finds it; 1 expects the last value
 */
public record SeasonalNaive(int period) implements SeriesDetector {
  private static final double FAR = 3;

  public SeasonalNaive {
    Require.range("period", period, 0, 1_000_000);
  }

  /** Finds the period. */
  public SeasonalNaive() {
    this(0);
  }

  public SeasonalNaive period(int period) {
    return new SeasonalNaive(period);
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  @Override
  public Fitted fit(Series history) {
    history.requireUsable(1, true);
    Outlook.requirePoints(history, 0);
    EvenSteps steps = EvenSteps.of(history);
    double[] values = steps.values(history, 0);
    int known = Quantiles.sorted(values).length;
    if (known < 2) {
      throw new DataException(
          "a naive forecast needs 2 known values, there are %s of %s points"
              .formatted(known, history.points()));
    }
    int length = period == 0 ? steps.periods(values)[0] : period;
    Smoothing smoothing =
        length == 1
            ? new Smoothing(Ets.Trend.NONE, Ets.Season.NONE, 1, 0, 0, 1)
            : new Smoothing(Ets.Trend.NONE, Ets.Season.ADDITIVE, 0, 0, 1, 1);
    double[] begin = firstSeason(values, length);
    double[] season = length == 1 ? new double[0] : begin;
    var unscaled = new EtsState(length == 1 ? begin[0] : 0, 0, season, -1, 1, 0);
    var filter = new EtsFilter(smoothing, unscaled, Double.MAX_VALUE);
    double[] errors = Arrays.stream(values).map(filter::learn).toArray();
    double scale = scale(Arrays.copyOfRange(errors, Math.min(length, known - 1), errors.length));
    return new Fitted(
        this,
        new EtsModel(
            new Ets().period(length).clip(1e9),
            steps.start(),
            steps.step(),
            history.time(history.points() - 1),
            smoothing,
            unscaled.scaled(scale),
            filter.state().scaled(scale),
            new double[0]));
  }

  /** The first known value of each phase; the median where there is none. */
  private static double[] firstSeason(double[] values, int length) {
    double[] first = new double[length];
    Arrays.fill(first, Double.NaN);
    for (int i = 0; i < values.length; i++) {
      first[i % length] = Double.isNaN(first[i % length]) ? values[i] : first[i % length];
    }
    double median = Quantiles.median(values);
    return Arrays.stream(first).map(value -> Double.isNaN(value) ? median : value).toArray();
  }

  /** The root of the mean square, differences beyond three scales counting as that many. */
  private static double scale(double[] differences) {
    double[] sizes = Arrays.stream(differences).map(Math::abs).toArray();
    double middle = 1.4826 * Quantiles.median(sizes);
    double limit = middle > 0 ? FAR * middle : Double.MAX_VALUE;
    double mean =
        Arrays.stream(Quantiles.sorted(sizes))
            .map(size -> Math.min(size, limit))
            .map(size -> size * size)
            .average()
            .orElse(0);
    return Math.sqrt(mean);
  }

  /**
   * A fitted {@link SeasonalNaive}.
   *
   * @param smoothing the same as exponential smoothing
   */
  public record Fitted(SeasonalNaive detector, EtsModel smoothing) implements Forecaster {
    @Override
    public int variables() {
      return 1;
    }

    @Override
    public String note() {
      int period = smoothing.last().season().length;
      return period == 0 ? "no season was found" : "a season of " + period + " steps";
    }

    @Override
    public Reading read(Series later) {
      return whole(smoothing.read(later));
    }

    @Override
    public Reading readTraining(Series history) {
      return whole(smoothing.readTraining(history));
    }

    /** A value that comes back is not made of parts. */
    private static Reading whole(Reading reading) {
      return reading.withComponents(List.of());
    }

    @Override
    public Forecast forecast(int points, double level) {
      return smoothing.forecast(points, level);
    }
  }
}
