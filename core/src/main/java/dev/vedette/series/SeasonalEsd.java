package dev.vedette.series;

import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.SeriesDetector;
import dev.vedette.SeriesModel;
import dev.vedette.data.Series;
import dev.vedette.math.Quantiles;
import java.util.Arrays;

/**
 * Seasonal hybrid ESD: outliers among what the seasons and the level leave of a series, judged by
 * median and median absolute deviation, so that many outliers do not hide each other.
 *
 * <p>Hochenbaum, Vallis and Kejariwal, "Automatic Anomaly Detection in the Cloud Via Statistical
 * Learning", 2017, arXiv 1704.07706, with the test of Rosner ({@link GeneralizedEsd}). The season
 * and the level here are medians over phases and over a season's length, and there may be several
 * seasons, found by {@link Periods}.
 *
 * <p>Score: how many robust standard deviations a value is from what is expected at its time; from
 * {@link Fitted#limit()} on, around 4.4 for 2,000 points, the test calls it an outlier. Later
 * points are judged by the season and the level the history ended with. Missing values may be NaN.
 *
 * <p>O(n log n). Blind to anomalies longer than half a season, which become the level, and to a
 * changed order of usual values.
 *
 * @param period points in a season; 0 to find them
 * @param share the largest share of outliers, above 0 and below 0.5
 * @param alpha the chance of a false outlier in a whole series of normal remainders
 * @param side which outliers count
 */
public record SeasonalEsd(int period, double share, double alpha, GeneralizedEsd.Side side)
    implements SeriesDetector {
  static final int FEWEST = 4;

  public SeasonalEsd {
    Periods.requirePeriod(period);
    Require.that(share > 0 && share < 0.5, "share must be above 0 and below 0.5, is " + share);
    Require.range("alpha", alpha, 1e-9, 0.5);
  }

  /** Seasons found, at most 10 % outliers on both sides, 5 % false alarms. */
  public SeasonalEsd() {
    this(0, 0.1, 0.05, GeneralizedEsd.Side.BOTH);
  }

  public SeasonalEsd period(int period) {
    return new SeasonalEsd(period, share, alpha, side);
  }

  public SeasonalEsd share(double share) {
    return new SeasonalEsd(period, share, alpha, side);
  }

  public SeasonalEsd alpha(double alpha) {
    return new SeasonalEsd(period, share, alpha, side);
  }

  public SeasonalEsd side(GeneralizedEsd.Side side) {
    return new SeasonalEsd(period, share, alpha, side);
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
    return fit(grid, values, Periods.lengths(values, history.step(), period));
  }

  /** Fits a history whose seasons are known. */
  Fitted fit(Grid grid, double[] values, double[] seasons) {
    PeriodicMedians parts = PeriodicMedians.of(values, seasons);
    int most = (int) Math.ceil(share * values.length);
    GeneralizedEsd.Outcome outcome =
        new GeneralizedEsd(most, alpha, side, true).test(parts.remainder());
    // Where most values are as expected nothing else would have a size.
    double spread =
        outcome.spread() > 0
            ? outcome.spread()
            : Spread.around(parts.remainder(), outcome.center());
    double limit =
        Math.max(outcome.limit(), beyondShare(parts.remainder(), outcome.center(), spread, most));
    limit = Math.min(limit, Reading.MOST);
    return new Fitted(this, Outlook.of(grid, parts), outcome.center(), spread, limit);
  }

  /** The score that just {@code most} points exceed. */
  private static double beyondShare(double[] remainder, double center, double spread, int most) {
    double[] scores = new double[remainder.length];
    Arrays.setAll(scores, i -> Reading.score(remainder[i], center, spread));
    double[] sorted = Quantiles.sorted(scores);
    return most < sorted.length ? sorted[sorted.length - 1 - most] : 0;
  }

  /**
   * A fitted {@link SeasonalEsd}.
   *
   * @param outlook what is expected at a time
   * @param center the middle of what is left
   * @param spread of what is left, outliers left out
   * @param limit the score from which on the test calls a point an outlier
   */
  public record Fitted(
      SeasonalEsd detector, Outlook outlook, double center, double spread, double limit)
      implements SeriesModel {
    public Fitted {
      Require.finite("the centre", new double[] {center, spread, limit});
      Require.that(spread >= 0 && limit >= 0, "spread and limit must not be negative");
    }

    @Override
    public int variables() {
      return 1;
    }

    @Override
    public Reading read(Series later) {
      later.requireUsable(1, true);
      return sided(outlook.parts(later, center).band(later, spread), later);
    }

    @Override
    public Reading readTraining(Series history) {
      history.requireUsable(1, true);
      long[] slots = outlook.grid().slots(history);
      PeriodicMedians parts = PeriodicMedians.of(Grid.values(history, slots), outlook.seasons());
      return sided(parts.parts(outlook.grid(), slots, center).band(history, spread), history);
    }

    private Reading sided(Reading reading, Series series) {
      if (detector.side == GeneralizedEsd.Side.BOTH) {
        return reading;
      }
      double[] score = reading.score();
      for (int i = 0; i < score.length; i++) {
        boolean high = series.value(0, i) > reading.expected()[0][i];
        if (high != (detector.side == GeneralizedEsd.Side.HIGH)) {
          score[i] = 0;
        }
      }
      return reading.withBand(false);
    }
  }
}
