package dev.vedette.data;

import dev.vedette.DataException;
import dev.vedette.Require;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Named columns of one length, and for some tables which of its rows are known anomalies.
 * Immutable.
 */
public final class Table {
  private final List<Column> columns;
  private final int rows;
  private final boolean @Nullable [] labels;

  private Table(List<Column> columns, int rows, boolean @Nullable [] labels) {
    this.columns = columns;
    this.rows = rows;
    this.labels = labels;
  }

  /** A table of {@code columns}, which have one length and different names. */
  public static Table of(List<? extends Column> columns) {
    Require.that(!columns.isEmpty(), "a table needs at least one column");
    int rows = columns.getFirst().rows();
    var names = new HashSet<String>();
    for (Column column : columns) {
      Require.that(names.add(column.name()), "two columns are named '" + column.name() + "'");
      Require.that(
          column.rows() == rows,
          "column '%s' has %s rows, the first has %s"
              .formatted(column.name(), column.rows(), rows));
    }
    return new Table(List.copyOf(columns), rows, null);
  }

  /** The same columns with labels: true where the row is a known anomaly. */
  public Table withLabels(boolean[] labels) {
    Require.that(labels.length == rows, "%s labels for %s rows".formatted(labels.length, rows));
    return new Table(columns, rows, labels.clone());
  }

  public int rows() {
    return rows;
  }

  public List<Column> columns() {
    return columns;
  }

  /** The column named {@code name}, if there is one. */
  public Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** For each row whether it is a known anomaly, where the table has labels. */
  public Optional<boolean[]> labels() {
    return labels == null ? Optional.empty() : Optional.of(labels.clone());
  }

  public Schema schema() {
    return new Schema(columns.stream().map(c -> new Schema.Field(c.name(), c.kind())).toList());
  }

  /** The given rows, in the given order. */
  public Table select(int[] indices) {
    List<Column> selected = columns.stream().map(column -> column.select(indices)).toList();
    boolean[] selectedLabels = null;
    if (labels != null) {
      selectedLabels = new boolean[indices.length];
      for (int i = 0; i < indices.length; i++) {
        selectedLabels[i] = labels[indices[i]];
      }
    }
    return new Table(selected, indices.length, selectedLabels);
  }

  /** The rows whose label is {@code label}; the table must have labels. */
  public Table labelled(boolean label) {
    if (labels == null) {
      throw new DataException("the table has no labels");
    }
    return select(IntStream.range(0, rows).filter(i -> labels[i] == label).toArray());
  }

  /** A random training share and the rest; see {@link Split#random}. */
  public Split split(double trainShare, long seed) {
    return Split.random(this, trainShare, seed);
  }

  /**
   * The columns as numbers, as they are. A table with categories or times has to be encoded first,
   * by {@link Encoder#fit}.
   *
   * @throws DataException naming a column that is not numeric
   */
  public Matrix matrix() {
    var numeric = new Column.Numeric[columns.size()];
    for (int j = 0; j < numeric.length; j++) {
      Column column = columns.get(j);
      if (!(column instanceof Column.Numeric numbers)) {
        throw new DataException(
            "column '%s' is a %s, not a number; encode the table first (TableDetector does)"
                .formatted(column.name(), column.kind().name().toLowerCase(java.util.Locale.ROOT)));
      }
      numeric[j] = numbers;
    }
    List<String> names = Arrays.stream(numeric).map(Column::name).toList();
    return Matrix.fill(
        names,
        rows,
        (i, into) -> {
          for (int j = 0; j < into.length; j++) {
            into[j] = numeric[j].value(i);
          }
        });
  }

  @Override
  public String toString() {
    return "Table[" + rows + " × " + columns.size() + (labels == null ? "]" : ", labelled]");
  }
}
