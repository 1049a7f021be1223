package dev.vedette.series;

import dev.vedette.Require;

/**
 * Where an exponential smoothing stands after a slot.
 *
 * @param level of the series without its season
 * @param trend of the level per slot
 * @param season by slot modulo its length; empty without one
 * @param slot the last one learned
 * @param scale of the errors: their usual size, relative with a multiplicative season
 * @param run errors beyond the limit in a row, negative below
 */
record EtsState(double level, double trend, double[] season, long slot, double scale, int run) {
  EtsState {
    Require.that(
        Double.isFinite(level) && Double.isFinite(trend) && scale >= 0 && scale < 1e300,
        "the state of a smoothing is damaged");
    Require.finite("a season", season);
  }

  EtsState scaled(double newScale) {
    return new EtsState(level, trend, season, slot, newScale, run);
  }
}
