package dev.vedette.azure;

import java.util.List;

/**
 * What the model makes of one point.
 *
 * @param time in milliseconds since 1970-01-01T00:00Z
 * @param enoughHistory whether a sliding window of points lies before it; if not, everything else
 *     is 0, false or empty and the service says {@code InsufficientHistoricalData}
 * @param anomaly whether the score is above 1
 * @param severity 0 for a normal point, up to 1 for an anomaly
 * @param score 0 to 2: 1 is the limit, 2 is never reached
 * @param interpretation of an anomaly: the variables that contribute most, the first most; empty
 *     for a normal point
 */
public record MultivariateVerdict(
    long time,
    boolean enoughHistory,
    boolean anomaly,
    double severity,
    double score,
    List<Contributor> interpretation) {

  /**
   * A variable of an anomaly.
   *
   * @param contributionScore its share, 0 to 1; those of all variables sum to 1
   * @param changedVariables those whose correlation with it lately is not as usual, the most
   *     changed first, ten at most
   */
  public record Contributor(
      String variable, double contributionScore, List<String> changedVariables) {}
}
