package dev.vedette;

import java.util.List;

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
 * @param components the parts whose sum is the expected value: trend, seasons, holidays; empty
 *     where the detector takes nothing apart
 * @param band whether the scores are those of a band: each the largest {@link #score(double,
 *     double, double)} of the variables
 */
public record Reading(
    double[] score,
    double[][] expected,
    double[][] spread,
    double[][] contribution,
    List<Component> components,
    boolean band) {
  public Reading {
    components = List.copyOf(components);
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
    for (Component component : components) {
      component.requireShape(expected.length, score.length);
    }
  }

  /** A reading whose scores are not those of a band and whose expected values have no parts. */
  public Reading(double[] score, double[][] expected, double[][] spread, double[][] contribution) {
    this(score, expected, spread, contribution, List.of(), false);
  }

  /**
   * A part of the expected value. Its arrays may be shared with the reading; they are not copied.
   *
   * @param name such as {@code trend} or {@code season of a day}
   * @param values variables × points: what it adds to the expected value; finite
   */
  public record Component(String name, double[][] values) {
    /** What the slow part is called by all detectors that have one. */
    public static final String TREND = "trend";

    /** A part of the expected value of one variable. */
    public static Component of(String name, double[] values) {
      return new Component(name, new double[][] {values});
    }

    private void requireShape(int variables, int points) {
      Require.that(values.length == variables, name + " needs values of each variable");
      for (double[] each : values) {
        Require.that(each.length == points, name + " needs one number per point");
      }
    }
  }

  /** The same reading whose expected value is the sum of {@code parts}. */
  public Reading withComponents(List<Component> parts) {
    return new Reading(score, expected, spread, contribution, parts, band);
  }

  /** The same reading, told whether its scores are those of a band. */
  public Reading withBand(boolean has) {
    return new Reading(score, expected, spread, contribution, components, has);
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
    return ofScores(score, expected, spread).withBand(true);
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
