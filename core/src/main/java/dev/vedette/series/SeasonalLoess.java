package dev.vedette.series;

import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.SeriesDetector;
import dev.vedette.SeriesModel;
import dev.vedette.data.Imputation;
import dev.vedette.data.Series;
import java.util.Arrays;

/**
 * Robust seasonal-trend decomposition by loess: how far a value is from trend plus seasons, in
 * robust standard deviations of what is left.
 *
 * <p>{@link Stl} for one season (Cleveland et al. 1990), for several one after the other, the
 * shortest first, twice (MSTL, Bandara, Hyndman and Bergmeir 2021, arXiv 2107.13462); a series
 * without a season has a trend of medians. Missing values may be NaN; they are bridged by lines for
 * the decomposition and score 0.
 *
 * <p>Score ≥ 0; above 4 is rare where noise is normal. Later points are judged by the trend and the
 * seasons the history ended with. O(n) for each season and iteration, about ten times as long as
 * {@link SeasonalEsd}. An anomaly longer than the window of the trend becomes the trend.
 *
 * @param period points in a season; 0 to find seasons
 * @param robustness iterations that weigh outliers down, from 0 to 50
 */
public record SeasonalLoess(int period, int robustness) implements SeriesDetector {
  private static final int FEWEST = 4;
  private static final int ROUNDS = 2;

  public SeasonalLoess {
    Periods.requirePeriod(period);
    Require.range("robustness", robustness, 0, 50);
  }

  /** Seasons found, 10 robust iterations. */
  public SeasonalLoess() {
    this(0, 10);
  }

  public SeasonalLoess period(int period) {
    return new SeasonalLoess(period, robustness);
  }

  public SeasonalLoess robustness(int robustness) {
    return new SeasonalLoess(period, robustness);
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  @Override
  public Fitted fit(Series history) {
    history.requireUsable(1, true);
    Outlook.requirePoints(history, FEWEST);
    Grid grid = Grid.of(history);
    double[] values = Grid.values(history, grid.slots(history));
    double[] seasons =
        Arrays.stream(Periods.lengths(values, history.step(), period))
            .map(Math::rint)
            .distinct()
            .filter(season -> 2 * season <= values.length)
            .toArray();
    PeriodicMedians parts = decompose(values, seasons);
    return new Fitted(this, Outlook.of(grid, parts), Spread.of(parts.remainder()));
  }

  /** Trend, a profile for each season, and what is left. */
  private PeriodicMedians decompose(double[] values, double[] seasons) {
    double[] bridged = new Imputation.Linear().fill(values);
    if (seasons.length == 0 || Double.isNaN(bridged[0])) {
      return PeriodicMedians.of(values, new double[0]);
    }
    double[][] profiles = new double[seasons.length][];
    double[] level = bridged.clone(); // without the seasons found so far
    double[] trend = level;
    for (int round = 0; round < (seasons.length == 1 ? 1 : ROUNDS); round++) {
      for (int k = 0; k < seasons.length; k++) {
        int length = (int) seasons[k];
        if (round > 0) {
          add(level, profiles[k], 1);
        }
        Decomposition parts =
            new Stl(length).inner(robustness > 0 ? 1 : 2).outer(robustness).decompose(level);
        profiles[k] = Arrays.copyOf(parts.seasonal(), length);
        trend = parts.trend();
        add(level, profiles[k], -1);
      }
    }
    double[] rest = new double[values.length];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = Double.isNaN(values[i]) ? Double.NaN : level[i] - trend[i];
    }
    return new PeriodicMedians(trend, profiles, seasons, rest);
  }

  private static void add(double[] values, double[] profile, int sign) {
    for (int i = 0; i < values.length; i++) {
      values[i] += sign * profile[i % profile.length];
    }
  }

  /**
   * A fitted {@link SeasonalLoess}.
   *
   * @param outlook what is expected at a time
   * @param spread of what is left
   */
  public record Fitted(SeasonalLoess detector, Outlook outlook, double spread)
      implements SeriesModel {
    public Fitted {
      Require.finite("the spread", new double[] {spread});
      Require.that(spread >= 0, "the spread is negative");
    }

    @Override
    public int variables() {
      return 1;
    }

    @Override
    public Reading read(Series later) {
      later.requireUsable(1, true);
      return outlook.parts(later, 0).band(later, spread);
    }

    @Override
    public Reading readTraining(Series history) {
      history.requireUsable(1, true);
      long[] slots = outlook.grid().slots(history);
      PeriodicMedians parts = detector.decompose(Grid.values(history, slots), outlook.seasons());
      return parts.parts(outlook.grid(), slots, 0).band(history, spread);
    }
  }
}
