package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.Require;
import dev.vedette.data.Series;
import java.util.Arrays;
import java.util.List;

/**
 * What a history says of times after it: the level it ended with, where that was going, and the
 * profiles of its seasons, by the phase of the time. The slope fades, halved with every quarter of
 * the history's length, as no line goes on for ever.
 *
 * @param grid the slots of times
 * @param slots of the history
 * @param seasons lengths in slots
 * @param profiles what is usual in each phase of each season, around 0
 * @param level at the last slot of the history
 * @param slope per slot at that time
 */
record Outlook(
    Grid grid, int slots, double[] seasons, double[][] profiles, double level, double slope) {
  private static final double LARGEST = 1e100;

  Outlook {
    Require.that(seasons.length == profiles.length, "an outlook needs one profile per season");
    Require.that(slots > 0, "an outlook needs slots");
    Require.finite("the profile", new double[] {level, slope});
    for (int k = 0; k < seasons.length; k++) {
      Require.range("a season", seasons[k], 1, Integer.MAX_VALUE);
      Require.that(profiles[k].length > 0, "a profile is empty");
      Require.finite("a profile", profiles[k]);
    }
  }

  /** What the end of a decomposed history tells. */
  static Outlook of(Grid grid, PeriodicMedians parts) {
    double[] trend = parts.trend();
    int n = trend.length;
    int back = Math.max(1, n / 4);
    double slope = n > back ? (trend[n - 1] - trend[n - 1 - back]) / back : 0;
    return new Outlook(grid, n, parts.seasons(), parts.profiles(), trend[n - 1], slope);
  }

  /** Trend, moved by {@code center}, and seasons at all points of {@code series}. */
  Parts parts(Series series, double center) {
    double[] trend = new double[series.points()];
    double[][] added = new double[seasons.length][trend.length];
    for (int i = 0; i < trend.length; i++) {
      long slot = grid.slot(series.time(i));
      trend[i] = trend(slot);
      for (int k = 0; k < seasons.length; k++) {
        added[k][i] = profiles[k][Fold.phase(slot, seasons[k], profiles[k].length)];
      }
    }
    List<String> names = Arrays.stream(seasons).mapToObj(grid::season).toList();
    return Parts.of(trend, names, added, center);
  }

  private double trend(long slot) {
    long ahead = slot - (slots - 1);
    double half = Math.max(1, slots / 4.0);
    double reach = half / Math.log(2);
    return level
        + (ahead > 0
            ? slope * reach * -Math.expm1(-ahead / reach)
            : slope * Math.max((double) ahead, -half));
  }

  /** Refuses a history of too few points, or with values too large to square. */
  static void requirePoints(Series history, int least) {
    if (history.points() < least) {
      throw new DataException(
          "the series has %s points; at least %s are needed".formatted(history.points(), least));
    }
    for (int v = 0; v < history.variables(); v++) {
      for (int i = 0; i < history.points(); i++) {
        if (Math.abs(history.value(v, i)) > LARGEST) {
          throw new DataException(
              "point %s, variable '%s' is %s, too large to square; scale it first"
                  .formatted(i, history.names().get(v), history.value(v, i)));
        }
      }
    }
  }
}
