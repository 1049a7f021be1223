package dev.vedette.data;

import dev.vedette.DataException;
import org.jspecify.annotations.Nullable;

/** A row that cannot be read; the rows after it can. */
final class BadRow extends Exception {
  private static final long serialVersionUID = 1L;

  private final long line;
  private final String reason;
  private final String remedy;

  /**
   * @param line the physical line on which the row starts
   * @param column the column at fault, or null
   */
  BadRow(long line, @Nullable String column, String reason, String remedy) {
    super(reason, null, false, false);
    this.line = line;
    this.reason = column == null ? reason : "column '" + column + "': " + reason;
    this.remedy = remedy;
  }

  long line() {
    return line;
  }

  /** The column and what is wrong with its value. */
  String reason() {
    return reason;
  }

  String place(String file) {
    String separator = reason.startsWith("column '") ? ", " : ": ";
    return file + " line " + line + separator + reason;
  }

  /** The error to show when bad rows are not skipped. */
  DataException refusal(String file) {
    return new DataException(place(file) + "; " + remedy + " or skip bad rows (--skip-bad-rows)");
  }
}
