package dev.vedette.azure;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of {@link Univariate#entire} and {@link Univariate#last}.
 *
 * @param points the series, 12 points or more
 * @param period points in a season, 0 for none; null to have it found
 * @param imputation how gaps are filled
 * @param tuning how readily points are flagged
 */
public record UnivariateRequest(
    Points points, @Nullable Integer period, Imputation imputation, Tuning tuning) {
  public UnivariateRequest {
    Requests.checkPeriod(points, period);
  }

  /** With all options at their defaults. */
  public UnivariateRequest(Points points) {
    this(points, null, new Imputation(), new Tuning());
  }

  public UnivariateRequest period(@Nullable Integer period) {
    return new UnivariateRequest(points, period, imputation, tuning);
  }

  public UnivariateRequest imputation(Imputation imputation) {
    return new UnivariateRequest(points, period, imputation, tuning);
  }

  public UnivariateRequest tuning(Tuning tuning) {
    return new UnivariateRequest(points, period, imputation, tuning);
  }

  /**
   * Reads the fields of a request as a JSON parser gives them: text as {@code String}, whole
   * numbers as {@code Integer}, {@code Long} or {@code BigInteger}, others as {@code Double} or
   * {@code BigDecimal}, arrays as {@code List}, objects as {@code Map}, null as null. Older names
   * of fields are understood, unknown fields are passed over.
   *
   * @param maxPoints the most points a series may have
   * @throws RequestException for the first thing that is wrong, in the order of the service
   */
  public static UnivariateRequest parse(
      Map<String, ? extends @Nullable Object> fields, int maxPoints) {
    return new Requests(fields).univariate(maxPoints);
  }
}
