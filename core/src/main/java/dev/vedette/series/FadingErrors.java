package dev.vedette.series;

import dev.vedette.Reading;
import dev.vedette.Require;

/**
 * The score of several variables from their errors, in spreads, now and not long ago.
 *
 * <p>Of each variable the squared errors are averaged with weights that halve every {@code
 * half-life} points, beginning at 1, the usual. The error of the point itself counts in full, what
 * is remembered of it at most as ten spreads. The score is the fourth root of the mean square of
 * these averages: 1 is usual, and in many variables a single one that is far off is not averaged
 * away.
 */
final class FadingErrors {
  private static final double REMEMBERED = 100; // squared spreads

  /** The weight of the present. */
  private final double weight;

  FadingErrors(double halfLife) {
    weight = weight(halfLife);
  }

  /** The weight of the newest value in an average that halves every {@code halfLife} points. */
  static double weight(double halfLife) {
    return halfLife == 0 ? 1 : -Math.expm1(-Math.log(2) / halfLife);
  }

  static double requireHalfLife(double halfLife) {
    return Require.range("half-life", halfLife, 0, 1_000_000);
  }

  /**
   * Scores errors.
   *
   * @param errors in spreads, variables × points; each becomes the share of its variable in the
   *     score
   * @return one score per point
   */
  double[] score(double[][] errors) {
    int points = errors.length == 0 ? 0 : errors[0].length;
    double[] score = new double[points];
    for (double[] error : errors) {
      double remembered = 1;
      for (int i = 0; i < points; i++) {
        double square = Math.min(Reading.MOST * Reading.MOST, error[i] * error[i]);
        double recent = remembered + weight * (square - remembered);
        remembered += weight * (Math.min(square, REMEMBERED) - remembered);
        error[i] = recent * recent;
        score[i] += error[i];
      }
    }
    for (int i = 0; i < points; i++) {
      double sum = score[i];
      score[i] = Math.sqrt(Math.sqrt(sum / errors.length));
      for (double[] error : errors) {
        error[i] = sum > 0 ? score[i] * (error[i] / sum) : 0;
      }
    }
    return score;
  }
}
