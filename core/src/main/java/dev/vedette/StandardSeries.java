package dev.vedette;

import dev.vedette.series.MatrixProfile;
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
            "read O(d · n · neighbors · lags)");
  }
}
