package dev.vedette.data;

import dev.vedette.DataException;
import dev.vedette.Require;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What one column of a table becomes: one or more columns of the matrix, before they are scaled.
 */
public sealed interface Feature {
  /** The name of the table's column. */
  String name();

  Kind kind();

  /** The names of the matrix columns. */
  List<String> parts();

  default int width() {
    return parts().size();
  }

  /** Whether the matrix columns are on the common scale already. */
  default boolean scaled() {
    return false;
  }

  /**
   * Whether a value was missing in some training row, so that a missing value has its own column.
   */
  boolean mayMiss();

  /** Gets ready to encode the values of {@code column}. */
  Writer writer(Column column);

  /**
   * The value that {@code parts}, unscaled matrix columns from {@code at} on, stand for, as a
   * person would write it.
   */
  String text(double[] parts, int at);

  /** Writes the value of one row into the matrix columns from {@code at} on. */
  @FunctionalInterface
  interface Writer {
    void write(int row, double[] into, int at);
  }

  private static DataException wrongKind(Feature feature, Column column) {
    return new DataException(
        "column '%s' is a %s here, the model was fitted on a %s"
            .formatted(
                column.name(),
                column.kind().name().toLowerCase(Locale.ROOT),
                feature.kind().name().toLowerCase(Locale.ROOT)));
  }

  /**
   * A number or flag, and whether it is missing where that happened in training.
   *
   * @param mayMiss whether some training rows had no value
   */
  record Amount(String name, Kind kind, boolean mayMiss) implements Feature {
    static Amount of(Column.Numeric column) {
      boolean mayMiss = IntStream.range(0, column.rows()).anyMatch(column::isMissing);
      return new Amount(column.name(), column.kind(), mayMiss);
    }

    @Override
    public List<String> parts() {
      return mayMiss ? List.of(name, name + " missing") : List.of(name);
    }

    @Override
    public Writer writer(Column column) {
      if (!(column instanceof Column.Numeric numbers)) {
        throw wrongKind(this, column);
      }
      return (row, into, at) -> {
        into[at] = numbers.value(row);
        if (mayMiss) {
          into[at + 1] = numbers.isMissing(row) ? 1 : 0;
        }
      };
    }

    @Override
    public String text(double[] parts, int at) {
      if (kind == Kind.FLAG) {
        return parts[at] >= 0.5 ? "1" : "0";
      }
      return Double.isNaN(parts[at]) ? "missing" : Numbers.text(parts[at]);
    }
  }

  /**
   * A category. A missing value is a name of its own; a name that was not seen in training counts
   * as half a row.
   *
   * <p>As rarity it becomes −ln p, with p the share of training rows that have the name. As
   * indicators every frequent name is an axis of its own, on which its rows stand 1/√p out (an
   * indicator in units of its standard deviation, for rare names), and all other names share one
   * axis; so two rows are the farther apart the rarer their different names are.
   *
   * @param names seen in training, the most frequent first; "" stands for a missing value
   * @param counts the training rows with each name
   * @param rows the training rows
   * @param axes how many of the names have an axis; −1 for rarity
   */
  record Name(String name, List<String> names, int[] counts, int rows, int axes)
      implements Feature {
    /** Rarer names than this many count as not seen. */
    private static final int MOST_NAMES = 10_000;

    private static final int MOST_AXES = 64;
    private static final int RARITY = -1;

    public Name {
      names = List.copyOf(names);
      Require.that(names.size() == counts.length && !names.isEmpty(), "one count per name");
      Require.that(axes >= RARITY && axes <= names.size(), "more axes than names");
      Require.that(rows > 0, "a category without rows");
      for (int count : counts) {
        Require.that(count > 0 && count <= rows, "the count of a name is damaged");
      }
    }

    static Name of(Column.Categorical column, Encoder.Categories categories) {
      int[] counts = new int[column.levels().size() + 1];
      for (int i = 0; i < column.rows(); i++) {
        counts[column.code(i) + 1]++;
      }
      List<String> levels = new ArrayList<>(List.of(""));
      levels.addAll(column.levels());
      int[] order =
          IntStream.range(0, counts.length)
              .filter(i -> counts[i] > 0)
              .boxed()
              .sorted(Comparator.<Integer>comparingInt(i -> -counts[i]).thenComparing(levels::get))
              .limit(MOST_NAMES)
              .mapToInt(Integer::intValue)
              .toArray();
      boolean rarity = categories == Encoder.Categories.RARITY;
      return new Name(
          column.name(),
          Arrays.stream(order).mapToObj(levels::get).toList(),
          Arrays.stream(order).map(i -> counts[i]).toArray(),
          column.rows(),
          rarity ? RARITY : Math.min(order.length, MOST_AXES));
    }

    @Override
    public Kind kind() {
      return Kind.CATEGORY;
    }

    @Override
    public List<String> parts() {
      if (axes == RARITY) {
        return List.of(name + " rarity");
      }
      List<String> parts = new ArrayList<>();
      for (String known : names.subList(0, axes)) {
        parts.add(name + "=" + known);
      }
      parts.add(name + " other");
      return parts;
    }

    /** A missing value is a name like any other. */
    @Override
    public boolean mayMiss() {
      return true;
    }

    /** The axes have their scale already. */
    @Override
    public boolean scaled() {
      return axes != RARITY;
    }

    @Override
    public Writer writer(Column column) {
      if (!(column instanceof Column.Categorical categories)) {
        throw wrongKind(this, column);
      }
      Map<String, Integer> index = new HashMap<>();
      for (int i = 0; i < names.size(); i++) {
        index.put(names.get(i), i);
      }
      int[] seen = new int[categories.levels().size() + 1];
      seen[0] = index.getOrDefault("", -1);
      for (int code = 0; code < categories.levels().size(); code++) {
        seen[code + 1] = index.getOrDefault(categories.levels().get(code), -1);
      }
      return (row, into, at) -> {
        int known = seen[categories.code(row) + 1];
        double share = (known >= 0 ? counts[known] : 0.5) / rows;
        if (axes == RARITY) {
          into[at] = -Math.log(share);
        } else {
          into[known >= 0 && known < axes ? at + known : at + axes] = 1 / Math.sqrt(share);
        }
      };
    }

    /**
     * The name whose axis the parts lie nearest to; the most frequent one where they lie near none,
     * or there are no axes.
     */
    @Override
    public String text(double[] parts, int at) {
      int nearest = 0;
      double most = 0.25;
      for (int i = 0; i < axes; i++) {
        double along =
            parts[at + i] * Math.sqrt((double) counts[i] / rows); // 1: the place of this name
        if (along > most) {
          most = along;
          nearest = i;
        }
      }
      return names.get(nearest).isEmpty() ? "missing" : names.get(nearest);
    }
  }

