package dev.vedette.series;

import dev.vedette.Require;

/**
 * A period of a series.
 *
 * @param points its length in points, at least 2; whole where the series does not tell otherwise
 * @param strength the share of the variance around the trend (and shorter seasons) that repeats,
 *     from 0 to 1
 */
public record Season(double points, double strength) {
  public Season {
    Require.range("the length of a season", points, 2, Integer.MAX_VALUE);
    Require.range("the strength of a season", strength, 0, 1);
  }

  /** The length in whole points. */
  public int rounded() {
    return (int) Math.rint(points);
  }
}
