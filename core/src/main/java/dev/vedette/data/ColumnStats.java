package dev.vedette.data;

import dev.vedette.DataException;
import java.time.ZoneOffset;

/** What the first pass over a file learns about one column, and the kind that follows from it. */
final class ColumnStats {
  /** A column with this share of one kind of value and some others is an error, not a category. */
  private static final double MOSTLY = 0.9;

  private static final int ENOUGH = 10;

  private final String name;
  private long present;
  private long numbers;
  private long bits;
  private long times;
  private final long[] words = new long[2 * FlagText.PAIRS];
  private final Odd notNumber = new Odd();
  private final Odd notTime = new Odd();

  /** The first value that is not of some kind. */
  private static final class Odd {
    private long line;
    private String value = "";

    private void see(Cells cells, int field) {
      if (line == 0) {
        line = cells.line();
        value = cells.quoted(field);
      }
    }
  }

  ColumnStats(String name) {
    this.name = name;
  }

  /** Looks at a value that is not missing. */
  void add(Cells cells, int field) {
    char[] text = cells.text;
    int from = cells.from[field];
    int to = cells.to[field];
    present++;
    double number = NumberText.parse(text, from, to);
    if (!Double.isNaN(number)) {
      numbers++;
      bits += number == 0 || number == 1 ? 1 : 0;
      notTime.see(cells, field);
      return;
    }
    notNumber.see(cells, field);
    if (TimeText.parse(text, from, to, ZoneOffset.UTC) != Column.Time.MISSING) {
      times++;
      return;
    }
    notTime.see(cells, field);
    int word = FlagText.word(text, from, to);
    if (word >= 0) {
      words[word]++;
    }
  }

  /** Throws {@link DataException} when all values are missing. */
  void requireValues(String file) {
    if (present == 0) {
      throw new DataException(
          "%s: column '%s' has no values; ignore it (--ignore %s)".formatted(file, name, name));
    }
  }

  /**
   * The kind of the column. Infinite numbers count as numbers here and are refused when read.
   *
   * @param lenient whether values that do not fit may be left out with their rows
   * @throws DataException when most values are of one kind but not all
   */
  Kind kind(String file, boolean lenient) {
    if (numbers == present) {
      return bits == present ? Kind.FLAG : Kind.NUMBER;
    }
    if (times == present) {
      return Kind.TIME;
    }
    if (isFlag()) {
      return Kind.FLAG;
    }
    if (mostly(numbers)) {
      return lenient ? Kind.NUMBER : refuse(file, notNumber, "a number");
    }
    if (mostly(times)) {
      return lenient ? Kind.TIME : refuse(file, notTime, "a date or time");
    }
    return Kind.CATEGORY;
  }

  private boolean isFlag() {
    for (int pair = 0; pair < FlagText.PAIRS; pair++) {
      long no = words[2 * pair];
      long yes = words[2 * pair + 1];
      if (no + yes == present && (pair < FlagText.LETTERS || (no > 0 && yes > 0))) {
        return true;
      }
    }
    return false;
  }

  private boolean mostly(long count) {
    return count >= ENOUGH && count >= MOSTLY * present;
  }

  private Kind refuse(String file, Odd odd, String what) {
    throw new DataException(
        "%s line %d, column '%s': %s is not %s, but most values of the column are; declare the"
                .formatted(file, odd.line, name, odd.value, what)
            + " column a category, add the value to the missing tokens, or skip bad rows"
            + " (--skip-bad-rows)");
  }
}
