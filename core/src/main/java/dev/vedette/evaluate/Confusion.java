package dev.vedette.evaluate;

import dev.vedette.DataException;
import dev.vedette.Require;
import dev.vedette.threshold.Ranking;
import dev.vedette.threshold.Threshold;
import java.util.Locale;

/**
 * How many rows were judged rightly and wrongly. A ratio whose denominator is zero is 0: nothing
 * flagged gives precision 0, no anomalies recall 0, no normal rows a false positive rate of 0.
 *
 * @param tp true positives: anomalies that are flagged
 * @param fp false positives: normal rows that are flagged
 * @param fn false negatives: anomalies that are not flagged
 * @param tn true negatives: normal rows that are not flagged
 */
public record Confusion(int tp, int fp, int fn, int tn) {
  public Confusion {
    Require.range("tp", tp, 0, Integer.MAX_VALUE);
    Require.range("fp", fp, 0, Integer.MAX_VALUE);
    Require.range("fn", fn, 0, Integer.MAX_VALUE);
    Require.range("tn", tn, 0, Integer.MAX_VALUE);
  }

  /**
   * Counts what {@code threshold} does to {@code scores}; true labels are anomalies.
   *
   * @throws DataException when a score is NaN or the lengths differ
   */
  public static Confusion of(double[] scores, boolean[] labels, Threshold threshold) {
    if (scores.length != labels.length) {
      throw new DataException(
          "%d scores but %d labels; each row needs one of both"
              .formatted(scores.length, labels.length));
    }
    int[] counts = new int[4];
    for (int i = 0; i < scores.length; i++) {
      counts[(threshold.flags(scores[i]) ? 0 : 2) + (labels[i] ? 0 : 1)]++;
    }
    return new Confusion(counts[0], counts[1], counts[2], counts[3]);
  }

  static Confusion of(Ranking ranking, int flaggedGroups) {
    int tp = 0;
    int fp = 0;
    for (int group = 0; group < flaggedGroups; group++) {
      tp += ranking.anomalies(group);
      fp += ranking.normals(group);
    }
    return new Confusion(tp, fp, ranking.anomalies() - tp, ranking.normals() - fp);
  }

  /** The counts of both taken together. */
  public Confusion plus(Confusion other) {
    return new Confusion(
        Math.addExact(tp, other.tp),
        Math.addExact(fp, other.fp),
        Math.addExact(fn, other.fn),
        Math.addExact(tn, other.tn));
  }

  public long rows() {
    return (long) tp + fp + fn + tn;
  }

  /** The number of flagged rows. */
  public long flagged() {
    return (long) tp + fp;
  }

  /** The number of anomalies. */
  public long anomalies() {
    return (long) tp + fn;
  }

  /** The share of the flagged rows that are anomalies; 0 when nothing is flagged. */
  public double precision() {
    return ratio(tp, flagged());
  }

  /** The share of the anomalies that are flagged. */
  public double recall() {
    return ratio(tp, anomalies());
  }

  /** The harmonic mean of precision and recall. */
  public double f1() {
    return f(1);
  }

  /** Like {@link #f1()}, with recall counting twice as much as precision. */
  public double f2() {
    return f(2);
  }

  /** (1 + β²) · precision · recall / (β² · precision + recall). */
  private double f(int beta) {
    long square = (long) beta * beta;
    return ratio((1 + square) * tp, (1 + square) * tp + square * fn + fp);
  }

  /** The share of the rows judged rightly. */
  public double accuracy() {
    return ratio((long) tp + tn, rows());
  }

  /** The share of the normal rows that are flagged. */
  public double falsePositiveRate() {
    return ratio(fp, (long) fp + tn);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /** A small table with the truth in columns. */
  @Override
  public String toString() {
    int width =
        Math.max(7, Integer.toString(Math.max(Math.max(tp, fp), Math.max(fn, tn))).length());
    String line = "%-12s  %" + width + "s  %" + width + "s";
    return String.join(
        "\n",
        String.format(Locale.ROOT, line, "", "anomaly", "normal"),
        String.format(Locale.ROOT, line, "flagged", tp, fp),
        String.format(Locale.ROOT, line, "not flagged", fn, tn));
  }
}
