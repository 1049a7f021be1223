package dev.vedette;

import dev.vedette.data.Preparation;
import dev.vedette.data.Schema;
import dev.vedette.data.Series;
import dev.vedette.data.SeriesColumns;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was learned from the series of one file, and how a later file is read like it. This is what
 * the command line saves of series.
 *
 * @param schema the kinds of the columns that hold the series
 * @param columns which of them are the time, the values and the key
 * @param preparation how the series were made ready, and later ones are
 * @param fitted one for each series; at least one
 */
public record SeriesDeciders(
    Schema schema, SeriesColumns columns, Preparation preparation, List<Fitted> fitted) {
  public SeriesDeciders {
    fitted = List.copyOf(fitted);
    Require.that(!fitted.isEmpty(), "deciders of no series");
    Set<String> known = new HashSet<>();
    schema.fields().forEach(field -> known.add(field.name()));
    Require.that(
        known.contains(columns.time())
            && known.containsAll(columns.values())
            && (columns.key() == null || known.contains(columns.key())),
        "the schema lacks a column of the series");
    Set<String> names = new HashSet<>();
    for (Fitted each : fitted) {
      Require.that(names.add(each.name()), "series '" + each.name() + "' is there twice");
      int variables = each.decider().model().variables();
      Require.that(
          each.variable() == null
              ? variables == columns.values().size()
              : variables == 1 && columns.values().contains(each.variable()),
          "series '" + each.name() + "' and its model differ in variables");
    }
  }

  /**
   * What was learned from one series.
   *
   * @param key what the key column holds in its rows; empty where there is none
   * @param variable the only one looked at; null for all of them
   * @param first when the history begins, in milliseconds since 1970-01-01T00:00Z
   * @param last when it ends
   * @param distance the usual one of its neighbouring points in milliseconds, before it was made
   *     ready
   */
  public record Fitted(
      String key,
      @Nullable String variable,
      long first,
      long last,
      long distance,
      SeriesDecider decider) {
    public Fitted {
      Require.that(first <= last, "a history ends before it begins");
      Require.that(distance >= 0, "the distance of points is negative");
    }

    /** The key, the variable, or both; empty for the only series of a file. */
    public String name() {
      String of = variable == null ? "" : variable;
      return key.isEmpty() || of.isEmpty() ? key + of : key + ", " + of;
    }

    /** What this decider looks at in a series of all variables. */
    public Series of(Series all) {
      return variable == null ? all : all.only(all.names().indexOf(variable));
    }

    /** How many points of {@code series} are not after the history. */
    public int within(Series series) {
      int count = 0;
      while (count < series.points() && series.time(count) <= last) {
        count++;
      }
      return count;
    }
  }

  /** What was learned from the series with this key: one for each variable, or one for all. */
  public List<Fitted> of(String key) {
    return fitted.stream().filter(each -> each.key().equals(key)).toList();
  }
}
