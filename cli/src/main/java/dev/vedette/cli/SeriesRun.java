package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.Detectors;
import dev.vedette.Reading;
import dev.vedette.SeriesDecider;
import dev.vedette.SeriesDetector;
import dev.vedette.SeriesModel;
import dev.vedette.data.BadRows;
import dev.vedette.data.Moments;
import dev.vedette.data.Series;
import dev.vedette.data.SeriesColumns;
import dev.vedette.data.SeriesTable;
import dev.vedette.data.Table;
import dev.vedette.data.TableFile;
import dev.vedette.threshold.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads the series of a table and judges each of them within itself. */
record SeriesRun(Console console, SeriesDetector detector, Rule rule) {
  /** More series with something to say about them are summed up. */
  private static final int MOST_REMARKS = 5;

  /** A series, and what it is called. */
  record Named(String name, Series series) {}

  SeriesFindings detect(TableFile source, Table table, SeriesColumns columns, Console.Watch watch) {
    return judge(source, table, columns, null, watch);
  }

  /**
   * Judges the series of {@code table}.
   *
   * @param training the table whose series of the same names are learned from; null to judge each
   *     within itself
   */
  SeriesFindings judge(
      TableFile source,
      Table table,
      SeriesColumns columns,
      @Nullable Table training,
      Console.Watch watch) {
    String file = source.name();
    List<String> notices = new ArrayList<>(badRows(source.badRows()));
    List<String> flags = SeriesColumns.flags(table);
    if (!flags.isEmpty()) {
      notices.add(
          "columns of flags are no values and were left out: %s; --label takes one as the truth"
              .formatted(String.join(", ", flags)));
    }
    List<Named> all = series(table, columns, notices);
    Map<String, Series> learned = new HashMap<>();
    if (training != null) {
      series(training, columns, notices).forEach(each -> learned.put(each.name(), each.series()));
    }
    say(file, columns, all);
    List<SeriesFinding> findings = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    watch.time(
        "detecting",
        () -> {
          for (Named named : all) {
            judge(named, training == null ? null : learned.get(named.name()), findings, failures);
          }
          return findings;
        });
    if (findings.isEmpty()) {
      throw new DataException(file + ": " + failures.getFirst());
    }
    notices.addAll(summed(failures, "series could not be judged"));
    notices.addAll(summed(notes(findings), "series have a note like these"));
    return new SeriesFindings(file, columns, detector, findings, notices, watch.phases());
  }

  private void judge(
      Named named, @Nullable Series history, List<SeriesFinding> findings, List<String> failures) {
    try {
      findings.add(history == null ? within(named) : after(named, history));
    } catch (DataException e) {
      failures.add((named.name().isEmpty() ? "" : named.name() + ": ") + e.getMessage());
    }
    console.progress("%,d series judged", findings.size() + failures.size());
  }

  private SeriesFinding within(Named named) {
    Series series = named.series();
    SeriesModel model = detector.fit(series);
    Reading reading = model.readTraining(series);
    SeriesDecider decider = SeriesDecider.within(model, series, reading, rule);
    boolean band = SeriesDecider.hasBand(series, reading);
    return new SeriesFinding(named.name(), series, decider, reading, true, band);
  }

  /** Reads a series in the light of another, for example of what was before it. */
  private SeriesFinding after(Named named, Series history) {
    SeriesDecider decider = SeriesDecider.fit(detector, history, rule);
    Reading reading = decider.model().read(named.series());
    boolean band = SeriesDecider.hasBand(named.series(), reading);
    return new SeriesFinding(named.name(), named.series(), decider, reading, false, band);
  }

  private static List<String> notes(List<SeriesFinding> findings) {
    return findings.stream()
        .filter(finding -> !finding.decider().model().note().isEmpty())
        .map(
            finding ->
                (finding.name().isEmpty() ? "" : finding.name() + ": ")
                    + finding.decider().model().note())
        .toList();
  }

  private static List<String> summed(List<String> sentences, String rest) {
    if (sentences.size() <= MOST_REMARKS) {
      return sentences;
    }
    List<String> few = new ArrayList<>(sentences.subList(0, MOST_REMARKS));
    few.add(Console.text("%,d more %s", sentences.size() - MOST_REMARKS, rest));
    return few;
  }

  /** The series of {@code table}, ready for the detector; what was done to them is noted. */
  List<Named> series(Table table, SeriesColumns columns, List<String> notices) {
    List<Named> all = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (SeriesTable.Part part : SeriesTable.read(table, columns)) {
      String key = part.key();
      part.remarks().forEach(r -> remarks.add(key.isEmpty() ? r : key + ": " + r));
      boolean apart = detector.univariate() && part.series().variables() > 1;
      if (!apart) {
        all.add(new Named(key, filled(key, part.series(), remarks)));
        continue;
      }
      for (int v = 0; v < part.series().variables(); v++) {
        Series one = part.series().only(v);
        String variable = one.names().getFirst();
        String name = key.isEmpty() ? variable : key + ", " + variable;
        all.add(new Named(name, filled(name, one, remarks)));
      }
    }
    if (detector.univariate() && columns.values().size() > 1) {
      notices.add(
          Detectors.standard().entry(detector).name()
              + " looks at one variable only, so each was judged by itself");
    }
    notices.addAll(summed(remarks, "series have remarks like these"));
    return all;
  }

  /** Missing values on the line between their neighbours, where the detector needs values. */
  private Series filled(String name, Series series, List<String> remarks) {
    long missing =
        IntStream.range(0, series.variables())
            .mapToLong(
                v ->
                    IntStream.range(0, series.points())
                        .filter(i -> Double.isNaN(series.value(v, i)))
                        .count())
            .sum();
    if (missing == 0 || detector.acceptsMissing()) {
      return series;
    }
    remarks.add(
        Console.text(
            "%s%,d missing values were put on the line between their neighbours",
            name.isEmpty() ? "" : name + ": ", missing));
    return SeriesTable.interpolated(series);
  }

  private void say(String file, SeriesColumns columns, List<Named> all) {
    Series first = all.getFirst().series();
    String what =
        all.size() == 1
            ? Console.text("a series of %,d points", first.points())
            : Console.text("%,d series", all.size());
    console.notice(
        "%s read as %s%s: time '%s', %s '%s'%s; --rows treats it as rows of a table",
        file,
        what,
        first.step() > 0 ? " every " + Moments.every(first.step()) : "",
        columns.time(),
        columns.values().size() == 1 ? "value" : "values",
        String.join("', '", columns.values()),
        columns.key() == null ? "" : ", key '" + columns.key() + "'");
  }

  /** What was left out while reading. */
  private static List<String> badRows(BadRows bad) {
    return bad.bad() == 0
        ? List.of()
        : List.of(
            Console.text(
                "%,d of %,d rows could not be read and were left out; the first: %s",
                bad.bad(), bad.rows(), bad.messages().getFirst()));
  }
}
