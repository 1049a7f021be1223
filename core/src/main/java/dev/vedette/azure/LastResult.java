package dev.vedette.azure;

/**
 * The answer for the last point of a series.
 *
 * @param period points in a season, 0 for none
 * @param suggestedWindow how many points are worth sending
 * @param expectedValue what the value should have been
 * @param upperMargin the band ends at the expected value plus this (at margin scale 99)
 * @param lowerMargin the band begins at the expected value minus this
 * @param verdict whether and how the value is an anomaly
 * @param trace how the answer came about
 */
public record LastResult(
    int period,
    int suggestedWindow,
    double expectedValue,
    double upperMargin,
    double lowerMargin,
    Verdict verdict,
    Trace trace) {
  /**
   * Whether a value is an anomaly, in which direction, and how much of one.
   *
   * @param anomaly whether it is one
   * @param positive whether it lies above what was expected; false where it is none
   * @param severity 0 (normal) to 1
   */
  public record Verdict(boolean anomaly, boolean positive, double severity) {
    /** Whether it is an anomaly below what was expected. */
    public boolean negative() {
      return anomaly && !positive;
    }
  }
}
