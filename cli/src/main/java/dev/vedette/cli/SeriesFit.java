package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.Detectors;
import dev.vedette.Models;
import dev.vedette.SeriesDecider;
import dev.vedette.SeriesDeciders;
import dev.vedette.data.Schema;
import dev.vedette.data.Series;
import dev.vedette.data.Step;
import dev.vedette.data.Table;
import dev.vedette.data.TableFile;
import dev.vedette.threshold.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Learns what is normal in the series of a table, for points to come, and saves it. */
record SeriesFit(Console console, SeriesReader reader, Rule rule) {
  void save(TableFile source, Table table, Path model, Console.Watch watch) {
    SeriesReader.badRows(source.badRows()).forEach(notice -> console.notice("%s", notice));
    SeriesReader.All all = SeriesReader.in(source.name(), () -> reader.read(table));
    if (!all.series().isEmpty()) {
      reader.say(console, source.name(), all.series());
    }
    List<String> failures = new ArrayList<>(all.failures());
    List<SeriesDeciders.Fitted> fitted = watch.time("fitting", () -> fit(all.series(), failures));
    if (fitted.isEmpty()) {
      throw new DataException(
          source.name() + ": " + (failures.isEmpty() ? "there are no rows" : failures.getFirst()));
    }
    var deciders =
        new SeriesDeciders(schema(table), reader.columns(), reader.preparation(), fitted);
    watch.time(
        "saving",
        () -> {
          Models.save(deciders, table, console.clock(), model);
          return model;
        });
    List<String> notices = new ArrayList<>(SeriesReader.flags(table));
    notices.addAll(all.notices());
    notices.addAll(SeriesReader.summed(failures, "series could not be learned"));
    notices.addAll(SeriesReader.summed(notes(fitted), "series have a note like these"));
    notices.forEach(notice -> console.notice("%s", notice));
    summarise(source.name(), model, all.series(), fitted);
  }

  private List<SeriesDeciders.Fitted> fit(List<SeriesReader.Named> series, List<String> failures) {
    List<SeriesDeciders.Fitted> fitted = new ArrayList<>();
    for (SeriesReader.Named named : series) {
      try {
        Series given = named.given();
        fitted.add(
            new SeriesDeciders.Fitted(
                named.key(),
                named.variable(),
                given.time(0),
                last(given, named.series()),
                given.step(),
                SeriesDecider.fit(reader.detector(), named.series(), rule)));
      } catch (DataException e) {
        failures.add(SeriesReader.about(named.name(), e.getMessage()));
      }
      console.progress("%,d series learned", fitted.size());
    }
    return fitted;
  }

  /** When the history ends: before a last step that was left out. */
  private long last(Series given, Series ready) {
    long end = given.time(given.points() - 1);
    Step every = reader.preparation().every();
    return every == null || ready.points() == 0
        ? end
        : Math.min(end, every.plus(ready.time(ready.points() - 1), 1) - 1);
  }

  /** The kinds of the columns of the series. */
  private Schema schema(Table table) {
    return new Schema(
        table.schema().fields().stream()
            .filter(
                field ->
                    field.name().equals(reader.columns().time())
                        || reader.columns().values().contains(field.name())
                        || field.name().equals(reader.columns().key()))
            .toList());
  }

  private static List<String> notes(List<SeriesDeciders.Fitted> fitted) {
    return fitted.stream()
        .filter(each -> !each.decider().model().note().isEmpty())
        .map(each -> SeriesReader.about(each.name(), each.decider().model().note()))
        .toList();
  }

  private void summarise(
      String file,
      Path model,
      List<SeriesReader.Named> series,
      List<SeriesDeciders.Fitted> fitted) {
    var threshold = fitted.getFirst().decider().threshold();
    console.line(
        "%s: %s fitted on %s of %s; %s",
        model,
        Detectors.standard().text(reader.detector()),
        fitted.size() == 1
            ? Console.text("%,d points", series.getFirst().series().points())
            : Console.text("%,d series", fitted.size()),
        file,
        fitted.size() == 1
            ? threshold.description()
            : threshold.rule().text() + " for each series by itself");
  }
}
