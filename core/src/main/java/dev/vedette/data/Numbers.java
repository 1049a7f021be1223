package dev.vedette.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as people write them. */
public final class Numbers {
  private Numbers() {}

  /**
   * The shortest decimal text that reads back as {@code value}, without an exponent where that
   * stays short.
   */
  public static String text(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    double magnitude = Math.abs(value);
    return magnitude >= 1e-4 && magnitude < 1e15
        ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }

  /** {@code value} rounded to {@code digits} significant digits, as text. */
  public static String text(double value, int digits) {
    if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
      return value == 0 ? "0" : Double.toString(value);
    }
    double rounded =
        new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN)).doubleValue();
    return text(rounded);
  }
}
