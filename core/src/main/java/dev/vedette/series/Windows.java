package dev.vedette.series;

import dev.vedette.Attribution;
import dev.vedette.DataException;
import dev.vedette.Detectors;
import dev.vedette.LabelledDetector;
import dev.vedette.Reading;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.SeriesDetector;
import dev.vedette.SeriesModel;
import dev.vedette.data.Series;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Windows of a series as rows of a detector of rows: finds stretches that are strange as a whole.
 *
 * <p>Score: the mean of the scores of the windows that cover the point, in the unit of the
 * detector. The expected value is the median of the variable and the spread how far its values
 * usually are from it, whatever the detector. A variable's share in the score is that of its values
 * in what the detector says of the window around the point.
 *
 * <p>The history in hindsight is scored in four parts, each by a model of the windows that do not
 * overlap it, as overlapping windows are alike; where fewer than half of the windows would be left,
 * by that of all. Of the detectors tried on generated series with one anomaly each the nearest
 * windows were best by far.
 *
 * <p>Each variable is divided by its usual distance from its median. Points that follow the
 * history, at most one and a half usual steps after its end, are seen together with its last
 * points; so are fewer points than a window, wherever they are. Fit and reading cost what the
 * detector takes for as many rows as there are windows, at most 10,000 for the fit, each of width ·
 * variables columns.
 *
 * @param detector of the rows, as text with {@code :} for a space, such as {@code
 *     iforest:trees=200}; one of the standard catalogue
 * @param width points of a window, 2 to 10,000; 0 for the shortest period of the first variable, or
 *     where nothing repeats a twentieth of the history, 8 to 100 points
 * @param centred whether the mean of each variable is taken out of each window, so that only its
 *     shape and size count
 */
public record Windows(String detector, int width, boolean centred) implements SeriesDetector {
  private static final String DEFAULT = "knn:k=5";
  private static final int MOST_FITTED = 10_000;
  private static final int BLOCK = 4096;
  private static final int FEWEST = 64;
  private static final int FOLDS = 4;

  /** They hold models themselves. */
  private static final Set<String> REFUSED = Set.of("auto", "ensemble");

  public Windows {
    Require.that(
        width == 0 || (width >= 2 && width <= 10_000),
        "width must be from 2 to 10000, or 0 for automatic, is " + width);
    if (!detector.equals(DEFAULT)) { // the catalogue, which reads it, needs the default first
      parse(detector);
    }
  }

  /** The nearest windows as long as the shortest period. */
  public Windows() {
    this(DEFAULT, 0, false);
  }

  public Windows detector(String detector) {
    return new Windows(detector, width, centred);
  }

  public Windows width(int width) {
    return new Windows(detector, width, centred);
  }

  public Windows centred(boolean centred) {
    return new Windows(detector, width, centred);
  }

  private static RowDetector parse(String text) {
    Detectors catalogue = Detectors.standard();
    RowDetector rows = catalogue.parse(text.replace(':', ' '));
    String name = catalogue.entry(rows).name();
    Require.that(
        !REFUSED.contains(name) && !(rows instanceof LabelledDetector),
        name + " is not for windows; name a single detector");
    return rows;
  }

  /** The detector of the rows. */
  public RowDetector rows() {
    return parse(detector);
  }

  @Override
  public boolean univariate() {
    return false;
  }

  @Override
  public Fitted fit(Series history) {
    history.requireUsable(history.variables(), false);
    int points = history.points();
    int least = Math.max(FEWEST, 3 * width);
    if (points < least) {
      throw new DataException(
          "the history has %s points, windows need %s".formatted(points, least));
    }
    int length = width > 0 ? width : WindowLength.of(history.values(0));
    Embedding embedding = Embedding.of(history, length, centred);
    double[][] values = Tail.of(history, points).values();
    RowModel model = model(embedding, values, 0, 0);
    return new Fitted(this, embedding, model, Tail.of(history, length - 1));
  }

  /** Fits all windows that do not start in {@code [from, to)}. */
  private RowModel model(Embedding embedding, double[][] values, int from, int to) {
    int windows = values[0].length - embedding.width() + 1;
    int step = Math.ceilDiv(windows, MOST_FITTED);
    int[] starts =
        IntStream.iterate(0, i -> i < windows, i -> i + step)
            .filter(i -> i < from || i >= to)
            .toArray();
    return rows().fit(embedding.rows(values, starts));
  }

