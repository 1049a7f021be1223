package dev.vedette;

import dev.vedette.series.PcaMonitor;
import dev.vedette.series.VariableGraph;
import dev.vedette.series.VectorAutoregression;

/** Vedette's own detectors of series, one line each; the first is the default. */
final class StandardSeries {
  private StandardSeries() {}

  /** {@code catalogue} and the detectors of series. */
  static Detectors in(Detectors catalogue) {
    return catalogue
        .and(
            "variable-graph",
            new VariableGraph(),
            "how far variables are from what their past and related variables make of them",
            "read O(d · n · neighbors · lags)")
        .and(
            "vector-autoregression",
            new VectorAutoregression(),
            "how far a point is from what the last points of all variables make of it",
            "read O(d² · n · lags)")
        .and(
            "pca-monitor",
            new PcaMonitor(),
            "far out among what varies together (T²), or breaking how it does (Q)",
            "read O(d² · n)");
  }
}
