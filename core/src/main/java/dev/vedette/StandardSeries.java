package dev.vedette;

import dev.vedette.series.LeftProfile;
import dev.vedette.series.MatrixProfile;
import dev.vedette.series.SubPca;
import dev.vedette.series.VariableGraph;
import dev.vedette.series.Windows;

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
            "left-profile",
            new LeftProfile(),
            "how unlike anything remembered the shape of the last points is",
            "point O(memory)")
        .and(
            "sub-pca",
            new SubPca(),
            "how improbable the shape around a point is among main shapes and noise",
            "O(components · window) a point")
        .and(
            "windows",
            new Windows(),
            "how strange the stretches around a point are to a detector of rows",
            "what the detector takes for n rows")
        .and(
            "variable-graph",
            new VariableGraph(),
            "how far variables are from what their past and related variables make of them",
            "read O(d · n · neighbors · lags)");
  }
}
