package dev.vedette.explain;

import dev.vedette.data.Column;
import dev.vedette.data.Kind;
import dev.vedette.data.Numbers;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * One column of the row that is explained.
 *
 * @param value as it is in the row
 * @param normal a value that would have been normal; empty where the model cannot tell
 * @param contribution to the score
 */
public record Input(
    String column, String value, String normal, Direction direction, double contribution) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * The first row of {@code column}.
   *
   * @param normal the normal value, of a number with all its digits
   */
  public static Input of(Column column, String normal, double contribution) {
    boolean number = column.kind() == Kind.NUMBER && !normal.equals("missing") && !normal.isEmpty();
    if (number && column instanceof Column.Numeric numbers) {
      return of(column.name(), numbers.value(0), Double.parseDouble(normal), contribution);
    }
    String value = text(column);
    Direction direction =
        column.isMissing(0)
            ? Direction.MISSING
            : value.equals(normal) ? Direction.USUAL : Direction.UNUSUAL;
    return new Input(column.name(), value, normal, direction, contribution);
  }

  private static String text(Column column) {
    if (column instanceof Column.Time time && !time.isMissing(0)) {
      return TIME.format(Instant.ofEpochMilli(time.millis(0)));
    }
    return column.text(0);
  }

  /** A number called {@code column}; NaN is missing. */
  static Input of(String column, double value, double normal, double contribution) {
    boolean missing = Double.isNaN(value);
    return new Input(
        column,
        missing ? "" : Numbers.text(value, digits(6, value, normal)),
        Double.isNaN(normal) ? "" : Numbers.text(normal, digits(4, value, normal)),
        missing ? Direction.MISSING : compare(value, normal),
        contribution);
  }

  private static Direction compare(double value, double normal) {
    return value > normal ? Direction.HIGH : value < normal ? Direction.LOW : Direction.USUAL;
  }

  /** At least {@code least} significant digits; more where fewer would blur the difference. */
  private static int digits(int least, double value, double normal) {
    double apart = Math.abs(value - normal);
    double size = Math.max(Math.abs(value), Math.abs(normal));
    return apart > 0 && size < Double.POSITIVE_INFINITY
        ? (int) Math.clamp(Math.floor(Math.log10(size / apart)) + 3, least, 17)
        : least;
  }
}
