package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.SeriesDetector;
import dev.vedette.SeriesModel;
import dev.vedette.data.Matrix;
import dev.vedette.data.Series;
import dev.vedette.math.Covariance;
import dev.vedette.math.Parallel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * Principal components of windows: how improbable the shape of the series is around a point, when
 * windows vary in a few main directions and by noise in all others.
 *
 * <p>Score ≥ 0, about 1 for usual windows: the mean over the windows that cover the point of the
 * root of the mean over a window's values of the squared steps, each divided by the variance of its
 * direction; the directions that are left over share one variance, their mean. The expected value
 * is what the main directions make of the windows that cover the point, the spread the usual
 * deviation from it.
 *
 * <p>Fit O(w·n² + n³) for w windows of n points, of at most 10,000 windows; reading O(components ·
 * n) a point. Learns anomalies that fill a good part of the history; shapes that come in any phase
 * need many components. Points that follow the history, at most one and a half usual steps after
 * its end, are seen together with its last points; so are fewer points than a window, wherever they
 * are.
 *
 * <p>Aggarwal, "Outlier Analysis" 2017, section 3.3, doi:10.1007/978-3-319-47578-3; Tipping and
 * Bishop 1999, doi:10.1111/1467-9868.00196 (main directions and one noise for all others).
 *
 * @param window points of a window, 4 to 1,000; 0 for the shortest period of the history, or where
 *     nothing repeats a twentieth of it, 8 to 100 points
 * @param share of the variance that the main directions explain at least, 0.01 to 0.9999
 * @param centred whether the mean is taken out of each window, so that only its shape and size
 *     count
 */
public record SubPca(int window, double share, boolean centred) implements SeriesDetector {
  private static final int MOST_FITTED = 10_000;
  private static final int BLOCK = 1024;
  private static final double LEAST_NOISE = 1e-6;

  public SubPca {
    Require.that(
        window == 0 || (window >= 4 && window <= 1000),
        "window must be from 4 to 1000, or 0 for automatic, is " + window);
    Require.range("share", share, 0.01, 0.9999);
  }

  /** Windows as long as the shortest period, main directions with 90 % of the variance. */
  public SubPca() {
    this(0, 0.9, false);
  }

  public SubPca window(int window) {
    return new SubPca(window, share, centred);
  }

  public SubPca share(double share) {
    return new SubPca(window, share, centred);
  }

  public SubPca centred(boolean centred) {
    return new SubPca(window, share, centred);
  }

  @Override
  public Fitted fit(Series history) {
    history.requireUsable(1, false);
    int points = history.points();
    int least = 3 * Math.max(window, WindowLength.LEAST);
    if (points < least) {
      throw new DataException(
          "the history has %s points, sub-pca with windows of %s needs %s"
              .formatted(points, least / 3, least));
    }
    int width = window > 0 ? window : WindowLength.of(history.values(0));
    Embedding embedding = Embedding.of(history, width, centred);
    double[][] values = {history.values(0)};
    int step = Math.ceilDiv(points - width + 1, MOST_FITTED);
    int[] starts = IntStream.iterate(0, i -> i <= points - width, i -> i + step).toArray();
    Matrix rows = embedding.rows(values, starts);
    return fitted(embedding, rows, Tail.of(history, width - 1));
  }

