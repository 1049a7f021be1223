package dev.vedette.azure;

/**
 * One variable as it was given: neither sorted nor aligned with others; NaN is missing.
 *
 * @param times milliseconds since 1970-01-01T00:00Z
 */
public record MultivariateVariable(String name, long[] times, double[] values) {
  public MultivariateVariable {
    MultivariateException.unless(
        times.length == values.length,
        "VariableParseError",
        "Variable %s parse %s timestamps but %s values error."
            .formatted(name, times.length, values.length));
    for (double value : values) {
      MultivariateException.unless(
          !Double.isInfinite(value),
          "VariableParseError",
          "Variable %s parse %s is not a finite number error.".formatted(name, value));
    }
  }
}
