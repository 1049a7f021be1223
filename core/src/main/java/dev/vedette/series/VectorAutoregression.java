package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.SeriesDetector;
import dev.vedette.SeriesModel;
import dev.vedette.data.Series;
import dev.vedette.math.Parallel;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * Vector autoregression: how far a point is from what the last points of all variables make of it,
 * given how the errors of the variables usually go together (their Mahalanobis distance).
 *
 * <p>Score ≥ 0: 1 is usual, whatever the number of variables; see {@code half-life} for what counts
 * of the points before. All variables are predicted by ridge regression from the last {@code lags}
 * points (Lütkepohl, "New Introduction to Multiple Time Series Analysis", 2005, section 3.2). The
 * covariance of the errors is that of predictions for stretches of the history that were not
 * learned from. The distance is shared out by whitening the errors as little as possible
 * (Garthwaite and Koch 2016, doi:10.1111/anzs.12144).
 *
 * <p>With n points, d variables and w = d · lags: fit O(w² · n + w³), of n at most 50,000 points
 * spread evenly; read O(d · w · n). Takes w² numbers of memory: for hundreds of variables use
 * {@link VariableGraph}. The points are taken as equally far apart, those before the first like it.
 *
 * @param lags how many points before count, 1 to 100
 * @param ridge the penalty on the weights, relative to the variance, 1e-9 to 1000
 * @param halfLife points after which an error counts half in the score, 0 to 1,000,000; 0: only the
 *     point itself counts
 */
