package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.SeriesDetector;
import dev.vedette.SeriesModel;
import dev.vedette.data.Series;
import dev.vedette.math.NearestSubsequences;
import dev.vedette.math.Quantiles;
import dev.vedette.math.SubsequenceJoin;
import dev.vedette.math.Subsequences;
import java.util.Arrays;

/**
 * Matrix profile: how unlike anything in the history the shape of the series is around a point.
 *
 * <p>Score from 0 to √2, the mean over the windows that cover the point of √(1 − ρ), where ρ is the
 * correlation of a window with the most similar one of the history: 0 is a shape seen before, 1 is
 * like none, and √(2m) times it is the z-normalised Euclidean distance of windows of m points. A
 * constant window is like another constant one, and halfway (ρ = 1/2) like any other. Of the
 * history itself the windows that overlap by half or more are not compared. The mean was best of
 * mean, median, largest, least and centre on generated series with one anomaly each.
 *
 * <p>The expected value is what the most similar windows have at that place, brought to the mean
 * and the deviation of the window, the mean over up to 16 of the windows that cover the point; the
 * spread is the usual root mean square difference of a window and its nearest.
 *
 * <p>Points that follow the history, at most one and a half usual steps after its end, are seen
 * together with its last points. Elsewhere a stretch shorter than the window is compared at its own
 * length; fewer than 4 points score 0.
 *
 * <p>Exact. Fit O(n), but for the spread, which takes the last 8,192 points; the history in
 * hindsight O(n²): seconds for 100,000 points; k later points O(k · n). Blind to anomalies of level
 * or size that keep the shape, and to an anomaly that comes twice in the same form.
 *
 * <p>Yeh et al. 2016, doi:10.1109/ICDM.2016.0179; Zhu et al. 2016, doi:10.1109/ICDM.2016.0085;
 * Zimmerman et al. 2019, doi:10.1145/3357223.3362721.
 *
 * @param window m, points of a window, 4 to 100,000; 0 for the shortest period of the history, or
 *     where nothing repeats a twentieth of it, 8 to 100 points
 */
public record MatrixProfile(int window) implements SeriesDetector {
  private static final int FEWEST = 4;
  private static final int USUAL_POINTS = 8192;
  private static final int LOOKED_AT = 16;

  public MatrixProfile {
    Require.that(
        window == 0 || (window >= FEWEST && window <= 100_000),
        "window must be from 4 to 100000, or 0 for automatic, is " + window);
  }

  /** Windows as long as the shortest period. */
  public MatrixProfile() {
    this(0);
  }

  @Override
  public Fitted fit(Series history) {
    history.requireUsable(1, false);
    int points = history.points();
    int least = 2 * Math.max(window, WindowLength.LEAST);
    if (points < least) {
      throw new DataException(
          "the history has %s points, a matrix profile with windows of %s needs %s"
              .formatted(points, least / 2, least));
    }
    double[] values = history.values(0);
    int length = window > 0 ? window : WindowLength.of(values);
    double[] last = Arrays.copyOfRange(values, Math.max(0, points - USUAL_POINTS), points);
    Subsequences all = Subsequences.of(last, length);
    double usual = Quantiles.median(differences(all, SubsequenceJoin.self(all, length / 2)));
    return new Fitted(this, values, length, usual, history.time(points - 1), history.step());
  }

  /** The root mean square difference of each window and its nearest. */
  private static double[] differences(Subsequences all, NearestSubsequences nearest) {
    double[] differences = new double[all.count()];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = all.deviation(i) * Math.sqrt(2) * unlike(nearest, i);
    }
    return differences;
  }

  /** √(1 − ρ); 0 where there is nothing to compare with. */
  private static double unlike(NearestSubsequences nearest, int i) {
    return nearest.index()[i] < 0 ? 0 : Math.sqrt(1 - nearest.correlation()[i]);
  }

  /**
   * A fitted {@link MatrixProfile}.
   *
   * @param history the values
   * @param window points of a window
   * @param usual root mean square difference of a window and its nearest, the median of those
   *     looked at
   * @param end when the history ends
   * @param step its usual step
   */
  public record Fitted(
      MatrixProfile detector, double[] history, int window, double usual, long end, long step)
      implements SeriesModel {
    public Fitted {
      Require.finite("the history", history);
      Require.range("window", window, FEWEST, history.length);
      Require.range("usual", usual, 0, Double.MAX_VALUE);
    }

    @Override
    public int variables() {
      return 1;
    }

    @Override
    public String note() {
      return detector.window == 0
          ? "windows of %s points, chosen by the history".formatted(window)
          : "";
    }

    @Override
    public Reading readTraining(Series training) {
      training.requireUsable(1, false);
      Subsequences all = Subsequences.of(training.values(0), Math.min(window, training.points()));
      return reading(all, all, SubsequenceJoin.self(all, all.length() / 2), 0);
    }

    @Override
    public Reading read(Series later) {
      later.requireUsable(1, false);
      double[] values = later.values(0);
      int before = follows(later) ? window - 1 : 0;
      if (before > 0) {
        double[] joined =
            Arrays.copyOfRange(history, history.length - before, history.length + values.length);
        System.arraycopy(values, 0, joined, before, values.length);
        values = joined;
      }
      if (values.length < FEWEST) {
        double[] middle = new double[values.length];
        Arrays.fill(middle, Quantiles.median(history));
        double[] spread = new double[values.length];
        Arrays.fill(spread, usual);
        return Reading.ofScores(new double[values.length], middle, spread);
      }
      int length = Math.min(window, values.length);
      Subsequences query = Subsequences.of(values, length);
      Subsequences known = Subsequences.of(history, length);
      return reading(query, known, SubsequenceJoin.of(query, known), before);
    }

    private boolean follows(Series later) {
      return later.points() > 0 && later.time(0) > end && later.time(0) - end <= step + step / 2;
    }

    /** Of all points of {@code query} but the first {@code skipped}. */
    private Reading reading(
        Subsequences query, Subsequences known, NearestSubsequences nearest, int skipped) {
      double[] windows = new double[query.count()];
      Arrays.setAll(windows, i -> unlike(nearest, i));
      double[] scores = Covering.mean(windows, query.length());
      double[] expected = new double[scores.length];
      Arrays.setAll(expected, i -> expected(query, known, nearest, i));
      double[] spread = new double[scores.length - skipped];
      Arrays.fill(spread, usual);
      return Reading.ofScores(
          Arrays.copyOfRange(scores, skipped, scores.length),
          Arrays.copyOfRange(expected, skipped, expected.length),
          spread);
    }

    private static double expected(
        Subsequences query, Subsequences known, NearestSubsequences nearest, int point) {
      int first = Math.max(0, point - query.length() + 1);
      int last = Math.min(point, query.count() - 1);
      int apart = Math.ceilDiv(last - first + 1, LOOKED_AT);
      double sum = 0;
      int seen = 0;
      for (int i = first; i <= last; i += apart) {
        int j = nearest.index()[i];
        double off = j < 0 ? 0 : known.normalised(j, point - i);
        sum += query.mean(i) / LOOKED_AT + off * (query.deviation(i) / LOOKED_AT);
        seen++;
      }
      double expected = sum / seen * LOOKED_AT; // a power of two: nothing is rounded
      return Math.clamp(expected, -Double.MAX_VALUE, Double.MAX_VALUE);
    }
  }
}
