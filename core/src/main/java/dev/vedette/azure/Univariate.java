package dev.vedette.azure;

import dev.vedette.Require;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Anomalies and change points of one series, stateless, as the univariate part of the service finds
 * them.
 *
 * @param maxPoints the most points a series may have; the service has 8,640
 */
public record Univariate(int maxPoints) {
  public Univariate {
    Require.range("maxPoints", maxPoints, 12, 10_000_000);
  }

  /** With the limit of the service, 8,640 points. */
  public Univariate() {
    this(8640);
  }

  /** Judges every point in the light of the whole series. */
  public EntireResult entire(UnivariateRequest request) {
    Requests.checkLimit(request.points().count(), maxPoints);
    return new Engine(request, 2 * maxPoints).entire();
  }

  /** As {@link #entire(UnivariateRequest)} on raw fields, see {@link UnivariateRequest#parse}. */
  public EntireResult entire(Map<String, ? extends @Nullable Object> fields) {
    return entire(UnivariateRequest.parse(fields, maxPoints));
  }

  /** Judges the last point in the light of those before it. */
  public LastResult last(UnivariateRequest request) {
    Requests.checkLimit(request.points().count(), maxPoints);
    return new Engine(request, 2 * maxPoints).last();
  }

  /** As {@link #last(UnivariateRequest)} on raw fields, see {@link UnivariateRequest#parse}. */
  public LastResult last(Map<String, ? extends @Nullable Object> fields) {
    return last(UnivariateRequest.parse(fields, maxPoints));
  }

  /** Finds where the trend changes. */
  public ChangePointResult changePoints(ChangePointRequest request) {
    Requests.checkLimit(request.points().count(), maxPoints);
    return ChangePoints.find(request, 2 * maxPoints);
  }

  /** As {@link #changePoints(ChangePointRequest)} on raw fields. */
  public ChangePointResult changePoints(Map<String, ? extends @Nullable Object> fields) {
    return changePoints(ChangePointRequest.parse(fields, maxPoints));
  }
}
