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

  /**
   * {@code series} with each missing value put on the line between its neighbours in time; before
   * the first and after the last value there is, it is repeated.
   *
   * @throws DataException when a variable has no value at all
   */
  public static Series interpolated(Series series) {
    double[][] values = new double[series.variables()][];
    for (int v = 0; v < values.length; v++) {
      values[v] = series.values(v);
      int last = -1;
      for (int i = 0; i < values[v].length; i++) {
        if (!Double.isNaN(values[v][i])) {
          fill(series, values[v], last, i);
          last = i;
        }
      }
      if (last < 0) {
        throw new DataException(
            "all %s values of '%s' are missing".formatted(series.points(), series.names().get(v)));
      }
      fill(series, values[v], last, values[v].length);
    }
    Series filled = Series.of(series.names(), series.times(), values);
    return series.labels().map(filled::withLabels).orElse(filled);
  }

  /** Fills the places between {@code from} and {@code to}, both of which may be outside. */
  private static void fill(Series series, double[] values, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (from < 0 || to == values.length) {
        values[i] = values[from < 0 ? to : from];
      } else {
        double whole = (double) series.time(to) - series.time(from);
        double share = (series.time(i) - series.time(from)) / whole;
        values[i] = values[from] * (1 - share) + values[to] * share;
      }
    }
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
      int[] sorted =
          Arrays.stream(timed)
              .boxed()
              .sorted(java.util.Comparator.comparingLong(i -> times[i]))
              .mapToInt(i -> i)
              .toArray();
      int[] starts =
          IntStream.range(0, sorted.length)
              .filter(i -> i == 0 || times[sorted[i]] != times[sorted[i - 1]])
              .toArray();
      if (starts.length < sorted.length) {
        remarks.add(
            "%d rows have the time of another and were merged into their mean"
                .formatted(sorted.length - starts.length));
      }
      return new Part(key, merged(sorted, starts), remarks);
    }

    private Series merged(int[] sorted, int[] starts) {
      long[] at = Arrays.stream(starts).mapToLong(start -> times[sorted[start]]).toArray();
      double[][] means = new double[values.length][starts.length];
      boolean[] odd = new boolean[starts.length];
      for (int p = 0; p < starts.length; p++) {
        int from = starts[p];
        int to = p + 1 < starts.length ? starts[p + 1] : sorted.length;
        for (int v = 0; v < values.length; v++) {
          means[v][p] = mean(values[v], sorted, from, to);
        }
        for (int i = from; i < to && labels != null; i++) {
          odd[p] |= labels[sorted[i]];
        }
      }
      Series series = Series.of(columns.values(), at, means);
      return labels == null ? series : series.withLabels(odd);
    }

    private static double mean(double[] values, int[] rows, int from, int to) {
      double sum = 0;
      int count = 0;
      for (int i = from; i < to; i++) {
        double value = values[rows[i]];
        sum += Double.isNaN(value) ? 0 : value;
        count += Double.isNaN(value) ? 0 : 1;
      }
      return sum / count; // NaN where all are missing
    }
  }
}
