package dev.vedette.azure;

import dev.vedette.azure.LastResult.Verdict;
import dev.vedette.math.Quantiles;

/** One request at work. */
final class Engine {
  private final UnivariateRequest request;
  private final Points points;
  private final Tuning tuning;
  private final int period;
  private final Gaps series;

  Engine(UnivariateRequest request, int longest) {
    this.request = request;
    this.points = request.points();
    this.tuning = request.tuning();
    Integer given = request.period();
    this.period = given != null ? given : searched(longest);
    requireDense();
    this.series = Gaps.fill(points, request.imputation(), period, longest);
  }

  /** A season is found only where most points are; one that is given may be asked too much. */
  private void requireDense() {
    long span = period > 1 ? Grid.span(points) : 0;
    if (points.count() < 0.5 * span) {
      throw new RequestException(
          ErrorCode.INVALID_SERIES,
          ("Ratio of missing points should be less than 50%% for seasonal timeseries."
                  + " There should be at least %d points, but got %d points.")
              .formatted((span + 1) / 2, points.count()));
    }
  }

  private int searched(int longest) {
    long span = Grid.span(points);
    if (points.count() < 0.5 * span) {
      return 0;
    }
    Imputation fill = request.imputation();
    if (fill.mode() == Imputation.Mode.AUTO) {
      fill = new Imputation(Imputation.Mode.PREVIOUS);
    }
    double[] values = Gaps.fill(points, fill, 0, longest).values();
    return PeriodSearch.find(values, points.granularity(), points.every());
  }

  EntireResult entire() {
    double[] values = series.values();
    Judgement judged = judge(values, tuning.maxAnomalyRatio(), false);
    Margins margins = Margins.of(values, judged, tuning);
    int n = points.count();
    double[] expected = new double[n];
    double[] upper = new double[n];
    double[] lower = new double[n];
    double[] severity = new double[n];
    boolean[] anomaly = new boolean[n];
    boolean[] positive = new boolean[n];
    for (int i = 0; i < n; i++) {
      int at = series.at()[i];
      expected[i] = judged.expected()[at];
      upper[i] = margins.upper()[at];
      lower[i] = margins.lower()[at];
      severity[i] = margins.severity()[at];
      anomaly[i] = margins.anomaly()[at];
      positive[i] = anomaly[i] && values[at] > expected[i];
    }
    var trace = new Trace(judged.detector(), series.filled());
    return new EntireResult(period, expected, upper, lower, anomaly, positive, severity, trace);
  }

  LastResult last() {
    double[] values = series.values();
    Judgement judged = judge(values, tuning.maxAnomalyRatio(), true);
    Margins margins = Margins.of(values, judged, tuning);
    int at = values.length - 1;
    double expected = judged.expected()[at];
    boolean anomaly = margins.anomaly()[at];
    var verdict = new Verdict(anomaly, anomaly && values[at] > expected, margins.severity()[at]);
    int window = period > 0 ? 4 * period + 1 : points.granularity().window() + 1;
    var trace = new Trace(judged.detector(), series.filled());
    return new LastResult(
        period, window, expected, margins.upper()[at], margins.lower()[at], verdict, trace);
  }

  private Judgement judge(double[] values, double ratio, boolean last) {
    if (period > 1) {
      double share = last ? fewer(values, ratio) : ratio;
      return SeasonalSeries.judge(values, period, share, tuning, last);
    }
    Differenced.Judge dynamic = (v, share) -> DynamicThreshold.judge(v, share, tuning);
    Differenced.Judge dynamicLast = (v, share) -> DynamicThreshold.judgeLast(v, fewer(v, share));
    Differenced.Judge all = (v, share) -> SpectralResidual.judge(v, share, tuning);
    Differenced.Judge latest = (v, share) -> SpectralResidual.judgeLast(v, fewer(v, share), tuning);
    Differenced.Judge judge =
        spectral(values) ? (last ? latest : all) : last ? dynamicLast : dynamic;
    return Differenced.judge(values, ratio, judge);
  }

  /** The share of anomalies where most points have one value. */
  private static double fewer(double[] values, double ratio) {
    double majority = Majority.share(values);
    return majority > Majority.MOST
        ? Math.max((1 - majority) * ratio, Math.min(0.05, ratio))
        : ratio;
  }

  /** Whether points follow each other within the hour and do not mostly have one value. */
  private boolean spectral(double[] values) {
    boolean dense =
        (points.granularity() == Granularity.MINUTELY && points.every() < 60)
            || (points.granularity() == Granularity.SECONDLY && points.every() < 3600);
    if (!dense) {
      return false;
    }
    double median = Quantiles.median(values);
    double[] away = new double[values.length];
    for (int i = 0; i < away.length; i++) {
      away[i] = Math.abs(values[i] - median);
    }
    return Quantiles.median(away) > 0;
  }
}
