package dev.vedette.azure;

/** What is wrong with a request, in the words of the service. */
public enum ErrorCode {
  INVALID_CUSTOM_INTERVAL("InvalidCustomInterval"),
  BAD_ARGUMENT("BadArgument"),
  INVALID_GRANULARITY("InvalidGranularity"),
  INVALID_PERIOD("InvalidPeriod"),
  INVALID_MODEL_ARGUMENT("InvalidModelArgument"),
  INVALID_SERIES("InvalidSeries"),
  INVALID_JSON_FORMAT("InvalidJsonFormat"),
  REQUIRED_GRANULARITY("RequiredGranularity"),
  REQUIRED_SERIES("RequiredSeries"),
  INVALID_IMPUTE_MODE("InvalidImputeMode"),
  INVALID_IMPUTE_FIXED_VALUE("InvalidImputeFixedValue");

  private final String text;

  ErrorCode(String text) {
    this.text = text;
  }

  /** The code as the service writes it, such as {@code InvalidSeries}. */
  public String text() {
    return text;
  }
}
