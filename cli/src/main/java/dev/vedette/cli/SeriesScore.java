package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.SeriesDeciders;
import dev.vedette.SeriesDetector;
import dev.vedette.data.Moments;
import dev.vedette.data.Preparation;
import dev.vedette.data.Series;
import dev.vedette.data.SeriesTable;
import dev.vedette.data.Table;
import dev.vedette.data.TableFile;
import java.util.ArrayList;
import java.util.List;

/** Judges the series of a table by what was learned of earlier ones. */
record SeriesScore(Console console, SeriesDeciders deciders) {
  /**
   * Judges each series of {@code source} that is known.
   *
   * @throws DataException when none is, or none can be judged
   */
  SeriesFindings judge(TableFile source, Console.Watch watch) {
    Table table = watch.time("reading", () -> source.read(deciders.schema()));
    List<String> notices = new ArrayList<>(SeriesReader.badRows(source.badRows()));
    List<String> remarks = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    List<String> strangers = new ArrayList<>();
    List<SeriesFinding> findings = new ArrayList<>();
    List<SeriesTable.Part> parts = SeriesTable.read(table, deciders.columns());
    watch.time(
        "scoring",
        () -> {
          for (SeriesTable.Part part : parts) {
            List<SeriesDeciders.Fitted> known = deciders.of(part.key());
            if (known.isEmpty()) {
              strangers.add(part.key());
              continue;
            }
            part.remarks().forEach(r -> remarks.add(SeriesReader.about(part.key(), r)));
            for (SeriesDeciders.Fitted fitted : known) {
              judge(fitted, part.series(), findings, remarks, failures);
            }
          }
          return findings;
        });
    refuse(source.name(), findings, failures, strangers);
    if (!strangers.isEmpty()) {
      notices.add("the model has learned nothing of %s; left out".formatted(listed(strangers)));
    }
    notices.addAll(SeriesReader.summed(remarks, "series have remarks like these"));
    notices.addAll(SeriesReader.summed(failures, "series could not be judged"));
    return new SeriesFindings(
        source.name(),
        deciders.columns(),
        detector(),
        deciders.preparation().zone(),
        findings,
        notices,
        watch.phases());
  }

  private SeriesDetector detector() {
    return deciders.fitted().getFirst().decider().model().detector();
  }

  private void judge(
      SeriesDeciders.Fitted fitted,
      Series all,
      List<SeriesFinding> findings,
      List<String> remarks,
      List<String> failures) {
    String name = fitted.name();
    try {
      Preparation.Prepared ready =
          deciders
              .preparation()
              .apply(fitted.of(all), fitted.distance(), detector().acceptsMissing());
      ready.remarks().forEach(remark -> remarks.add(SeriesReader.about(name, remark)));
      Series series = ready.series();
      int within = fitted.within(series);
      if (within > 0) {
        remarks.add(
            SeriesReader.about(
                name,
                Console.text(
                    "%,d of %,d points are not after the history, which ends %s; they are judged"
                        + " as if they were not part of it",
                    within,
                    series.points(),
                    Moments.text(fitted.last(), deciders.preparation().zone()))));
      }
      findings.add(SeriesRun.after(name, fitted.decider(), series));
    } catch (DataException e) {
      failures.add(SeriesReader.about(name, e.getMessage()));
    }
    console.progress("%,d series judged", findings.size() + failures.size());
  }

  private void refuse(
      String file, List<SeriesFinding> findings, List<String> failures, List<String> strangers) {
    if (!findings.isEmpty()) {
      return;
    }
    if (!failures.isEmpty()) {
      throw new DataException(file + ": " + failures.getFirst());
    }
    List<String> keys = deciders.fitted().stream().map(each -> each.key()).distinct().toList();
    throw new DataException(
        strangers.isEmpty()
            ? file + " has no rows"
            : "%s: the model has learned nothing of %s; it knows %s in column '%s'"
                .formatted(
                    file,
                    listed(strangers),
                    listed(keys),
                    String.valueOf(deciders.columns().key())));
  }

  private static String listed(List<String> names) {
    int shown = Math.min(5, names.size());
    String text = "'" + String.join("', '", names.subList(0, shown)) + "'";
    return shown == names.size()
        ? text
        : Console.text("%s and %,d more", text, names.size() - shown);
  }
}
