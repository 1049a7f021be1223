package dev.vedette.threshold;

import dev.vedette.DataException;
import dev.vedette.Require;
import java.util.Arrays;

/**
 * The scores of known, mostly normal rows, against which a new score is read: as a p-value and as a
 * severity that means the same for every detector.
 *
 * <table>
 * <caption>Severity</caption>
 * <tr><th>severity</th><th>share of calibration rows that score at least as high</th></tr>
 * <tr><td>0</td><td>all</td></tr>
 * <tr><td>20</td><td>10 %</td></tr>
 * <tr><td>40</td><td>1 %</td></tr>
 * <tr><td>60</td><td>0.1 %</td></tr>
 * <tr><td>80</td><td>0.01 %</td></tr>
 * <tr><td>100</td><td>0.001 % or less</td></tr>
 * </table>
 *
 * <p>Shares smaller than the calibration rows can show are extrapolated: beyond the largest score
 * the share falls exponentially.
 *
 * @param scores the calibration scores in ascending order, at least one, all finite
 * @param decay the distance, in units of the score, over which the extrapolated share falls by the
 *     factor e; more than 0
 */
public record Calibration(double[] scores, double decay) {
  /** The exponential is fitted to the top tenth of the scores, but to at least so many. */
  private static final int LEAST_TAIL = 10;

  public Calibration {
    scores = scores.clone();
    requireAscending(scores);
    Require.that(
        decay > 0 && decay <= Double.MAX_VALUE, "decay must be positive and finite, is " + decay);
  }

  /**
   * A calibration on {@code scores}, in any order. The decay is the mean excess of the top tenth of
   * the scores (at least ten) over the score below them: the maximum likelihood estimate for an
   * exponential tail. Where ties make that zero it is the mean distance from the largest score, and
   * where all scores are equal their magnitude, or 1 where they are zero.
   *
   * @throws DataException when there are no scores or one is not a finite number
   */
  public static Calibration of(double[] scores) {
    double[] sorted = Ranking.sorted(scores);
    return new Calibration(sorted, decay(sorted));
  }

  /** The calibration scores in ascending order; a copy. */
  @Override
  public double[] scores() {
    return scores.clone();
  }

  /** The number of calibration scores. */
  public int rows() {
    return scores.length;
  }

  /**
   * The chance that a row like the calibration rows scores at least this high: (1 + number of
   * calibration scores ≥ {@code score}) / (n + 1). More than 0, at most 1. O(log n).
   *
   * @throws DataException when the score is NaN
   */
  public double pValue(double score) {
    if (Double.isNaN(score)) {
      throw new DataException("the score is NaN; a score must be a number to be judged");
    }
    return (1.0 + scores.length - countBelow(score)) / (scores.length + 1.0);
  }

  /**
   * How remarkable a score is, from 0 to 100: 20 for every power of ten by which rows that score at
   * least as high get rarer. It never falls as the score rises, and never says less than {@link
   * #pValue}. O(log n).
   *
   * @throws DataException when the score is NaN
   */
  public double severity(double score) {
    double tens = -Math.log10(pValue(score));
    double largest = scores[scores.length - 1];
    if (score > largest) {
      double beyond = (score - largest) / decay / Math.log(10);
      tens = Math.max(tens, beyond - Math.log10(pValue(largest)));
    }
    return Math.clamp(20 * tens, 0.0, 100.0);
  }

  /**
   * As {@link #pValue}, for a score that is itself one of the calibration scores: it is left out,
   * so the p-value is the share of scores, its own included, that are at least as high.
   */
  public double pValueWithin(double score) {
    if (Double.isNaN(score)) {
      throw new DataException("the score is NaN; a score must be a number to be judged");
    }
    return Math.max(1.0, scores.length - countBelow(score)) / scores.length;
  }

  /**
   * As {@link #severity}, for a score that is itself one of the calibration scores and is left out.
   * O(log n); O(n) for the highest.
   */
  public double severityWithin(double score) {
    int last = scores.length - 1;
    if (last > 0 && score == scores[last] && score > scores[last - 1]) {
      double[] others = Arrays.copyOf(scores, last);
      return new Calibration(others, decay(others)).severity(score);
    }
    return Math.clamp(-20 * Math.log10(pValueWithin(score)), 0.0, 100.0);
  }

  private int countBelow(double score) {
    int low = 0;
    int high = scores.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (scores[middle] < score) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double decay(double[] sorted) {
    int last = sorted.length - 1;
    int tail = Math.min(last, Math.max(sorted.length / 10, LEAST_TAIL));
    double base = sorted[last - tail];
    double excess = 0;
    double toLargest = 0;
    for (int i = last - tail + 1; i <= last; i++) {
      excess += (sorted[i] - base) / tail;
    }
    for (double score : sorted) {
      toLargest += (sorted[last] - score) / sorted.length;
    }
    double magnitude = sorted[last] == 0 ? 1 : Math.abs(sorted[last]);
    double decay = excess > 0 ? excess : toLargest > 0 ? toLargest : magnitude;
    return Math.min(decay, Double.MAX_VALUE);
  }

  private static void requireAscending(double[] scores) {
    Require.that(scores.length > 0, "a calibration needs at least one score");
    for (int i = 0; i < scores.length; i++) {
      Require.that(
          Double.isFinite(scores[i]),
          "calibration score " + i + " is " + scores[i] + ", not finite");
      Require.that(
          i == 0 || scores[i - 1] <= scores[i],
          "calibration score " + i + " is less than the one before; sort them first");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Calibration that
        && decay == that.decay
        && Arrays.equals(scores, that.scores);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(scores) + Double.hashCode(decay);
  }

  @Override
  public String toString() {
    return "Calibration[%d scores from %s to %s, decay %s]"
        .formatted(scores.length, scores[0], scores[scores.length - 1], decay);
  }
}
