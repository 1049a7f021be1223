package dev.vedette;

import dev.vedette.series.Additive;
import dev.vedette.series.BayesianChangePoints;
import dev.vedette.series.DynamicThreshold;
import dev.vedette.series.Ets;
import dev.vedette.series.LeftProfile;
import dev.vedette.series.MatrixProfile;
import dev.vedette.series.MovingAverage;
import dev.vedette.series.MovingMedian;
import dev.vedette.series.Novelty;
import dev.vedette.series.PcaMonitor;
import dev.vedette.series.Pelt;
import dev.vedette.series.Rolling;
import dev.vedette.series.SeasonalEsd;
import dev.vedette.series.SeasonalLoess;
import dev.vedette.series.SeasonalNaive;
import dev.vedette.series.SeasonalProfile;
import dev.vedette.series.SeriesAuto;
import dev.vedette.series.SpectralResidual;
import dev.vedette.series.Spot;
import dev.vedette.series.SubPca;
import dev.vedette.series.VariableGraph;
import dev.vedette.series.VectorAutoregression;
import dev.vedette.series.Windows;

/** Vedette's own detectors of series, one line each; the first is the default. */
final class StandardSeries {
  private StandardSeries() {}

  /** {@code catalogue} and the detectors of series. */
  static Detectors in(Detectors catalogue) {
    return catalogue
        .and(
            "auto-series",
            new SeriesAuto(),
            "chooses by periods, trend and steadiness; robust deviations from what is expected",
            "read O(n · log n)")
        .and(
            "seasonal-esd",
            new SeasonalEsd(),
            "robust deviations from the level and the seasons, which are found",
            "read O(n · log n)")
        .and(
            "stl",
            new SeasonalLoess(),
            "robust deviations from a trend and seasons by loess, one or several",
            "read O(n · robustness)")
        .and(
            "spectral-residual",
            new SpectralResidual(),
            "how salient a point is, by what is new in the spectrum",
            "read O(n · log n)")
        .and(
            "dynamic-threshold",
            new DynamicThreshold(),
            "smoothed deviations against the threshold whose excess stands out most",
            "read O(n · log n)")
        .and(
            "moving-median",
            new MovingMedian(),
            "robust deviations from the median of the neighbours in time",
            "read O(n · window)")
        .and(
            "moving-average",
            new MovingAverage(),
            "robust deviations from the mean of the neighbours in time",
            "read O(n · window)")
        .and(
            "novelty",
            new Novelty(),
            "how far a value, and what the last ones make, is from everything ever seen",
            "point O(memory)")
        .and(
            "spot",
            new Spot(),
            "how improbable by the extreme values of the stream",
            "point O(1), O(peaks · log peaks) at a peak")
        .and(
            "seasonal-profile",
            new SeasonalProfile(),
            "how many spreads from what is usual at this time of the day and week",
            "point O(1)")
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
            "read O(d² · n)")
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
            "point O(runs)")
        .and(
            "rolling",
            new Rolling(),
            "any detector of series as a stream, fitted again to the last points",
            "point: reading half of every, and a share of a fit");
  }
}