  /**
   * A moment, as places on the circles of the day and of the week (UTC).
   *
   * @param day whether the time of day differs between training rows
   * @param week whether the day of the week does
   * @param mayMiss whether some training rows had no value
   */
  record Moment(String name, boolean day, boolean week, boolean mayMiss) implements Feature {
    public static final long DAY = 86_400_000L;
    public static final long WEEK = 7 * DAY;

    /** 1970-01-01 was a Thursday: Monday is four days on. */
    public static final long MONDAY = 4 * DAY;

    static Moment of(Column.Time column) {
      long[] present =
          IntStream.range(0, column.rows())
              .filter(i -> !column.isMissing(i))
              .mapToLong(column::millis)
              .toArray();
      boolean day = Arrays.stream(present).map(at -> Math.floorMod(at, DAY)).distinct().count() > 1;
      boolean week =
          Arrays.stream(present)
                  .map(at -> Math.floorDiv(Math.floorMod(at - MONDAY, WEEK), DAY))
                  .distinct()
                  .count()
              > 1;
      return new Moment(column.name(), day, week, present.length < column.rows());
    }

    @Override
    public Kind kind() {
      return Kind.TIME;
    }

    @Override
    public List<String> parts() {
      List<String> parts = new ArrayList<>();
      if (day) {
        parts.addAll(List.of(name + " day x", name + " day y"));
      }
      if (week) {
        parts.addAll(List.of(name + " week x", name + " week y"));
      }
      if (mayMiss && !parts.isEmpty()) {
        parts.add(name + " missing");
      }
      return parts;
    }

    @Override
    public Writer writer(Column column) {
      if (!(column instanceof Column.Time times)) {
        throw wrongKind(this, column);
      }
      return (row, into, at) -> {
        int next = at;
        if (day) {
          circle(times, row, 0, DAY, into, next);
          next += 2;
        }
        if (week) {
          circle(times, row, MONDAY, WEEK, into, next);
          next += 2;
        }
        if (mayMiss) {
          into[next] = times.isMissing(row) ? 1 : 0;
        }
      };
    }

    private static void circle(
        Column.Time times, int row, long start, long period, double[] into, int at) {
      if (times.isMissing(row)) {
        into[at] = Double.NaN;
        into[at + 1] = Double.NaN;
        return;
      }
      double angle =
          2 * Math.PI * Math.floorMod(times.millis(row) - start, period) / (double) period;
      into[at] = Math.cos(angle);
      into[at + 1] = Math.sin(angle);
    }

    @Override
    public String text(double[] parts, int at) {
      var text = new ArrayList<String>();
      if (week) {
        int days = step(turn(parts, day ? at + 2 : at), 7);
        text.add(DayOfWeek.of(days + 1).getDisplayName(TextStyle.SHORT, Locale.ROOT));
      }
      if (day) {
        int minutes = step(turn(parts, at), 24 * 60);
        text.add(String.format(Locale.ROOT, "%02d:%02d", minutes / 60, minutes % 60));
      }
      return String.join(" ", text);
    }

    /**
     * Which of {@code steps} equal parts of the circle; the start of one is not rounded into the
     * one before.
     */
    private static int step(double turn, int steps) {
      return (int) (turn * steps + 1e-6) % steps;
    }

    /** The angle of a place as a share of the circle, in [0, 1). */
    private static double turn(double[] parts, int at) {
      double angle = Math.atan2(parts[at + 1], parts[at]);
      double turn = angle / (2 * Math.PI);
      return Double.isNaN(turn) ? 0 : turn < 0 ? Math.min(turn + 1, Math.nextDown(1.0)) : turn;
    }
  }
}
