package dev.vedette;

import dev.vedette.series.Additive;
import dev.vedette.series.BayesianChangePoints;
import dev.vedette.series.Ets;
import dev.vedette.series.MatrixProfile;
import dev.vedette.series.Pelt;
import dev.vedette.series.SeasonalNaive;
import dev.vedette.series.VariableGraph;

/** Vedette's own detectors of series, one line each; the first is the default. */
final class StandardSeries {
  private StandardSeries() {}

  /** {@code catalogue} and the detectors of series. */
  static Detectors in(Detectors catalogue) {
    return catalogue
        .and(
            "matrix-profile",
            new MatrixProfile(),
            "how unlike anything in the history the shape around a point is",
            "history in hindsight O(n²), k later points O(k · n)")
        .and(
            "variable-graph",
            new VariableGraph(),
            "how far variables are from what their past and related variables make of them",
            "read O(d · n · neighbors · lags)")
        .and(
            "ets",
            new Ets(),
            "usual errors off what level, trend and season so far let expect",
            "read O(n)")
        .and(
            "seasonal-naive",
            new SeasonalNaive(),
            "usual differences from the value of a season before",
            "read O(n)")
        .and(
            "additive",
            new Additive(),
            "usual errors off a bending trend, waves of year, week and day, and holidays",
            "read O(n · terms)")
        .and(
            "pelt",
            new Pelt(),
            "how sure it is that the level, spread or slope changes at a point",
            "read about O(n log n)")
        .and(
            "bayesian-change-points",
            new BayesianChangePoints(),
            "how probable it is that the level changed within the last points",
            "point O(runs)");
  }
}