  private Fitted fitted(Embedding embedding, Matrix rows, Tail tail) {
    int width = embedding.width();
    int[] all = IntStream.range(0, rows.rows()).toArray();
    double[] mean = Covariance.mean(rows, all);
    var covariance = DMatrixRMaj.wrap(width, width, Covariance.of(rows, all, mean));
    var eigen = DecompositionFactory_DDRM.eig(width, true, true);
    if (!eigen.decompose(covariance)) {
      throw new DataException("the windows' covariances have no eigenvectors that can be found");
    }
    double[] variance = new double[width];
    Arrays.setAll(variance, i -> Math.max(0, eigen.getEigenvalue(i).getReal()));
    int[] order =
        IntStream.range(0, width)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -variance[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double total = Arrays.stream(variance).sum();
    double explained = 0;
    int count = 0;
    while (count < width - 1 && explained < share * total) {
      explained += variance[order[count++]];
    }
    double[][] directions = new double[count][];
    double[] variances = new double[count];
    for (int c = 0; c < count; c++) {
      directions[c] = eigen.getEigenVector(order[c]).data.clone();
      variances[c] = variance[order[c]];
    }
    double noise = Math.max(LEAST_NOISE, (total - explained) / (width - count));
    return new Fitted(this, embedding, mean, directions, variances, noise, tail);
  }

  /**
   * A fitted {@link SubPca}.
   *
   * @param mean of the windows
   * @param directions the main ones, unit vectors (components × width)
   * @param variances along them
   * @param noise the variance along each other direction
   * @param tail the end of the history
   */
  public record Fitted(
      SubPca detector,
      Embedding embedding,
      double[] mean,
      double[][] directions,
      double[] variances,
      double noise,
      Tail tail)
      implements SeriesModel {
    public Fitted {
      int width = embedding.width();
      Require.that(
          mean.length == width
              && embedding.variables() == 1
              && tail.points() == width - 1
              && directions.length == variances.length,
          "the parts of the model do not fit each other");
      Require.finite("the mean", mean);
      for (double[] direction : directions) {
        Require.that(direction.length == width, "a direction has another width");
        Require.finite("a direction", direction);
      }
      Require.range("noise", noise, LEAST_NOISE, Double.MAX_VALUE);
      for (double variance : variances) {
        Require.range("a variance", variance, 0, Double.MAX_VALUE);
      }
    }

    @Override
    public int variables() {
      return 1;
    }

    @Override
    public String note() {
      return detector.window == 0
          ? "windows of %s points, chosen by the history".formatted(embedding.width())
          : "";
    }

    @Override
    public Reading readTraining(Series history) {
      history.requireUsable(1, false);
      return reading(new double[][] {history.values(0)}, 0);
    }

    @Override
    public Reading read(Series later) {
      later.requireUsable(1, false);
      if (tail.precedes(later) || later.points() < embedding.width()) {
        return reading(tail.with(later), tail.points());
      }
      return reading(new double[][] {later.values(0)}, 0);
    }

    /** Of all points but the first {@code skipped}. */
    private Reading reading(double[][] values, int skipped) {
      int points = values[0].length;
      int width = embedding.width();
      double[] score = new double[points - skipped];
      double[] expected = new double[score.length];
      double[] spread = new double[score.length];
      Arrays.fill(spread, embedding.unit()[0] * Math.sqrt(noise));
      if (points >= width) {
        double[] sums = new double[points];
        double[] all = Covering.mean(distances(values, sums), width);
        for (int i = 0; i < score.length; i++) {
          int point = skipped + i;
          int covering = Math.min(point, points - width) - Math.max(0, point - width + 1) + 1;
          score[i] = all[point];
          expected[i] = embedding.value(0, sums[point] / covering);
        }
      }
      return Reading.ofScores(score, expected, spread);
    }

    /** Of each window; adds what the main directions make of it, in units, to {@code sums}. */
    private double[] distances(double[][] values, double[] sums) {
      double[] distances = new double[values[0].length - embedding.width() + 1];
      for (int from = 0; from < distances.length; from += BLOCK) {
        int first = from;
        int count = Math.min(BLOCK, distances.length - from);
        Matrix rows = embedding.rows(values, IntStream.range(from, from + count).toArray());
        double[][] left = new double[count][];
        Parallel.blocks(
            count,
            64,
            (start, end) -> {
              for (int i = start; i < end; i++) {
                left[i] = rows.row(i);
                distances[first + i] = distance(left[i]);
              }
            });
        for (int i = 0; i < count; i++) {
          double level = embedding.level(values, 0, from + i);
          for (int t = 0; t < left[i].length; t++) {
            sums[from + i + t] += level + rows.get(i, t) - left[i][t];
          }
        }
      }
      return distances;
    }

    /** How improbable a window is; takes the mean and the main directions out of it. */
    private double distance(double[] row) {
      for (int t = 0; t < row.length; t++) {
        row[t] -= mean[t];
      }
      double sum = 0;
      for (int c = 0; c < directions.length; c++) {
        double along = 0;
        for (int t = 0; t < row.length; t++) {
          along += directions[c][t] * row[t];
        }
        for (int t = 0; t < row.length; t++) {
          row[t] -= along * directions[c][t];
        }
        sum += along * along / Math.max(noise, variances[c]);
      }
      for (double left : row) {
        sum += left * left / noise;
      }
      return Math.sqrt(sum / row.length);
    }
  }
}
