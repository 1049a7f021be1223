package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.Reading;
import dev.vedette.SeriesDecider;
import dev.vedette.SeriesModel;
import dev.vedette.data.Series;
import dev.vedette.data.Table;
import dev.vedette.data.TableFile;
import dev.vedette.threshold.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the series of a table and judges each of them within itself, or after its history. */
record SeriesRun(Console console, SeriesReader reader, Rule rule) {
  /**
   * Judges the series of {@code table}.
   *
   * @param training the table whose series of the same names are learned from; null to judge each
   *     within itself
   */
  SeriesFindings judge(
      TableFile source, Table table, @Nullable Table training, Console.Watch watch) {
    String file = source.name();
    List<String> notices = new ArrayList<>(SeriesReader.badRows(source.badRows()));
    notices.addAll(SeriesReader.flags(table));
    SeriesReader.All all = reader.read(table);
    notices.addAll(all.notices());
    Map<String, Series> learned = new HashMap<>();
    if (training != null) {
      SeriesReader.All before = reader.read(training);
      notices.addAll(before.notices());
      before.series().forEach(each -> learned.put(each.name(), each.series()));
    }
    List<SeriesFinding> findings = new ArrayList<>();
    List<String> failures = new ArrayList<>(all.failures());
    if (!all.series().isEmpty()) {
      reader.say(console, file, all.series());
    }
    watch.time(
        "detecting",
        () -> {
          for (SeriesReader.Named named : all.series()) {
            judge(named, training == null ? null : learned.get(named.name()), findings, failures);
          }
          return findings;
        });
    if (findings.isEmpty()) {
      throw new DataException(
          file + ": " + (failures.isEmpty() ? "there are no rows" : failures.getFirst()));
    }
    notices.addAll(SeriesReader.summed(failures, "series could not be judged"));
    notices.addAll(SeriesReader.summed(notes(findings), "series have a note like these"));
    return new SeriesFindings(
        file,
        reader.columns(),
        reader.detector(),
        reader.preparation().zone(),
        findings,
        notices,
        watch.phases());
  }

  private void judge(
      SeriesReader.Named named,
      @Nullable Series history,
      List<SeriesFinding> findings,
      List<String> failures) {
    try {
      findings.add(history == null ? within(named) : after(named, history));
    } catch (DataException e) {
      failures.add(SeriesReader.about(named.name(), e.getMessage()));
    }
    console.progress("%,d series judged", findings.size() + failures.size());
  }

  private SeriesFinding within(SeriesReader.Named named) {
    Series series = named.series();
    SeriesModel model = reader.detector().fit(series);
    Reading reading = model.readTraining(series);
    SeriesDecider decider = SeriesDecider.within(model, series, reading, rule);
    return new SeriesFinding(named.name(), series, decider, reading, true);
  }

  /** Reads a series in the light of another, for example of what was before it. */
  private SeriesFinding after(SeriesReader.Named named, Series history) {
    return after(named.name(), SeriesDecider.fit(reader.detector(), history, rule), named.series());
  }

  /** Reads {@code later} by what was learned of its history. */
  static SeriesFinding after(String name, SeriesDecider decider, Series later) {
    return new SeriesFinding(name, later, decider, decider.model().read(later), false);
  }

  private static List<String> notes(List<SeriesFinding> findings) {
    return findings.stream()
        .filter(finding -> !finding.decider().model().note().isEmpty())
        .map(each -> SeriesReader.about(each.name(), each.decider().model().note()))
        .toList();
  }
}
