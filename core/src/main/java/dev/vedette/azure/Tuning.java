package dev.vedette.azure;

import org.jspecify.annotations.Nullable;

/**
 * How readily points are flagged and how wide the band is.
 *
 * @param maxAnomalyRatio the largest share of anomalies, above 0 and at most 0.49
 * @param sensitivity 0 to 100: the higher, the narrower the band
 * @param alpha significance of the extreme-deviate test, above 0
 * @param threshold of the spectral residual; null for 3.5
 * @param boundary how margins are computed
 * @param detector a name that was asked for, or null; the engine chooses by itself all the same
 */
public record Tuning(
    double maxAnomalyRatio,
    int sensitivity,
    double alpha,
    @Nullable Double threshold,
    Boundary boundary,
    @Nullable String detector) {
  /** How margins are computed. */
  public enum Boundary {
    /** A share of the expected value; what the service ran with. */
    V1,
    /** By the size of the trend, on a table of 101 sensitivities. */
    V2,
    /** As {@link #V2}. */
    V3
  }

  public Tuning {
    if (!(alpha > 0)) {
      throw new RequestException(ErrorCode.INVALID_MODEL_ARGUMENT, "The 'alpha' field must > 0.");
    }
    if (!(maxAnomalyRatio > 0 && maxAnomalyRatio <= 0.49)) {
      throw Requests.anomalyRatio();
    }
    if (sensitivity < 0 || sensitivity > 100) {
      throw Requests.sensitivity();
    }
  }

  /** A quarter of the points at most, sensitivity 99, alpha 0.05. */
  public Tuning() {
    this(0.25, 99, 0.05, null, Boundary.V1, null);
  }

  public Tuning maxAnomalyRatio(double maxAnomalyRatio) {
    return new Tuning(maxAnomalyRatio, sensitivity, alpha, threshold, boundary, detector);
  }

  public Tuning sensitivity(int sensitivity) {
    return new Tuning(maxAnomalyRatio, sensitivity, alpha, threshold, boundary, detector);
  }

  public Tuning boundary(Boundary boundary) {
    return new Tuning(maxAnomalyRatio, sensitivity, alpha, threshold, boundary, detector);
  }
}
