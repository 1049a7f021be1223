package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.SeriesDetector;
import dev.vedette.SeriesModel;
import dev.vedette.data.Series;
import dev.vedette.math.Parallel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Graph of variables: how far each variable is from what its own past and the variables it goes
 * together with make of it.
 *
 * <p>Score ≥ 0: 1 is usual, whatever the number of variables; see {@code half-life} for what counts
 * of the points before. Each variable is predicted by ridge regression from its own last {@code
 * lags} values and from the present and last values of its {@code neighbors}, the variables with
 * the strongest correlations. Were all others its neighbours, its squared error in spreads would be
 * the reconstruction based contribution of the variable (Alcala and Qin 2009,
 * doi:10.1016/j.automatica.2009.02.027), which is largest where the fault is; two variables that
 * only have each other share it. Spreads are those of predictions for stretches of the history that
 * were not learned from; points of the history that are far off are left out of the regression and
 * hardly widen them. The points are taken as equally far apart. The points before the first are
 * taken to be like it.
 *
 * <p>With n points, d variables and w = lags + neighbors · (lags + 1) weights for each: fit O(d² ·
 * n + d · w² · n), of n at most 50,000 points spread evenly; read O(d · w · n). Blind to a new
 * level that comes so slowly that each step is small.
 *
 * @param neighbors how many other variables predict a variable, 0 to 100
 * @param lags how many points before count, 0 to 100
 * @param ridge the penalty on the weights, relative to the variance, 1e-9 to 1000
 * @param halfLife points after which an error counts half in the score, 0 to 1,000,000; 0: only the
 *     point itself counts
 * @param correlationWindow points from which a recent correlation is computed, 10 to 10,000; see
 *     {@link Fitted#changes}
 */
public record VariableGraph(
    int neighbors, int lags, double ridge, double halfLife, int correlationWindow)
    implements SeriesDetector {
  /** A smaller spread, in standard deviations of the variable, is not believed. */
  private static final double LEAST_SPREAD = 0.02;

  public VariableGraph {
    Require.range("neighbors", neighbors, 0, 100);
    Require.range("lags", lags, 0, 100);
    Require.range("ridge", ridge, 1e-9, 1000);
    FadingErrors.requireHalfLife(halfLife);
    Require.range("correlation-window", correlationWindow, 10, 10_000);
  }

  /** Eight neighbours, three lags, ridge 0.01, half-life 3, correlations over 100 points. */
  public VariableGraph() {
    this(8, 3, 0.01, 3, 100);
  }

  public VariableGraph neighbors(int neighbors) {
    return new VariableGraph(neighbors, lags, ridge, halfLife, correlationWindow);
  }

  public VariableGraph lags(int lags) {
    return new VariableGraph(neighbors, lags, ridge, halfLife, correlationWindow);
  }

  public VariableGraph ridge(double ridge) {
    return new VariableGraph(neighbors, lags, ridge, halfLife, correlationWindow);
  }

  public VariableGraph halfLife(double halfLife) {
    return new VariableGraph(neighbors, lags, ridge, halfLife, correlationWindow);
  }

  public VariableGraph correlationWindow(int correlationWindow) {
    return new VariableGraph(neighbors, lags, ridge, halfLife, correlationWindow);
  }

  @Override
  public boolean univariate() {
    return false;
  }

  @Override
  public Fitted fit(Series history) {
    history.requireUsable(history.variables(), false);
    int least = 2 * LaggedRegression.FOLDS + lags;
    if (history.points() < least) {
      throw new DataException(
          "the history has %s points, a graph of variables with %s lags needs %s"
              .formatted(history.points(), lags, least));
    }
    VariableScale scale = VariableScale.of(history);
    Correlations correlations = Correlations.of(history, scale, correlationWindow);
    int variables = history.variables();
    int[][] nearest = new int[variables][];
    double[][] weights = new double[variables][];
    double[] spread = new double[variables];
    Parallel.each(
        variables,
        v -> {
          nearest[v] = nearest(correlations, v);
          LaggedRegression regression = regression(history, scale, v, nearest[v]);
          weights[v] = regression.weights(ridge, -1)[0];
          double[] errors = regression.heldOut(ridge)[0];
          spread[v] = Math.max(LEAST_SPREAD, LaggedRegression.spread(errors));
        });
    return new Fitted(this, history.names(), scale, nearest, weights, spread, correlations);
  }

  private LaggedRegression regression(Series history, VariableScale scale, int v, int[] others) {
    double[][] columns = columns(history, scale, v, others);
    return LaggedRegression.robust(
        width(others.length),
        1,
        history.points(),
        (i, known, now) -> {
          fill(columns, i, known);
          now[0] = columns[0][i];
        },
        ridge);
  }

  private int width(int others) {
    return lags + others * (lags + 1);
  }

  /** The standardised values of variable {@code v}, then of each other. */
  private static double[][] columns(Series series, VariableScale scale, int v, int[] others) {
    double[][] columns = new double[1 + others.length][];
    columns[0] = scale.standard(series, v);
    for (int n = 0; n < others.length; n++) {
      columns[n + 1] = scale.standard(series, others[n]);
    }
    return columns;
  }

  /** The past of the first column, then of each other its present and past. */
  private void fill(double[][] columns, int i, double[] into) {
    int at = 0;
    for (int c = 0; c < columns.length; c++) {
      double[] column = columns[c];
      for (int lag = c == 0 ? 1 : 0; lag <= lags; lag++) {
        into[at++] = column[Math.max(0, i - lag)];
      }
    }
  }

  /** The variables whose correlation with {@code v} is strongest, the strongest first. */
  private int[] nearest(Correlations correlations, int v) {
    return IntStream.range(0, correlations.overall().length)
        .filter(other -> other != v)
        .boxed()
        .sorted(Comparator.comparingDouble(o -> -Math.abs(correlations.overall()[v][o])))
        .limit(neighbors)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * A pair of variables whose correlation has changed.
   *
   * @param usual the correlation in the history
   * @param recent the correlation in the last points
   * @param change how far the correlation (its Fisher transform) is from the usual one, in spreads
   *     of those of as many points in the history
   */
  public record Change(int one, int other, double usual, double recent, double change) {}

  /**
   * A fitted {@link VariableGraph}.
   *
   * @param names of the variables
   * @param neighbors for each variable those that predict it
   * @param weights for each variable those of its own last values, then for each neighbour of the
   *     present and the last values
   * @param spread of the errors of each variable, in its units
   */
  public record Fitted(
      VariableGraph detector,
      List<String> names,
      VariableScale scale,
      int[][] neighbors,
      double[][] weights,
      double[] spread,
      Correlations correlations)
      implements SeriesModel {
    public Fitted {
      int variables = scale.variables();
      Require.that(
          names.size() == variables
              && neighbors.length == variables
              && weights.length == variables
              && spread.length == variables
              && correlations.variables() == variables,
          "one name, spread and list of neighbours and weights per variable");
      for (int v = 0; v < variables; v++) {
        for (int other : neighbors[v]) {
          Require.range("a neighbour", other, 0, variables - 1);
        }
        Require.that(
            weights[v].length == detector.width(neighbors[v].length),
            "one weight per neighbour and lag");
        Require.finite("a weight", weights[v]);
        Require.that(spread[v] > 0 && spread[v] < Double.MAX_VALUE, "a spread is not positive");
      }
    }

    @Override
    public int variables() {
      return scale.variables();
    }

    @Override
    public Reading read(Series later) {
      later.requireUsable(variables(), false);
      return read(later, v -> new double[][] {weights[v]});
    }

    /** Each fifth of the history as the other four fifths predict it. */
    @Override
    public Reading readTraining(Series history) {
      history.requireUsable(variables(), false);
      return read(
          history,
          v -> {
            double[][][] folds =
                detector.regression(history, scale, v, neighbors[v]).folds(detector.ridge);
            return Arrays.stream(folds).map(fold -> fold[0]).toArray(double[][]::new);
          });
    }

    /** The weights of one variable, for one or more consecutive stretches of a series. */
    @FunctionalInterface
    private interface Weights {
      double[][] of(int variable);
    }

    private Reading read(Series series, Weights weightsOf) {
      int points = series.points();
      double[][] expected = new double[variables()][points];
      double[][] spreads = new double[variables()][points];
      double[][] errors = new double[variables()][points];
      Parallel.each(
          variables(),
          v -> {
            double[][] stretches = weightsOf.of(v);
            double[][] columns = columns(series, scale, v, neighbors[v]);
            double[] row = new double[weights[v].length];
            for (int i = 0; i < points; i++) {
              detector.fill(columns, i, row);
              double[] used = stretches[LaggedRegression.stretch(i, points, stretches.length)];
              double standard = VariableScale.clamp(LaggedRegression.product(used, row));
              expected[v][i] = scale.value(v, standard);
              spreads[v][i] = scale.unit()[v] * spread[v];
              errors[v][i] = (columns[0][i] - standard) / spread[v];
            }
          });
      double[] score = new FadingErrors(detector.halfLife).score(errors);
      return new Reading(score, expected, spreads, errors);
    }

    /**
     * The pairs of one of {@code variables} and any other whose correlation in the last {@code
     * correlation-window} points up to {@code point} is three spreads or more from the usual one,
     * the most changed first. O(variables · all variables · correlation-window).
     */
    public List<Change> changes(Series series, int point, int... variables) {
      int from = Math.max(0, point + 1 - detector.correlationWindow);
      Series recent = series.slice(from, point + 1);
      recent.requireUsable(variables(), false);
      return correlations.changes(recent, scale, variables);
    }
  }
}
