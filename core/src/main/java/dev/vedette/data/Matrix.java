package dev.vedette.data;

import dev.vedette.DataException;
import dev.vedette.Require;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Numbers in rows × columns, row-major, immutable. NaN means missing; infinities are refused.
 *
 * <p>At most 2<sup>31</sup>−9 values.
 */
public final class Matrix {
  private final List<String> names;
  private final int rows;
  private final int columns;
  private final double[] values;

  private Matrix(List<String> names, int rows, double[] values) {
    this.names = names;
    this.rows = rows;
    this.columns = names.size();
    this.values = values;
  }

  /** Writes one row of a matrix that is being made. */
  @FunctionalInterface
  public interface Filler {
    /** Fills {@code into}, which has one entry per column and starts as zeros. */
    void fill(int row, double[] into);
  }

  /** A copy of {@code rows}, with columns named {@code c0, c1, ...}. */
  public static Matrix of(double[][] rows) {
    Require.that(rows.length > 0, "a matrix needs at least one row to know its columns");
    List<String> names = IntStream.range(0, rows[0].length).mapToObj(j -> "c" + j).toList();
    return of(names, rows);
  }

  /** A copy of {@code rows}, each with one value per name. */
  public static Matrix of(List<String> names, double[][] rows) {
    return fill(
        names,
        rows.length,
        (i, into) -> {
          if (rows[i].length != into.length) {
            throw new DataException(
                "row %s has %s values, expected %s".formatted(i, rows[i].length, into.length));
          }
          System.arraycopy(rows[i], 0, into, 0, into.length);
        });
  }

  /**
   * A matrix whose rows are written one after the other by {@code filler}.
   *
   * @throws DataException naming row and column of an infinite value
   */
  public static Matrix fill(List<String> names, int rows, Filler filler) {
    Require.that(!names.isEmpty(), "a matrix needs at least one column");
    int columns = names.size();
    if ((long) rows * columns > Integer.MAX_VALUE - 8) {
      throw new DataException(
          "%s rows × %s columns do not fit in memory as one matrix; score in blocks or sample"
              .formatted(rows, columns));
    }
    Matrix matrix = new Matrix(List.copyOf(names), rows, new double[rows * columns]);
    double[] row = new double[columns];
    for (int i = 0; i < rows; i++) {
      Arrays.fill(row, 0);
      filler.fill(i, row);
      matrix.set(i, row);
    }
    return matrix;
  }

  private void set(int i, double[] row) {
    for (int j = 0; j < columns; j++) {
      if (Double.isInfinite(row[j])) {
        throw new DataException(
            "row %s, column '%s' is %s; only finite numbers can be used"
                .formatted(i, names.get(j), row[j]));
      }
    }
    System.arraycopy(row, 0, values, i * columns, columns);
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** The names of the columns, in order. */
  public List<String> names() {
    return names;
  }

  /** The value at {@code row}, {@code column}; NaN where it is missing. */
  public double get(int row, int column) {
    return values[row * columns + column];
  }

  /** A copy of one row. */
  public double[] row(int row) {
    return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
  }

  /** Copies one row into {@code into}, which has one entry per column. */
  public void copyRow(int row, double[] into) {
    System.arraycopy(values, row * columns, into, 0, columns);
  }

  /**
   * Copies the rows {@code from} (inclusive) to {@code to} (exclusive) into {@code into},
   * row-major.
   */
  public void copyRows(int from, int to, double[] into) {
    System.arraycopy(values, from * columns, into, 0, (to - from) * columns);
  }

  /** A copy of one column. */
  public double[] column(int column) {
    double[] copy = new double[rows];
    for (int i = 0, at = column; i < rows; i++, at += columns) {
      copy[i] = values[at];
    }
    return copy;
  }

  /** The given rows, in the given order, as a new matrix. */
  public Matrix select(int[] indices) {
    double[] selected = new double[Math.multiplyExact(indices.length, columns)];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(values, indices[i] * columns, selected, i * columns, columns);
    }
    return new Matrix(names, indices.length, selected);
  }

  /**
   * Checks this matrix at the door of a detector or model.
   *
   * @param expected the number of columns it must have
   * @throws DataException naming row and column of a missing value that is not allowed
   */
  public void requireUsable(int expected, boolean missingAllowed) {
    if (columns != expected) {
      throw new DataException(
          "the matrix has %s columns, the model was fitted on %s".formatted(columns, expected));
    }
    if (!missingAllowed) {
      requireComplete();
    }
  }

  /** Throws {@link DataException} naming the first missing value, if there is one. */
  public void requireComplete() {
    for (int at = 0; at < values.length; at++) {
      if (Double.isNaN(values[at])) {
        throw new DataException(
            "row %s, column '%s' is NaN; impute or drop it first"
                .formatted(at / columns, names.get(at % columns)));
      }
    }
  }

  /** Throws {@link DataException} unless there are at least {@code least} rows. */
  public void requireRows(int least) {
    if (rows < least) {
      throw new DataException(
          "%s row%s given, at least %s needed".formatted(rows, rows == 1 ? "" : "s", least));
    }
  }

  @Override
  public String toString() {
    return "Matrix[" + rows + " × " + columns + "]";
  }
}