  /**
   * A fitted {@link Windows}.
   *
   * @param embedding how windows become rows
   * @param model of the rows
   * @param tail the end of the history
   */
  public record Fitted(Windows detector, Embedding embedding, RowModel model, Tail tail)
      implements SeriesModel {
    public Fitted {
      Require.that(
          model.columns() == embedding.columns()
              && tail.values().length == embedding.variables()
              && tail.points() == embedding.width() - 1,
          "the parts of the model do not fit each other");
    }

    @Override
    public int variables() {
      return embedding.variables();
    }

    @Override
    public String note() {
      return detector.width == 0
          ? "windows of %s points, chosen by the history".formatted(embedding.width())
          : "";
    }

    @Override
    public Reading readTraining(Series history) {
      history.requireUsable(variables(), false);
      double[][] values = Tail.of(history, history.points()).values();
      int windows = history.points() - embedding.width() + 1;
      double[] scores = new double[windows];
      for (int fold = 0; fold < FOLDS; fold++) {
        int from = (int) ((long) windows * fold / FOLDS);
        int to = (int) ((long) windows * (fold + 1) / FOLDS);
        int before = Math.max(0, from - embedding.width() + 1);
        int after = Math.min(windows, to + embedding.width() - 1);
        boolean enough = windows - (after - before) >= windows / 2;
        score(
            enough ? detector.model(embedding, values, before, after) : model,
            values,
            from,
            to,
            scores);
      }
      return reading(values, 0, scores);
    }

    @Override
    public Reading read(Series later) {
      later.requireUsable(variables(), false);
      if (tail.precedes(later) || later.points() < embedding.width()) {
        return reading(tail.with(later), tail.points());
      }
      return reading(Tail.of(later, later.points()).values(), 0);
    }

    private Reading reading(double[][] values, int skipped) {
      double[] scores = new double[Math.max(0, values[0].length - embedding.width() + 1)];
      score(model, values, 0, scores.length, scores);
      return reading(values, skipped, scores);
    }

    /** The scores of the windows that start at the points from {@code from} to {@code to}. */
    private void score(RowModel by, double[][] values, int from, int to, double[] scores) {
      for (int first = from; first < to; first += BLOCK) {
        int last = Math.min(to, first + BLOCK);
        double[] some = by.score(embedding.rows(values, IntStream.range(first, last).toArray()));
        System.arraycopy(some, 0, scores, first, some.length);
      }
    }

    /** Of all points but the first {@code skipped}. */
    private Reading reading(double[][] values, int skipped, double[] windows) {
      int points = values[0].length;
      double[] all =
          windows.length == 0 ? new double[points] : Covering.mean(windows, embedding.width());
      double[] score = Arrays.copyOfRange(all, skipped, points);
      double[][] expected = new double[variables()][score.length];
      double[][] spread = new double[variables()][score.length];
      for (int v = 0; v < expected.length; v++) {
        Arrays.fill(expected[v], embedding.middle()[v]);
        Arrays.fill(spread[v], embedding.unit()[v]);
      }
      return new Reading(score, expected, spread, contributions(values, skipped, score));
    }

    /** The score of each point, shared out as in the window around it. */
    private double[][] contributions(double[][] values, int skipped, double[] score) {
      double[][] contributions = new double[variables()][score.length];
      if (variables() == 1) {
        contributions[0] = score;
        return contributions;
      }
      int last = values[0].length - embedding.width();
      int apart = Math.max(1, embedding.width() / 4);
      double[] shares = {};
      int shared = -1;
      for (int i = 0; i < score.length; i++) {
        int around = Math.clamp(skipped + i - embedding.width() / 2, 0, last);
        int window = Math.min(last, around / apart * apart);
        if (window != shared) {
          shares = shares(embedding.rows(values, new int[] {window}).row(0));
          shared = window;
        }
        double left = score[i];
        for (int v = 1; v < shares.length; v++) {
          contributions[v][i] = score[i] * shares[v];
          left -= contributions[v][i];
        }
        contributions[0][i] = left;
      }
      return contributions;
    }

    private double[] shares(double[] row) {
      Attribution attribution = model.attribute(row);
      double[] shares = new double[variables()];
      double total = 0;
      for (int j = 0; j < row.length; j++) {
        double part = Math.abs(attribution.contributions()[j]);
        shares[j % shares.length] += part;
        total += part;
      }
      for (int v = 0; v < shares.length; v++) {
        shares[v] = total > 0 ? shares[v] / total : 1.0 / shares.length;
      }
      return shares;
    }
  }
}
