package dev.vedette.azure;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of {@link Univariate#changePoints}.
 *
 * @param points the series, 12 points or more
 * @param period points in a season, 0 for none; null to have it found
 * @param stableTrendWindow how many points a trend has to hold, 3 or more and less than half of the
 *     series; null for the default of the granularity
 * @param threshold 0.01 to 0.99: the lower, the larger an error of the trend is let pass, so the
 *     fewer change points; null for 0.9
 */
public record ChangePointRequest(
    Points points,
    @Nullable Integer period,
    @Nullable Integer stableTrendWindow,
    @Nullable Double threshold) {
  public ChangePointRequest {
    Requests.checkPeriod(points, period);
    if (stableTrendWindow != null
        && (stableTrendWindow < 3 || stableTrendWindow >= points.count() / 2.0)) {
      throw Requests.stableTrendWindow();
    }
    if (threshold != null && !(threshold >= 0.01 && threshold <= 0.99)) {
      throw Requests.threshold();
    }
  }

  /** With all options at their defaults. */
  public ChangePointRequest(Points points) {
    this(points, null, null, null);
  }

  /**
   * Reads the fields of a request as a JSON parser gives them, see {@link UnivariateRequest#parse}.
   *
   * @param maxPoints the most points a series may have
   * @throws RequestException for the first thing that is wrong, in the order of the service
   */
  public static ChangePointRequest parse(
      Map<String, ? extends @Nullable Object> fields, int maxPoints) {
    return new Requests(fields).changePoints(maxPoints);
  }
}
