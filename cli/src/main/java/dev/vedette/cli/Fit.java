package dev.vedette.cli;

import dev.vedette.Decider;
import dev.vedette.Detectors;
import dev.vedette.Models;
import dev.vedette.TableDetector;
import dev.vedette.data.ReadOptions;
import dev.vedette.data.SeriesColumns;
import dev.vedette.data.Table;
import dev.vedette.data.TableFile;
import dev.vedette.threshold.Rule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "fit",
    description = {
      "Learns what is normal in a table, or in series over time, and saves it as a model.",
      "A table with a column of regular times and columns of numbers is a series; --rows overrules."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  vedette fit payments.csv --model payments.vedette --label label --ignore kind",
      "  vedette fit payments.csv --model knn.vedette --detector 'knn k=10'",
      "  vedette fit payments.csv --model usual.vedette --label label --normal-only",
      "  vedette fit load.csv --model load.vedette --label label"
    })
final class Fit implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "the table to learn from; - is standard input")
  Path file = Path.of("-");

  @Option(
      names = "--model",
      paramLabel = "FILE",
      required = true,
      description = "where to save the model")
  Path model = Path.of("");

  @Option(
      names = "--normal-only",
      description = "with --label: learn from the rows that are not anomalies")
  boolean normalOnly;

  @Mixin SeriesMixin seriesOptions = new SeriesMixin();
  @Mixin ReadMixin reading = new ReadMixin();
  @Mixin FitMixin fitting = new FitMixin();

  Fit(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (normalOnly && reading.label == null) {
      throw new IllegalArgumentException("--normal-only needs --label");
    }
    seriesOptions.check(fitting);
    boolean series = seriesOptions.asked(fitting);
    if (series && normalOnly) {
      throw new IllegalArgumentException("--normal-only means nothing for a series; leave it out");
    }
    if (!series) {
      fitting.detector(normalOnly); // refused before the file is read
    }
    fitting.rule();
    ReadOptions options = seriesOptions.preparing.options(reading);
    Destinations.check(
        List.of(file),
        Destinations.of("--model", model),
        Destinations.of("--bad-rows", reading.badRows));
    Console.Watch watch = console.watch();
    try (TableFile source = TableFile.open(file, options)) {
      Table read = watch.time("reading", source::read);
      Optional<SeriesColumns> columns =
          normalOnly
              ? Optional.empty()
              : seriesOptions.columns(source.name(), read, reading, fitting);
      if (columns.isPresent()) {
        var reader = seriesOptions.reader(columns.get(), fitting);
        new SeriesFit(console, reader, seriesOptions.rule(fitting))
            .save(source, read, model, watch);
      } else {
        saveRows(source, read, watch);
      }
    }
    return Vedette.DONE;
  }

  private void saveRows(TableFile source, Table read, Console.Watch watch) {
    TableDetector detector = fitting.detector(normalOnly);
    Rule rule = fitting.rule();
    Table table = normalOnly ? FitMixin.normal(read) : read;
    Decider decider = watch.time("fitting", () -> Decider.fit(detector, table, rule));
    watch.time(
        "saving",
        () -> {
          Models.save(decider, table, console.clock(), model);
          return model;
        });
    if (source.badRows().bad() > 0) {
      console.notice("left out %,d rows that could not be read", source.badRows().bad());
    }
    decider.model().encoding().dropped().forEach(c -> console.notice("%s and was left out", c));
    String note = decider.model().rows().note();
    if (!note.isEmpty()) {
      console.notice("%s", note);
    }
    console.line(
        "%s: %s fitted on %,d rows of %s; %s",
        model,
        Detectors.standard().text(decider.model().rows().detector()),
        table.rows(),
        source.name(),
        decider.threshold().description());
  }
}
