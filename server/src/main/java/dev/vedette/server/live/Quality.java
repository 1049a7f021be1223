package dev.vedette.server.live;

/**
 * How the decisions on events agree with what is known to be true about them.
 *
 * @param truePositives anomalies that were flagged
 * @param falsePositives normal events that were flagged
 * @param missed anomalies that were not flagged
 * @param trueNegatives normal events that were not flagged
 */
public record Quality(long truePositives, long falsePositives, long missed, long trueNegatives) {
  /** The share of the flagged events that are anomalies; NaN while none is flagged. */
  public double precision() {
    return (double) truePositives / (truePositives + falsePositives);
  }

  /** The share of the anomalies that are flagged; NaN while there are none. */
  public double recall() {
    return (double) truePositives / (truePositives + missed);
  }

  /** The harmonic mean of precision and recall; NaN while there are neither. */
  public double f1() {
    return 2.0 * truePositives / (2.0 * truePositives + falsePositives + missed);
  }

  /** The share of the normal events that are flagged; NaN while there are none. */
  public double falsePositiveRate() {
    return (double) falsePositives / (falsePositives + trueNegatives);
  }
}
