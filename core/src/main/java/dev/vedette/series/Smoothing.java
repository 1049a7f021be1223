package dev.vedette.series;

import dev.vedette.Require;

/**
 * The form of an exponential smoothing and how quickly its parts follow the errors, in the notation
 * of Hyndman et al. 2002, doi:10.1016/S0169-2070(01)00110-8. Errors are additive, with a
 * multiplicative season relative to the expected value.
 *
 * @param alpha share of an error that the level takes on, 0 to 1
 * @param beta share that the trend takes on, 0 to alpha; 0 without a trend
 * @param gamma share that the season takes on, 0 to 1 − alpha; 0 without a season
 * @param phi what is left of the trend after a step; 1 if not damped
 */
record Smoothing(
    Ets.Trend trend, Ets.Season season, double alpha, double beta, double gamma, double phi) {
  Smoothing {
    Require.that(
        trend != Ets.Trend.AUTO && season != Ets.Season.AUTO, "the form of a model is chosen");
    Require.range("alpha", alpha, 0, 1);
    Require.range("beta", beta, 0, 1);
    Require.range("gamma", gamma, 0, 1);
    Require.range("phi", phi, 0, 1);
  }

  boolean multiplicative() {
    return season == Ets.Season.MULTIPLICATIVE;
  }

  /** φ + φ² + … + φ^steps: how many whole trends {@code steps} steps are worth. */
  double trends(long steps) {
    if (trend == Ets.Trend.NONE) {
      return 0;
    }
    return phi == 1 ? (double) steps : phi * (1 - Math.pow(phi, (double) steps)) / (1 - phi);
  }

  /**
   * The variance of a value {@code steps} steps ahead over that one step ahead: 1 + Σ c², with c
   * the share of an error that lives on (Hyndman et al. 2008, "Forecasting with Exponential
   * Smoothing", table 6.1; with a multiplicative season to first order). O(steps), at most a
   * thousand.
   */
  double[] growth(int steps, int period) {
    double[] growth = new double[steps];
    double sum = 1;
    double trends = 0;
    double power = 1;
    for (int h = 0; h < steps; h++) {
      growth[h] = sum;
      power *= phi;
      trends += power;
      boolean again = season != Ets.Season.NONE && (h + 1) % period == 0;
      double lives = alpha + beta * trends + (again ? gamma : 0);
      sum += lives * lives;
    }
    return growth;
  }
}
