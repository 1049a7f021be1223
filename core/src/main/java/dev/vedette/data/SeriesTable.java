package dev.vedette.data;

import dev.vedette.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a table as one series, or as one per key: sorted by time, points of the same
 * time merged into their mean. A label of a merged point is true where one of them was.
 */
public final class SeriesTable {
  private SeriesTable() {}

  /**
   * One series of a table.
   *
   * @param key what the key column holds in its rows; empty where there is no key column
   * @param remarks what was done to the rows, a sentence each
   */
  public record Part(String key, Series series, List<String> remarks) {
    public Part {
      remarks = List.copyOf(remarks);
    }
  }

  /** When each row was, in milliseconds, or {@link Column.Time#MISSING}. */
  public static long[] times(Table table, SeriesColumns columns) {
    return columns.times(table);
  }

  /**
   * The series in {@code columns} of {@code table}, in the order in which their keys turn up.
   *
   * @throws DataException when no row has a time
   */
  public static List<Part> read(Table table, SeriesColumns columns) {
    long[] times = columns.times(table);
    double[][] values =
        columns.values().stream()
            .map(name -> (Column.Numeric) table.column(name).orElseThrow())
            .map(column -> IntStream.range(0, table.rows()).mapToDouble(column::value).toArray())
            .toArray(double[][]::new);
    var rows = new Rows(columns, times, values, table.labels().orElse(null));
    String name = columns.key();
    Column key = name == null ? null : table.column(name).orElseThrow();
    List<Part> parts = new ArrayList<>();
    if (key == null) {
      parts.add(rows.part("", IntStream.range(0, table.rows()).toArray()));
      return parts;
    }
    var groups = new java.util.LinkedHashMap<String, List<Integer>>();
    for (int i = 0; i < table.rows(); i++) {
      groups.computeIfAbsent(key.text(i), k -> new ArrayList<>()).add(i);
    }
    groups.forEach(
        (text, group) ->
            parts.add(
                rows.part(
                    text.isEmpty() ? "(no " + name + ")" : text,
                    group.stream().mapToInt(i -> i).toArray())));
    return parts;
  }

  /** The columns of a table that make up points. */
  private record Rows(
      SeriesColumns columns, long[] times, double[][] values, boolean @Nullable [] labels) {
    Part part(String key, int[] rows) {
      List<String> remarks = new ArrayList<>();
      int[] timed = Arrays.stream(rows).filter(i -> times[i] != Column.Time.MISSING).toArray();
      if (timed.length == 0) {
        throw new DataException(
            "no row%s has a time in column '%s'"
                .formatted(key.isEmpty() ? "" : " of '" + key + "'", columns.time()));
      }
      if (timed.length < rows.length) {
        remarks.add("%d rows without a time were left out".formatted(rows.length - timed.length));
      }
      int late = 0;
      for (int i = 1; i < timed.length; i++) {
        late += times[timed[i]] < times[timed[i - 1]] ? 1 : 0;
      }
      if (late > 0) {
        remarks.add("the rows were not in the order of time and were sorted");
      }
      Series series = sorted(timed);
      if (series.points() < timed.length) {
        remarks.add(
            "%d rows have the time of another and were merged into their mean"
                .formatted(timed.length - series.points()));
      }
      return new Part(key, series, remarks);
    }

    private Series sorted(int[] rows) {
      double[][] picked =
          Arrays.stream(values)
              .map(all -> Arrays.stream(rows).mapToDouble(i -> all[i]).toArray())
              .toArray(double[][]::new);
      boolean[] known = labels == null ? null : new boolean[rows.length];
      for (int k = 0; known != null && labels != null && k < rows.length; k++) {
        known[k] = labels[rows[k]];
      }
      return SeriesPreparation.sorted(
          columns.values(),
          Arrays.stream(rows).mapToLong(i -> times[i]).toArray(),
          picked,
          known,
          SeriesPreparation.Duplicates.MEAN);
    }
  }
}
