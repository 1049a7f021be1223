package dev.vedette.azure;

import dev.vedette.DataException;
import dev.vedette.Reading;
import dev.vedette.data.Series;
import dev.vedette.series.VariableGraph;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Trains a {@link MultivariateModel}. */
final class MultivariateTraining {
  /** Penalties tried, one an epoch. */
  private static final double[] RIDGES = {1, 0.3, 0.1, 0.03, 0.01, 0.003};

  /** Points at the end of the history on which the penalties are tried. */
  private static final int MOST_TRIED = 2000;

  /** Points at the end of the history whose scores set the limit. */
  private static final int MOST_CALIBRATED = 20_000;

  /** Up to one point in a hundred of a history may be an anomaly. */
  private static final double QUANTILE = 0.99;

  /** Of the score at the quantile: the limit. */
  private static final double MARGIN = 1.5;

  private MultivariateTraining() {}

  static MultivariateModel train(Multivariate detector, Series history, InstantSource clock) {
    int window = detector.slidingWindow();
    MultivariateException.unless(
        history.variables() <= Multivariate.MOST_VARIABLES,
        "TooManyData",
        "Too many variables. Maximum number is %s.".formatted(Multivariate.MOST_VARIABLES));
    MultivariateException.unless(
        history.points() <= MultivariateAlignment.MOST_POINTS,
        "TooManyData",
        "Too many data points. Maximum number is %s per variable."
            .formatted(MultivariateAlignment.MOST_POINTS));
    MultivariateException.unless(
        history.points() > window,
        "NotEnoughInput",
        MultivariateModel.notEnough(history.points(), window));
    try {
      return trained(detector, history, clock);
    } catch (DataException e) { // a value that is missing or too large to compute with
      throw new MultivariateException("VariableParseError", String.valueOf(e.getMessage()));
    }
  }

  private static MultivariateModel trained(
      Multivariate detector, Series history, InstantSource clock) {
    VariableGraph graph = new VariableGraph().correlationWindow(detector.slidingWindow());
    MultivariateDiagnostics diagnostics = epochs(graph, last(history, MOST_TRIED), clock);
    double[] losses = diagnostics.validationLosses();
    int best =
        IntStream.range(0, losses.length).reduce((a, b) -> losses[b] < losses[a] ? b : a).orElse(0);
    VariableGraph.Fitted fitted = graph.ridge(RIDGES[best]).fit(history);
    double limit = limit(fitted, last(history, MOST_CALIBRATED));
    return new MultivariateModel(detector, fitted, limit, diagnostics);
  }

  private static Series last(Series history, int most) {
    return history.slice(Math.max(0, history.points() - most), history.points());
  }

  private static double limit(VariableGraph.Fitted fitted, Series history) {
    double[] scores = fitted.readTraining(history).score();
    Arrays.sort(scores);
    return MARGIN * Math.max(1, scores[(int) (QUANTILE * (scores.length - 1))]);
  }

  private static MultivariateDiagnostics epochs(
      VariableGraph graph, Series history, InstantSource clock) {
    int count = RIDGES.length;
    double[] trainLosses = new double[count];
    double[] validationLosses = new double[count];
    double[] latencies = new double[count];
    for (int epoch = 0; epoch < count; epoch++) {
      Instant start = clock.instant();
      VariableGraph.Fitted fitted = graph.ridge(RIDGES[epoch]).fit(history);
      trainLosses[epoch] = loss(history, fitted.read(history));
      validationLosses[epoch] = loss(history, fitted.readTraining(history));
      latencies[epoch] = Duration.between(start, clock.instant()).toNanos() / 1e9;
    }
    int[] ids = IntStream.rangeClosed(1, count).toArray();
    return new MultivariateDiagnostics(ids, trainLosses, validationLosses, latencies);
  }

  /** The mean squared error, that of the mean value being 1. */
  private static double loss(Series history, Reading reading) {
    double sum = 0;
    int varying = 0;
    for (int v = 0; v < history.variables(); v++) {
      double[] values = history.values(v);
      double mean = Arrays.stream(values).average().orElse(0);
      double error = 0;
      double variance = 0;
      for (int i = 0; i < values.length; i++) {
        double off = values[i] - reading.expected()[v][i];
        error += off * off;
        variance += (values[i] - mean) * (values[i] - mean);
      }
      if (variance > 0) {
        sum += error / variance;
        varying++;
      }
    }
    return varying == 0 ? 0 : sum / varying;
  }
}
