package dev.vedette;

/**
 * What a model reads in the points of a series.
 *
 * <p>Where the detector knows a band, the score is the largest |value − expected| / spread of the
 * variables, so that a threshold t on the score is the band expected ± t · spread: a point is
 * flagged exactly when a value of it lies outside. Other detectors score whole stretches; their
 * expected values and spreads are the best description they have.
 *
 * @param score one per point; higher is more anomalous; 0 for a point all of whose values are
 *     missing
 * @param expected variables × points: what would have been normal; finite
 * @param spread variables × points: how far a value usually is from it, 0 or more
 * @param contribution variables × points: the share of each variable in the score, summing to it
 */
public record Reading(
    double[] score, double[][] expected, double[][] spread, double[][] contribution) {
  public Reading {
    Require.that(
        expected.length == spread.length && expected.length == contribution.length,
        "a reading needs expected value, spread and contribution of each variable");
    for (int v = 0; v < expected.length; v++) {
      Require.that(
          expected[v].length == score.length
              && spread[v].length == score.length
              && contribution[v].length == score.length,
          "a reading needs one number per point");
    }
  }

  /**
   * The reading of one variable, with the scores |value − expected| / spread. A missing value
   * scores 0; where the spread is 0, any difference scores {@link #MOST}.
   */
  public static Reading of(double[] values, double[] expected, double[] spread) {
    double[] score = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      score[i] = score(values[i], expected[i], spread[i]);
    }
    return ofScores(score, expected, spread);
  }

  /** The reading of one variable whose scores are not those of a band. */
  public static Reading ofScores(double[] score, double[] expected, double[] spread) {
    return new Reading(
        score, new double[][] {expected}, new double[][] {spread}, new double[][] {score});
  }

  /** The highest score of a value in a band. */
  public static final double MOST = 1e12;

  /** |value − expected| / spread, at most {@link #MOST}; 0 for a missing value. */
  public static double score(double value, double expected, double spread) {
    double off = Math.abs(value - expected);
    return off > 0 ? Math.min(MOST, off / spread) : 0;
  }

  /** The lower end of the band of a threshold. */
  public double lower(int variable, int point, double threshold) {
    return expected[variable][point] - threshold * spread[variable][point];
  }

  /** The upper end of the band of a threshold. */
  public double upper(int variable, int point, double threshold) {
    return expected[variable][point] + threshold * spread[variable][point];
  }
}
