package dev.vedette.series;

import dev.vedette.Require;
import dev.vedette.data.Moments;

/**
 * A period of a series.
 *
 * @param points its length in points, at least 2; whole where the series does not tell otherwise
 * @param strength the share of the variance around the trend (and shorter seasons) that repeats,
 *     from 0 to 1
 */
public record Season(double points, double strength) {
  private static final double YEAR = 365.25 * 86_400_000;

  public Season {
    Require.range("the length of a season", points, 2, Integer.MAX_VALUE);
    Require.range("the strength of a season", strength, 0, 1);
  }

  /** The length in whole points. */
  public int rounded() {
    return (int) Math.rint(points);
  }

  /** What a season of so many milliseconds is called: {@code season of a day}. */
  static String name(double millis) {
    double years = millis / YEAR;
    String every =
        Math.abs(years - 1) < 0.01 ? "year" : Moments.every(Math.max(1, Math.round(millis)));
    return Character.isLetter(every.charAt(0))
        ? "season of " + (every.equals("hour") ? "an " : "a ") + every
        : "season of " + every;
  }
}
