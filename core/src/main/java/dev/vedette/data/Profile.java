package dev.vedette.data;

import dev.vedette.math.Quantiles;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a table looks like, column by column.
 *
 * @param rows the rows of the table
 */
public record Profile(int rows, List<Profiled> columns) {
  private static final int MOST_LEVELS = 10;
  private static final int ENOUGH_FOR_IDENTIFIER = 20;
  private static final double IDENTIFIER_SHARE = 0.95;

  public Profile {
    columns = List.copyOf(columns);
  }

  /** Why a column says nothing about which rows are anomalies. */
  public enum Note {
    /** All values that are there are the same. */
    CONSTANT,
    /**
     * The values only tell rows apart: a category with a different name in at least 95 % of at
     * least 20 rows, or integers that are all different in at least 20 rows and either count up in
     * equal steps or are in a column named like an identifier.
     */
    IDENTIFIER
  }

  /**
   * One column.
   *
   * @param missing the rows without a value
   * @param distinct the different values
   * @param summary how the values are spread
   * @param note why the column is of no use, if it is of none
   */
  public record Profiled(
      String name, Kind kind, int missing, int distinct, Summary summary, Optional<Note> note) {}

  /** How the values of a column are spread. */
  public sealed interface Summary {}

  /**
   * Smallest and largest value and the quartiles between them, of numbers or of moments in
   * milliseconds since 1970-01-01T00:00Z; NaN where the column has no values.
   */
  public record Spread(double min, double lower, double median, double upper, double max)
      implements Summary {}

  /** The most frequent values of flags and categories, the most frequent first, at most ten. */
  public record Levels(List<Level> top) implements Summary {
    public Levels {
      top = List.copyOf(top);
    }
  }

  /**
   * One value.
   *
   * @param share of the rows that have a value, from 0 to 1
   */
  public record Level(String name, int rows, double share) {}

  /** Looks at all columns of {@code table}; O(rows log rows) per column of numbers or times. */
  public static Profile of(Table table) {
    return new Profile(table.rows(), table.columns().stream().map(Profile::of).toList());
  }

  /** The names of the columns with a note. */
  public List<String> useless() {
    return columns.stream().filter(column -> column.note.isPresent()).map(Profiled::name).toList();
  }

  private static Profiled of(Column column) {
    return switch (column) {
      case Column.Categorical categories -> categories(categories);
      case Column.Numeric flags when flags.kind() == Kind.FLAG -> flags(flags);
      case Column.Numeric numbers -> numbers(numbers);
      case Column.Time times -> times(times);
    };
  }

  private static Profiled categories(Column.Categorical column) {
    int[] counts = new int[column.levels().size()];
    int present = 0;
    for (int i = 0; i < column.rows(); i++) {
      if (!column.isMissing(i)) {
        counts[column.code(i)]++;
        present++;
      }
    }
    int distinct = (int) Arrays.stream(counts).filter(count -> count > 0).count();
    boolean identifier =
        column.rows() >= ENOUGH_FOR_IDENTIFIER && distinct >= IDENTIFIER_SHARE * column.rows();
    return new Profiled(
        column.name(),
        column.kind(),
        column.rows() - present,
        distinct,
        levels(column.levels(), counts, present),
        note(distinct, identifier));
  }

  private static Profiled flags(Column.Numeric column) {
    int[] counts = new int[2];
    for (int i = 0; i < column.rows(); i++) {
      if (!column.isMissing(i)) {
        counts[(int) column.value(i)]++;
      }
    }
    int present = counts[0] + counts[1];
    int distinct = Math.min(counts[0], 1) + Math.min(counts[1], 1);
    return new Profiled(
        column.name(),
        column.kind(),
        column.rows() - present,
        distinct,
        levels(List.of("0", "1"), counts, present),
        note(distinct, false));
  }

  private static Levels levels(List<String> names, int[] counts, int present) {
    return new Levels(
        IntStream.range(0, counts.length)
            .filter(code -> counts[code] > 0)
            .boxed()
            .sorted(
                Comparator.comparingInt((Integer code) -> -counts[code]).thenComparing(names::get))
            .limit(MOST_LEVELS)
            .map(c -> new Level(names.get(c), counts[c], (double) counts[c] / present))
            .toList());
  }

  private static Profiled numbers(Column.Numeric column) {
    double[] values = IntStream.range(0, column.rows()).mapToDouble(column::value).toArray();
    boolean counting = values.length >= ENOUGH_FOR_IDENTIFIER && countsUp(values);
    double[] sorted = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    Arrays.sort(sorted);
    int distinct = distinct(sorted);
    boolean named =
        values.length >= ENOUGH_FOR_IDENTIFIER
            && distinct == values.length
            && Arrays.stream(sorted).allMatch(value -> value == Math.rint(value))
            && namedIdentifier(column.name());
    return new Profiled(
        column.name(),
        column.kind(),
        values.length - sorted.length,
        distinct,
        spread(sorted),
        note(distinct, counting || named));
  }

  private static Profiled times(Column.Time column) {
    double[] sorted =
        IntStream.range(0, column.rows())
            .filter(row -> !column.isMissing(row))
            .mapToDouble(column::millis)
            .sorted()
            .toArray();
    int distinct = distinct(sorted);
    return new Profiled(
        column.name(),
        column.kind(),
        column.rows() - sorted.length,
        distinct,
        spread(sorted),
        note(distinct, false));
  }

  private static Optional<Note> note(int distinct, boolean identifier) {
    if (distinct <= 1) {
      return Optional.of(Note.CONSTANT);
    }
    return identifier ? Optional.of(Note.IDENTIFIER) : Optional.empty();
  }

  private static int distinct(double[] sorted) {
    int distinct = Math.min(sorted.length, 1);
    for (int i = 1; i < sorted.length; i++) {
      distinct += sorted[i] == sorted[i - 1] ? 0 : 1;
    }
    return distinct;
  }

  /** Quantiles by linear interpolation between order statistics (Hyndman and Fan's type 7). */
  private static Spread spread(double[] sorted) {
    return new Spread(
        Quantiles.of(sorted, 0),
        Quantiles.of(sorted, 0.25),
        Quantiles.of(sorted, 0.5),
        Quantiles.of(sorted, 0.75),
        Quantiles.of(sorted, 1));
  }

  private static boolean countsUp(double[] values) {
    double step = values[1] - values[0];
    if (!(step > 0) || values[0] != Math.rint(values[0]) || step != Math.rint(step)) {
      return false;
    }
    for (int i = 1; i < values.length; i++) {
      if (values[i] - values[i - 1] != step) {
        return false;
      }
    }
    return true;
  }

  private static boolean namedIdentifier(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return List.of("id", "uuid", "guid", "index", "row").contains(lower)
        || lower.endsWith("_id")
        || lower.endsWith("-id")
        || lower.endsWith(".id")
        || lower.endsWith(" id")
        || name.matches(".*[a-z]I[Dd]");
  }
}
