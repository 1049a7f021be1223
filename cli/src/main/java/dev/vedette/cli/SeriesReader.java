package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.Detectors;
import dev.vedette.SeriesDetector;
import dev.vedette.data.BadRows;
import dev.vedette.data.Moments;
import dev.vedette.data.Preparation;
import dev.vedette.data.Series;
import dev.vedette.data.SeriesColumns;
import dev.vedette.data.SeriesTable;
import dev.vedette.data.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the series of tables and makes them ready for a detector. */
record SeriesReader(SeriesDetector detector, SeriesColumns columns, Preparation preparation) {
  /** More series with something to say about them are summed up. */
  private static final int MOST_REMARKS = 5;

  /**
   * A series.
   *
   * @param variable the only one of several that is looked at; null for all
   * @param given as it was in the table
   * @param series ready for the detector
   */
  record Named(String key, @Nullable String variable, Series given, Series series) {
    String name() {
      return name(key, variable);
    }

    private static String name(String key, @Nullable String variable) {
      return variable == null ? key : key.isEmpty() ? variable : key + ", " + variable;
    }
  }

  /** The series of a table, and what there is to say about them. */
  record All(List<Named> series, List<String> notices, List<String> failures) {}

  /** The series of {@code table}; what was done to them, and what could not be, is noted. */
  All read(Table table) {
    List<Named> all = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    for (SeriesTable.Part part : SeriesTable.read(table, columns)) {
      part.remarks().forEach(remark -> remarks.add(about(part.key(), remark)));
      boolean apart = detector.univariate() && part.series().variables() > 1;
      for (int v = 0; v < (apart ? part.series().variables() : 1); v++) {
        Series given = apart ? part.series().only(v) : part.series();
        String variable = apart ? given.names().getFirst() : null;
        String name = Named.name(part.key(), variable);
        try {
          var ready = preparation.apply(given, given.step(), detector.acceptsMissing());
          ready.remarks().forEach(remark -> remarks.add(about(name, remark)));
          all.add(new Named(part.key(), variable, given, ready.series()));
        } catch (DataException e) {
          failures.add(about(name, e.getMessage()));
        }
      }
    }
    List<String> notices = new ArrayList<>(others(table));
    if (detector.univariate() && columns.values().size() > 1) {
      notices.add(
          Detectors.standard().entry(detector).name()
              + " looks at one variable only, so each was judged by itself");
    }
    notices.addAll(summed(remarks, "series have remarks like these"));
    return new All(all, notices, failures);
  }

  /** {@code sentence}, with the name of the series it is about. */
  static String about(String name, @Nullable String sentence) {
    return name.isEmpty() ? String.valueOf(sentence) : name + ": " + sentence;
  }

  /** The first few of {@code sentences}, and how many more there are. */
  static List<String> summed(List<String> sentences, String rest) {
    if (sentences.size() <= MOST_REMARKS) {
      return sentences;
    }
    List<String> few = new ArrayList<>(sentences.subList(0, MOST_REMARKS));
    few.add(Console.text("%,d more %s", sentences.size() - MOST_REMARKS, rest));
    return few;
  }

  /** What {@code action} returns; where it refuses the data, it says of which file. */
  static <T> T in(String file, Supplier<T> action) {
    try {
      return action.get();
    } catch (DataException e) {
      throw new DataException(file + ": " + e.getMessage(), e);
    }
  }

  /** Columns of names that were passed over. */
  private List<String> others(Table table) {
    List<String> others = columns.otherNames(table);
    return others.isEmpty()
        ? List.of()
        : List.of(
            "columns of names were left out: %s; --key takes one to tell series apart"
                .formatted(String.join(", ", others)));
  }

  /** What was left out while reading. */
  static List<String> badRows(BadRows bad) {
    return bad.bad() == 0
        ? List.of()
        : List.of(
            Console.text(
                "%,d of %,d rows could not be read and were left out; the first: %s",
                bad.bad(), bad.rows(), bad.messages().getFirst()));
  }

  /** Columns of flags that were passed over. */
  static List<String> flags(Table table) {
    List<String> flags = SeriesColumns.flags(table);
    return flags.isEmpty()
        ? List.of()
        : List.of(
            "columns of flags are no values and were left out: %s; --label takes one as the truth"
                .formatted(String.join(", ", flags)));
  }

  /** Says that {@code file} was read as series, and how to overrule that. */
  void say(Console console, String file, List<Named> all) {
    console.notice("%s; --rows treats it as rows of a table", said(file, all));
  }

  /** What {@code file} was read as. */
  String said(String file, List<Named> all) {
    Series first = all.getFirst().series();
    String what =
        all.size() == 1
            ? Console.text("a series of %,d points", first.points())
            : Console.text("%,d series", all.size());
    return Console.text(
        "%s read as %s%s: time '%s', %s '%s'%s",
        file,
        what,
        first.step() > 0 ? " every " + Moments.every(first.step()) : "",
        columns.time(),
        columns.values().size() == 1 ? "value" : "values",
        String.join("', '", columns.values()),
        columns.key() == null ? "" : ", key '" + columns.key() + "'");
  }
}
