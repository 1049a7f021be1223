package dev.vedette.azure;

import dev.vedette.DataException;

/**
 * Data of several variables that cannot be used, in the code and the words of the service: {@code
 * NotEnoughInput}, {@code NoData}, {@code TooManyData}, {@code NoVariablesFound}, {@code
 * DuplicatedVariables}, {@code MergeDataFailed}, {@code FileNotExist}, {@code RedundantFile},
 * {@code InvalidSlidingWindow}, {@code InvalidFillNAMethod}, {@code RequiredPaddingValue} or {@code
 * VariableParseError}.
 */
public final class MultivariateException extends DataException {
  private static final long serialVersionUID = 1;

  private final String code;

  MultivariateException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Such as {@code NotEnoughInput}. */
  public String code() {
    return code;
  }

  static void unless(boolean holds, String code, String message) {
    if (!holds) {
      throw new MultivariateException(code, message);
    }
  }
}