public record VectorAutoregression(int lags, double ridge, double halfLife)
    implements SeriesDetector {
  /** Less variance of the errors, relative to that of the variables, is not believed. */
  private static final double LEAST_VARIANCE = 4e-4;

  /** An error counts as at most this many root mean squares in the covariance. */
  private static final double FARTHEST_ERROR = 4;

  private static final int MOST_WEIGHTS = 5000; // for each variable

  public VectorAutoregression {
    Require.range("lags", lags, 1, 100);
    Require.range("ridge", ridge, 1e-9, 1000);
    FadingErrors.requireHalfLife(halfLife);
  }

  /** Three lags, ridge 0.01, half-life 3. */
  public VectorAutoregression() {
    this(3, 0.01, 3);
  }

  public VectorAutoregression lags(int lags) {
    return new VectorAutoregression(lags, ridge, halfLife);
  }

  public VectorAutoregression ridge(double ridge) {
    return new VectorAutoregression(lags, ridge, halfLife);
  }

  public VectorAutoregression halfLife(double halfLife) {
    return new VectorAutoregression(lags, ridge, halfLife);
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
          "the history has %s points, a vector autoregression with %s lags needs %s"
              .formatted(history.points(), lags, least));
    }
    if (history.variables() * lags > MOST_WEIGHTS) {
      throw new DataException(
          "%s variables with %s lags are more than %s weights for each; use fewer lags or a variable-graph"
              .formatted(history.variables(), lags, MOST_WEIGHTS));
    }
    VariableScale scale = VariableScale.of(history);
    LaggedRegression regression = regression(history, scale);
    double[][] errors = regression.heldOut(ridge);
    return new Fitted(
        this,
        history.names(),
        scale,
        regression.weights(ridge, -1),
        whitening(errors),
        spread(errors));
  }

  private LaggedRegression regression(Series history, VariableScale scale) {
    int variables = history.variables();
    return LaggedRegression.robust(
        variables * lags,
        variables,
        history.points(),
        (i, known, now) -> {
          fill(history, scale, i, known);
          for (int v = 0; v < variables; v++) {
            now[v] = scale.standard(history, v, i);
          }
        },
        ridge);
  }

  private void fill(Series series, VariableScale scale, int i, double[] into) {
    int at = 0;
    for (int v = 0; v < scale.variables(); v++) {
      for (int lag = 1; lag <= lags; lag++) {
        into[at++] = scale.standard(series, v, Math.max(0, i - lag));
      }
    }
  }

  /** The usual size of the errors of each variable. */
  private static double[] spread(double[][] errors) {
    double[] spread = new double[errors.length];
    for (int v = 0; v < spread.length; v++) {
      spread[v] = Math.max(Math.sqrt(LEAST_VARIANCE), LaggedRegression.spread(errors[v]));
    }
    return spread;
  }

  /** The inverse square root of the covariance of the errors (variables × variables). */
  private static double[][] whitening(double[][] errors) {
    int variables = errors.length;
    double[] spread = spread(errors);
    var covariance = new DMatrixRMaj(variables, variables);
    Parallel.each(
        variables,
        v -> {
          for (int w = 0; w <= v; w++) {
            double sum = 0;
            for (int i = 0; i < errors[v].length; i++) {
              sum += limited(errors[v][i], spread[v]) * limited(errors[w][i], spread[w]);
            }
            covariance.data[v * variables + w] = sum / errors[v].length;
            covariance.data[w * variables + v] = sum / errors[v].length;
          }
        });
    var eigen = DecompositionFactory_DDRM.eig(variables, true, true);
    if (!eigen.decompose(covariance)) {
      throw new DataException("the errors' covariance has no eigenvectors that can be found");
    }
    double[][] whitening = new double[variables][variables];
    for (int c = 0; c < variables; c++) {
      double[] direction = eigen.getEigenVector(c).data;
      double variance = Math.max(LEAST_VARIANCE, eigen.getEigenvalue(c).getReal());
      for (int v = 0; v < variables; v++) {
        for (int w = 0; w < variables; w++) {
          whitening[v][w] += direction[v] * direction[w] / Math.sqrt(variance);
        }
      }
    }
    return whitening;
  }

  private static double limited(double error, double spread) {
    return Math.clamp(error, -FARTHEST_ERROR * spread, FARTHEST_ERROR * spread);
  }

  /**
   * A fitted {@link VectorAutoregression}.
   *
   * @param weights for each variable those of the last values of the first variable, of the second
   *     and so on
   * @param whitening the inverse square root of the covariance of the errors
   * @param spread of the errors of each variable, in its units
   */
  public record Fitted(
      VectorAutoregression detector,
      List<String> names,
      VariableScale scale,
      double[][] weights,
      double[][] whitening,
      double[] spread)
      implements SeriesModel {
    public Fitted {
      int variables = scale.variables();
      Require.that(
          names.size() == variables
              && weights.length == variables
              && whitening.length == variables
              && spread.length == variables,
          "one name, spread, list of weights and row of the whitening per variable");
      for (int v = 0; v < variables; v++) {
        Require.that(
            weights[v].length == variables * detector.lags && whitening[v].length == variables,
            "one weight per variable and lag");
        Require.finite("a weight", weights[v]);
        Require.finite("the whitening", whitening[v]);
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
      return read(later, new double[][][] {weights});
    }

    /** Each fifth of the history as the other four fifths predict it. */
    @Override
    public Reading readTraining(Series history) {
      history.requireUsable(variables(), false);
      return read(history, detector.regression(history, scale).folds(detector.ridge));
    }

    private Reading read(Series series, double[][][] stretches) {
      int variables = variables();
      int points = series.points();
      double[][] expected = new double[variables][points];
      double[][] spreads = new double[variables][points];
      double[][] errors = new double[variables][points];
      Parallel.blocks(
          points,
          256,
          (from, to) -> {
            double[] row = new double[variables * detector.lags];
            double[] off = new double[variables];
            for (int i = from; i < to; i++) {
              detector.fill(series, scale, i, row);
              double[][] used = stretches[LaggedRegression.stretch(i, points, stretches.length)];
              for (int v = 0; v < variables; v++) {
                double standard = VariableScale.clamp(LaggedRegression.product(used[v], row));
                expected[v][i] = scale.value(v, standard);
                spreads[v][i] = scale.unit()[v] * spread[v];
                off[v] = scale.standard(series, v, i) - standard;
              }
              for (int v = 0; v < variables; v++) {
                errors[v][i] = LaggedRegression.product(whitening[v], off);
              }
            }
          });
      double[] score = new FadingErrors(detector.halfLife).score(errors);
      return new Reading(score, expected, spreads, errors);
    }
  }
}
