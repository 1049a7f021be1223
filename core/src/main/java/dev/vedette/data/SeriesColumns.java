package dev.vedette.data;

import dev.vedette.DataException;
import dev.vedette.Require;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table that hold series.
 *
 * @param time when a point was
 * @param values one column of numbers per variable
 * @param key which series a row belongs to; null where there is only one
 */
public record SeriesColumns(String time, List<String> values, @Nullable String key) {
  /** Fewer points are no series that would be recognised. */
  private static final int FEWEST = 12;

  /** How many of the steps must be like the usual one, and how like. */
  private static final double REGULAR = 0.9;

  private static final double ALIKE = 0.1;

  private static final Set<String> TIMES =
      Set.of("time", "timestamp", "ts", "datetime", "date", "epoch", "at", "ds");

  public SeriesColumns {
    values = List.copyOf(values);
    Require.that(!values.isEmpty(), "a series needs at least one column of values");
    Require.that(
        !values.contains(time) && !time.equals(key) && (key == null || !values.contains(key)),
        "time, values and key must be different columns");
  }

  /**
   * The columns by which {@code table} is plainly one series or one per key: one column of times,
   * nine in ten steps between neighbouring times alike, numbers, and at most one column of names.
   * That one is the key where rows have the same time, or where each name has regular times of its
   * own. A table of events has no regular steps and is not recognised. Columns of flags,
   * identifiers and names that are all the same are passed over.
   */
  public static Optional<SeriesColumns> recognise(Table table) {
    return recognise(table, null);
  }

  /**
   * As above, of the times in one column.
   *
   * @param when the column of times, whatever others there are; null for the only one
   */
  public static Optional<SeriesColumns> recognise(Table table, @Nullable String when) {
    List<String> times = when == null ? times(table, true) : List.of(when);
    if (times.size() != 1
        || table.rows() < FEWEST
        || column(table, times.getFirst()) instanceof Column.Categorical) {
      return Optional.empty();
    }
    List<String> names = names(table);
    if (names.size() > 1) {
      return Optional.empty();
    }
    String time = times.getFirst();
    List<String> values = numbers(table, time);
    if (values.isEmpty()) {
      return Optional.empty();
    }
    var whole = new SeriesColumns(time, values, null);
    SeriesColumns columns = names.isEmpty() ? whole : whole.keyed(table, names.getFirst());
    return columns.regular(table) ? Optional.of(columns) : Optional.empty();
  }

  /**
   * The columns as asked for, the rest filled in.
   *
   * @param time null for the only column of times
   * @param values empty for all columns of numbers
   * @param key null for the only column of names, where it does not merely number the rows
   * @throws DataException when a column is not there or holds something else, or it is not clear
   *     which is meant
   */
  public static SeriesColumns of(
      Table table, @Nullable String time, List<String> values, @Nullable String key) {
    String when = time == null ? onlyTime(table, values) : time;
    Column clock = column(table, when);
    if (clock instanceof Column.Categorical) {
      throw new DataException(
          "column '%s' holds '%s', which is no time; times are written as 2026-03-01T14:00"
                  .formatted(when, first(clock))
              + " (ISO 8601), 2026/03/01 14:00 or 01.03.2026 14:00");
    }
    requireApart(when, values, key);
    if (key != null) {
      column(table, key);
    }
    List<String> numbers = values;
    if (values.isEmpty()) {
      numbers = numbers(table, when).stream().filter(name -> !name.equals(key)).toList();
      if (numbers.isEmpty()) {
        throw new DataException(
            "there is no column of numbers besides the time '" + when + "'; name one with --value");
      }
    }
    for (String name : numbers) {
      if (!(column(table, name) instanceof Column.Numeric)) {
        throw new DataException(
            "column '%s' holds '%s', not numbers; a value must be a number"
                .formatted(name, first(column(table, name))));
      }
    }
    var columns = new SeriesColumns(when, numbers, key);
    return key == null ? columns.withOnlyKey(table) : columns;
  }

  private static void requireApart(String time, List<String> values, @Nullable String key) {
    if (values.contains(time)) {
      throw new DataException(
          "column '%s' cannot be both the time and a value; leave it out of --value"
              .formatted(time));
    }
    if (time.equals(key) || (key != null && values.contains(key))) {
      throw new DataException(
          "column '%s' cannot be both the key and %s; name another with --key"
              .formatted(key, time.equals(key) ? "the time" : "a value"));
    }
  }

  /**
   * These columns with the only one of names as the key. Of several it may be any: then no two rows
   * may have the same time, as they would be merged.
   */
  private SeriesColumns withOnlyKey(Table table) {
    List<String> names = names(table);
    if (names.isEmpty()) {
      return this;
    }
    if (names.size() == 1) {
      return keyed(table, names.getFirst());
    }
    if (repeats(table)) {
      throw new DataException(
          "rows have the same time, and several columns may tell their series apart: name the key"
              + " with --key %s, or merge the rows of a time with --ignore %s"
                  .formatted(String.join(" or --key ", names), String.join(",", names)));
    }
    return this;
  }

  /**
   * These columns with the only one of names as the key, unless it plainly is none: it numbers the
   * rows, or says something of points that make up one series, such as a state.
   */
  private SeriesColumns keyed(Table table, String name) {
    var each = new SeriesColumns(time, values, name);
    if (repeats(table)) {
      return each;
    }
    boolean one =
        identifier(table, name)
            || (regular(table) && !each.timesByKey(table).stream().allMatch(Steps::regular));
    return one ? this : each;
  }

  /** Whether rows have the same time. */
  private boolean repeats(Table table) {
    long[] known =
        Arrays.stream(times(table)).filter(moment -> moment != Column.Time.MISSING).toArray();
    return Arrays.stream(known).distinct().count() < known.length;
  }

