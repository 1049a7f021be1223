package dev.vedette;

import java.util.Locale;

/** Checks at the door. Each failure names the thing, its value and what it may be. */
public final class Require {
  private Require() {}

  /** Returns {@code value} when it lies in {@code [min, max]}. */
  public static int range(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s must be from %s to %s, is %s".formatted(name, min, max, value));
    }
    return value;
  }

  /** Returns {@code value} when it lies in {@code [min, max]}; NaN never does. */
  public static double range(String name, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s must be from %s to %s, is %s",
              name,
              plain(min),
              plain(max),
              plain(value)));
    }
    return value;
  }

  /** Checks that no value is NaN or infinite. */
  public static void finite(String name, double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(name + " holds " + value);
      }
    }
  }

  /** Throws {@link IllegalArgumentException} with {@code message} unless {@code holds}. */
  public static void that(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * Checks a row at the door of a model: its width and that each value is a finite number.
   *
   * @throws DataException naming the column
   */
  public static void row(double[] row, int columns, boolean missingAllowed) {
    if (row.length != columns) {
      throw new DataException(
          "the row has " + row.length + " columns, the model was fitted on " + columns);
    }
    for (int column = 0; column < columns; column++) {
      double value = row[column];
      if (!Double.isFinite(value)) {
        refuse(value, column, missingAllowed);
      }
    }
  }

  private static void refuse(double value, int column, boolean missingAllowed) {
    if (Double.isNaN(value)) {
      if (!missingAllowed) {
        throw new DataException("column " + column + " of the row is NaN; impute or drop it first");
      }
    } else {
      throw new DataException(
          "column " + column + " of the row is " + value + "; only finite numbers can be scored");
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
