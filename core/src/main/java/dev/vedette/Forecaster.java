package dev.vedette;

/** A {@link SeriesModel} that also says how the series goes on. */
public interface Forecaster extends SeriesModel {
  /**
   * The {@code points} points after the history, at its usual step.
   *
   * @param points at least 1
   * @param level the probability, more than 0 and less than 1, with which each value alone is
   *     promised to lie between lower and upper
   */
  Forecast forecast(int points, double level);
}
