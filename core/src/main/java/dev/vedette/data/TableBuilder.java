package dev.vedette.data;

import dev.vedette.DataException;
import dev.vedette.Require;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/**
 * A table of a known {@link Schema} being put together from single values, which are read as {@link
 * TableFile} reads them; rows at a time or columns at a time. Not thread-safe.
 */
public final class TableBuilder {
  private final List<Schema.Field> fields;
  private final ColumnBuilder[] columns;
  private final int[] filled;
  private final MissingTokens missing = new MissingTokens(new ReadOptions().missing());
  private final Cells cells = new Cells();
  private int rows;

  public TableBuilder(Schema schema) {
    fields = schema.fields();
    columns =
        fields.stream()
            .map(field -> ColumnBuilder.of(field.name(), field.kind(), false, ZoneOffset.UTC))
            .toArray(ColumnBuilder[]::new);
    filled = new int[columns.length];
  }

  /** Rows ended so far. */
  public int rows() {
    return rows;
  }

  /**
   * Adds a number to column {@code column}: a flag, a name or a moment where the column has those;
   * NaN is missing.
   *
   * @throws DataException when the column cannot have it
   */
  public void number(int column, double value) {
    int row = filled[column];
    try {
      if (Double.isNaN(value)) {
        columns[column].setMissing(row);
      } else {
        columns[column].set(row, value);
      }
    } catch (BadRow bad) {
      throw refusal(row, bad);
    }
    filled[column]++;
  }

  /**
   * Adds a value, as it stands in a file, to column {@code column}.
   *
   * @throws DataException when the column cannot have it
   */
  public void text(int column, String value) {
    int row = filled[column];
    cells.begin(0, 0);
    char[] text = value.toCharArray();
    try {
      if (!cells.add(text, 0, text.length)) {
        throw new BadRow(0, fields.get(column).name(), "the text is too long", "shorten it,");
      }
      if (missing.matches(cells.text, cells.from[0], cells.to[0])) {
        columns[column].setMissing(row);
      } else {
        columns[column].set(row, cells, 0);
      }
    } catch (BadRow bad) {
      throw refusal(row, bad);
    }
    filled[column]++;
  }

  /** Adds a missing value to column {@code column}. */
  public void missing(int column) {
    columns[column].setMissing(filled[column]++);
  }

  /** Ends a row; columns that were given nothing are missing in it. */
  public void endRow() {
    rows++;
    for (int column = 0; column < columns.length; column++) {
      if (filled[column] < rows) {
        missing(column);
      }
      Require.that(filled[column] == rows, "a column was given two values in one row");
    }
  }

  private static DataException refusal(int row, BadRow bad) {
    return new DataException(
        "row %d, %s; correct it, or leave it empty where it is not known"
            .formatted(row + 1, bad.reason()));
  }

  /** The table; gives up what was gathered, so only once. All columns have the same length. */
  public Table build() {
    int length = filled.length == 0 ? 0 : filled[0];
    Require.that(
        Arrays.stream(filled).allMatch(count -> count == length), "columns of different lengths");
    return Table.of(Arrays.stream(columns).map(column -> column.build(length)).toList());
  }
}
