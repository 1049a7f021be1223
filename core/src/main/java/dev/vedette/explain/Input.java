package dev.vedette.explain;

import dev.vedette.data.Column;
import dev.vedette.data.Kind;
import dev.vedette.data.Numbers;

/**
 * One column of the row that is explained.
 *
 * @param value as it is in the row
 * @param normal a value that would have been normal; empty where the model cannot tell
 * @param contribution to the score
 */
public record Input(
    String column, String value, String normal, Direction direction, double contribution) {
  /** The first row of {@code column}, whose normal value is {@code normal}. */
  public static Input of(Column column, String normal, double contribution) {
    String value =
        column instanceof Column.Numeric number && !column.isMissing(0)
            ? Numbers.text(number.value(0), 6)
            : column.text(0);
    return new Input(column.name(), value, normal, direction(column, normal), contribution);
  }

  private static Direction direction(Column column, String normal) {
    if (column.isMissing(0)) {
      return Direction.MISSING;
    }
    if (column.kind() != Kind.NUMBER || normal.equals("missing") || normal.isEmpty()) {
      return Direction.UNUSUAL;
    }
    return compare(((Column.Numeric) column).value(0), Double.parseDouble(normal));
  }

  static Direction compare(double value, double normal) {
    return value > normal ? Direction.HIGH : value < normal ? Direction.LOW : Direction.UNUSUAL;
  }

  /** A number called {@code column}; NaN is missing. */
  static Input of(String column, double value, double normal, double contribution) {
    boolean missing = Double.isNaN(value);
    return new Input(
        column,
        missing ? "" : Numbers.text(value, 6),
        Double.isNaN(normal) ? "" : Numbers.text(normal, 4),
        missing ? Direction.MISSING : compare(value, normal),
        contribution);
  }
}
