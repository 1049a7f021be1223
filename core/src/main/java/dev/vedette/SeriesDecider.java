package dev.vedette;

import dev.vedette.data.Series;
import dev.vedette.explain.Explanation;
import dev.vedette.threshold.Calibration;
import dev.vedette.threshold.Rule;
import dev.vedette.threshold.Threshold;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A model of series with the scale and the threshold that turn its scores into decisions.
 *
 * <p>The scale is that of the points that do not stand out ({@link Rule.StandOut}), so that a burst
 * of anomalies does not make anomalies look usual. Points all of whose values are missing are no
 * part of it.
 */
public record SeriesDecider(SeriesModel model, Calibration calibration, Threshold threshold) {
  private static final int BLOCKS = 4;

  /** Fewer points per block tell nothing of how well the model reads ahead. */
  private static final int FEWEST_PER_BLOCK = 10;

  /**
   * Scale and threshold to judge the points of {@code history} themselves in hindsight.
   *
   * @param reading what {@code model} reads in {@code history}, which it was fitted on
   * @throws IllegalArgumentException when the rule needs labels and the series has none
   */
  public static SeriesDecider within(
      SeriesModel model, Series history, Reading reading, Rule rule) {
    int[] present = present(history);
    double[] scores = pick(reading.score(), present);
    Threshold threshold =
        rule.needsLabels() && history.labels().isPresent()
            ? rule.fit(scores, pick(history.labels().orElseThrow(), present))
            : rule.fitWithin(scores);
    return new SeriesDecider(model, calibration(scores), threshold);
  }

  /**
   * Fits {@code detector} on {@code history}, for points to come. Scale and threshold are fitted on
   * points read ahead: each of the last four tenths of the history by a model of what was before
   * it. Where that is fewer than {@value #FEWEST_PER_BLOCK} points per tenth they are fitted on the
   * history in hindsight, which is milder than points to come deserve.
   *
   * @throws IllegalArgumentException when the rule needs labels and the series has none
   */
  public static SeriesDecider fit(SeriesDetector detector, Series history, Rule rule) {
    SeriesModel model = detector.fit(history);
    int block = history.points() / 10;
    if (block < FEWEST_PER_BLOCK) {
      return within(model, history, model.readTraining(history), rule);
    }
    int start = history.points() - BLOCKS * block;
    double[] scores = new double[BLOCKS * block];
    for (int b = 0; b < BLOCKS; b++) {
      int from = start + b * block;
      Series ahead = history.slice(from, from + block);
      double[] part = detector.fit(history.slice(0, from)).score(ahead);
      System.arraycopy(part, 0, scores, b * block, block);
    }
    Series judged = history.slice(start, history.points());
    int[] present = present(judged);
    double[] known = pick(scores, present);
    Threshold threshold =
        rule.needsLabels() && judged.labels().isPresent()
            ? rule.fit(known, pick(judged.labels().orElseThrow(), present))
            : rule.fit(known);
    return new SeriesDecider(model, calibration(known), threshold);
  }

  private static Calibration calibration(double[] scores) {
    Threshold apart = new Rule.StandOut().fit(scores);
    double[] usual = Arrays.stream(scores).filter(score -> !apart.flags(score)).toArray();
    return Calibration.of(usual);
  }

  /** The points that have a value. */
  private static int[] present(Series series) {
    int[] present =
        IntStream.range(0, series.points())
            .filter(
                i ->
                    IntStream.range(0, series.variables())
                        .anyMatch(v -> !Double.isNaN(series.value(v, i))))
            .toArray();
    if (present.length == 0) {
      throw new DataException(
          series.points() == 0
              ? "the series has no points"
              : "all %s points of %s are missing".formatted(series.points(), series.names()));
    }
    return present;
  }

  private static double[] pick(double[] values, int[] points) {
    return Arrays.stream(points).mapToDouble(i -> values[i]).toArray();
  }

  private static boolean[] pick(boolean[] values, int[] points) {
    boolean[] picked = new boolean[points.length];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = values[points[i]];
    }
    return picked;
  }

  /** The decision on one of the points whose scores the scale was fitted on. */
  public Decision decideWithin(double score) {
    double least = 1.0 / (calibration.rows() + 1);
    return calibration.pValue(score) <= least
        ? decide(score)
        : new Decision(
            score,
            calibration.pValueWithin(score),
            calibration.severityWithin(score),
            threshold.flags(score));
  }

  /** The decision on a score of the model. */
  public Decision decide(double score) {
    return new Decision(
        score, calibration.pValue(score), calibration.severity(score), threshold.flags(score));
  }

  /**
   * Why point {@code point} of {@code series} has its score. What would have been normal is the
   * band of the threshold where the detector has one, else the expected value.
   */
  public Explanation explain(Series series, Reading reading, int point) {
    double cut = reading.band() ? threshold.cut() : Double.NaN;
    return SeriesExplanation.of(series, reading, point, cut);
  }
}
