package dev.vedette.ensemble;

import dev.vedette.Require;
import dev.vedette.threshold.Calibration;
import java.util.Arrays;

/**
 * From a detector's score to its strength: −log10 of the share of training rows at least as
 * anomalous, so that 3 is "one in a thousand" for every detector. It is 0 up to the lowest score,
 * runs straight from point to point, and goes on beyond the highest as an exponential tail does; it
 * never falls as the score rises.
 *
 * @param scores ascending, each once
 * @param strengths at these scores; the first is 0
 * @param slope of the strength beyond the last score, more than 0
 */
public record Strength(double[] scores, double[] strengths, double slope) {
  /** From point to point at most this part of the rows that are left. */
  private static final int POINTS = 64;

  /** Rows so far out are all the same. */
  private static final double MOST = 1e12;

  public Strength {
    Require.that(scores.length > 0 && scores.length == strengths.length, "one strength a score");
    Require.finite("the scores", scores);
    Require.finite("the strengths", strengths);
    Require.that(strengths[0] == 0, "the strength of the lowest score is not 0");
    for (int i = 1; i < scores.length; i++) {
      Require.that(scores[i - 1] < scores[i], "the scores are not ascending");
      Require.that(strengths[i - 1] <= strengths[i], "the strengths are not ascending");
    }
    Require.range("the slope", slope, Double.MIN_VALUE, Double.MAX_VALUE);
  }

  /** The strengths of scores like {@code training}, the scores of rows not learned from. */
  public static Strength of(double[] training) {
    var calibration = Calibration.of(training);
    double[] sorted = calibration.scores();
    int rows = sorted.length;
    double[] scores = new double[rows];
    double[] strengths = new double[rows];
    int points = 0;
    for (int i = 0; i < rows; i = next(i, rows)) {
      if (points == 0 || sorted[i] > scores[points - 1]) {
        scores[points] = sorted[i];
        strengths[points] = points == 0 ? 0 : -Math.log10(calibration.pValue(sorted[i]));
        points++;
      }
    }
    double slope = 1 / calibration.decay() / Math.log(10);
    return new Strength(
        Arrays.copyOf(scores, points),
        Arrays.copyOf(strengths, points),
        Math.min(slope, Double.MAX_VALUE));
  }

  /** The place of the next point: ever closer towards the last, as strength counts powers. */
  private static int next(int place, int rows) {
    return place + Math.max(1, (rows - 1 - place) / POINTS);
  }

  /** The strength of {@code score}: 0 or more, finite. O(log points). */
  public double at(double score) {
    int last = scores.length - 1;
    if (score >= scores[last]) {
      return Math.min(MOST, strengths[last] + (score - scores[last]) * slope);
    }
    if (score <= scores[0]) {
      return 0;
    }
    int found = Arrays.binarySearch(scores, score);
    if (found >= 0) {
      return strengths[found];
    }
    int above = -found - 1;
    double low = scores[above - 1];
    double share = (score / 2 - low / 2) / (scores[above] / 2 - low / 2);
    return strengths[above - 1] + share * (strengths[above] - strengths[above - 1]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Strength that
        && slope == that.slope
        && Arrays.equals(scores, that.scores)
        && Arrays.equals(strengths, that.strengths);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(scores) + Arrays.hashCode(strengths);
  }
}