  private static boolean identifier(Table table, String name) {
    return Profile.of(table).columns().stream()
        .filter(column -> column.name().equals(name))
        .anyMatch(column -> column.note().filter(n -> n == Profile.Note.IDENTIFIER).isPresent());
  }

  /** The columns of names that are not all the same. */
  private static List<String> names(Table table) {
    return table.columns().stream()
        .filter(Column.Categorical.class::isInstance)
        .filter(column -> ((Column.Categorical) column).levels().size() > 1)
        .map(Column::name)
        .toList();
  }

  /** The columns of names in {@code table} that are not the key. */
  public List<String> otherNames(Table table) {
    return names(table).stream().filter(name -> !name.equals(key)).toList();
  }

  private static String onlyTime(Table table, List<String> values) {
    List<String> all = times(table, false);
    List<String> times = all.stream().filter(name -> !values.contains(name)).toList();
    if (times.isEmpty() && !all.isEmpty()) {
      requireApart(all.getFirst(), values, null);
    }
    if (times.size() == 1) {
      return times.getFirst();
    }
    throw new DataException(
        times.isEmpty()
            ? "there is no column of times among "
                + Header.listed(table.columns().stream().map(Column::name).toList())
                + "; name one with --time"
            : "there are several columns of times, %s; choose one with --time"
                .formatted(Header.listed(times)));
  }

  private static Column column(Table table, String name) {
    return table
        .column(name)
        .orElseThrow(
            () ->
                new DataException(
                    "there is no column '%s'; the columns are %s"
                        .formatted(
                            name,
                            Header.listed(table.columns().stream().map(Column::name).toList()))));
  }

  private static String first(Column column) {
    return IntStream.range(0, column.rows())
        .filter(i -> !column.isMissing(i))
        .mapToObj(column::text)
        .findFirst()
        .orElse("");
  }

  /** The columns of times; without any, numbers that are named so and rise. */
  private static List<String> times(Table table, boolean rising) {
    List<String> times =
        table.columns().stream().filter(Column.Time.class::isInstance).map(Column::name).toList();
    if (!times.isEmpty()) {
      return times;
    }
    return table.columns().stream()
        .filter(Column.Numeric.class::isInstance)
        .filter(column -> TIMES.contains(column.name().toLowerCase(Locale.ROOT)))
        .filter(column -> !rising || rises((Column.Numeric) column))
        .map(Column::name)
        .toList();
  }

  private static boolean rises(Column.Numeric column) {
    return IntStream.range(1, column.rows()).allMatch(i -> column.value(i) >= column.value(i - 1));
  }

  /** The columns of numbers that are neither the time nor an identifier. */
  private static List<String> numbers(Table table, String time) {
    return Profile.of(table).columns().stream()
        .filter(column -> column.kind() == Kind.NUMBER && !column.name().equals(time))
        .filter(column -> column.note().filter(n -> n == Profile.Note.IDENTIFIER).isEmpty())
        .map(Profile.Profiled::name)
        .toList();
  }

  /** The columns of flags, which may be labels. */
  public static List<String> flags(Table table) {
    return table.columns().stream()
        .filter(column -> column.kind() == Kind.FLAG)
        .map(Column::name)
        .toList();
  }

  private boolean regular(Table table) {
    int steps = 0;
    int alike = 0;
    for (long[] times : timesByKey(table)) {
      Steps of = Steps.between(times);
      steps += of.count;
      alike += of.alike;
    }
    return steps >= FEWEST - 1 && alike >= REGULAR * steps;
  }

  /** The steps between neighbouring times, and how many of them are as the usual one. */
  private record Steps(int count, int alike) {
    static Steps between(long[] times) {
      long[] sorted = Arrays.stream(times).filter(t -> t != Column.Time.MISSING).sorted().toArray();
      long[] between =
          IntStream.range(1, sorted.length).mapToLong(i -> sorted[i] - sorted[i - 1]).toArray();
      long[] ordered = between.clone();
      Arrays.sort(ordered);
      long usual = ordered.length == 0 ? 0 : ordered[ordered.length / 2];
      long alike =
          Arrays.stream(between)
              .filter(step -> usual > 0 && Math.abs(step - usual) <= ALIKE * usual)
              .count();
      return new Steps(between.length, (int) alike);
    }

    /** Whether {@code times} alone make a series; no times do. */
    static boolean regular(long[] times) {
      Steps steps = between(times);
      return times.length == 0 || (steps.count >= 2 && steps.alike >= REGULAR * steps.count);
    }
  }

  private List<long[]> timesByKey(Table table) {
    long[] times = times(table);
    if (key == null) {
      return List.of(times);
    }
    var names = (Column.Categorical) table.column(key).orElseThrow();
    int[] counts = new int[names.levels().size() + 1];
    for (int i = 0; i < names.rows(); i++) {
      counts[names.code(i) + 1]++;
    }
    long[][] groups = Arrays.stream(counts).mapToObj(long[]::new).toArray(long[][]::new);
    for (int i = names.rows() - 1; i >= 0; i--) {
      int group = names.code(i) + 1;
      groups[group][--counts[group]] = times[i];
    }
    return List.of(groups);
  }

  /** The times of all rows, in milliseconds, or {@link Column.Time#MISSING}. */
  long[] times(Table table) {
    return switch (column(table, time)) {
      case Column.Time clock -> IntStream.range(0, clock.rows()).mapToLong(clock::millis).toArray();
      case Column.Numeric count ->
          IntStream.range(0, count.rows()).mapToLong(i -> TimeText.epoch(count.value(i))).toArray();
      case Column.Categorical names -> throw new DataException(names.name() + " holds no times");
    };
  }
}
