package dev.vedette.azure;

/**
 * How missing points of a regular series are filled before detection; they never show in a result.
 *
 * @param mode what takes their place
 * @param value the value they get under {@link Mode#FIXED}, at most 1e100 in size; no matter
 *     elsewhere
 */
public record Imputation(Mode mode, double value) {
  /** What takes the place of a missing point. */
  public enum Mode {
    /** By season where there is one (spline, same phase of other periods), else nothing. */
    AUTO("auto"),
    /** The last value before the gap. */
    PREVIOUS("previous"),
    /** On the line between the neighbours. */
    LINEAR("linear"),
    /** One given value. */
    FIXED("fixed"),
    ZERO("zero"),
    /** Nothing: the gap is closed up. */
    NOT_FILL("notFill");

    private final String text;

    Mode(String text) {
      this.text = text;
    }

    /** As the service writes it. */
    public String text() {
      return text;
    }
  }

  public Imputation {
    if (mode == Mode.FIXED && !(Math.abs(value) <= Requests.LARGEST)) {
      throw new RequestException(
          ErrorCode.INVALID_IMPUTE_FIXED_VALUE, "The 'imputeFixedValue' field must be a number.");
    }
  }

  /** {@link Mode#AUTO}. */
  public Imputation() {
    this(Mode.AUTO, 0);
  }

  public Imputation(Mode mode) {
    this(mode, 0);
  }
}
