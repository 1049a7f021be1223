package dev.vedette.azure;

/**
 * The answer for every point of a series; all arrays are as long as the series sent.
 *
 * @param period points in a season, 0 for none
 * @param expectedValues what each value should have been
 * @param upperMargins the band ends at the expected value plus this (at margin scale 99)
 * @param lowerMargins the band begins at the expected value minus this
 * @param isAnomaly whether the value is an anomaly
 * @param isPositiveAnomaly whether it is one and lies above the expected value
 * @param severity 0 (normal) to 1
 * @param trace how the answer came about
 */
public record EntireResult(
    int period,
    double[] expectedValues,
    double[] upperMargins,
    double[] lowerMargins,
    boolean[] isAnomaly,
    boolean[] isPositiveAnomaly,
    double[] severity,
    Trace trace) {
  /** Whether each point is an anomaly and lies below the expected value. */
  public boolean[] isNegativeAnomaly() {
    boolean[] negative = new boolean[isAnomaly.length];
    for (int i = 0; i < negative.length; i++) {
      negative[i] = isAnomaly[i] && !isPositiveAnomaly[i];
    }
    return negative;
  }
}
