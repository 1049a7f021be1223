package dev.vedette.cli;

import dev.vedette.Decider;
import dev.vedette.TableDetector;
import dev.vedette.TableModel;
import dev.vedette.data.ReadOptions;
import dev.vedette.data.Sample;
import dev.vedette.data.SeriesColumns;
import dev.vedette.data.Table;
import dev.vedette.data.TableFile;
import dev.vedette.evaluate.Evaluation;
import dev.vedette.threshold.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "detect",
    description = {
      "Finds the anomalies in a table or in series over time and says why, without any option.",
      "A table with a column of regular times and columns of numbers is a series; --rows overrules."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  vedette detect --sample",
      "  vedette detect payments.csv --label label --ignore kind",
      "  vedette detect payments.csv --detector 'iforest trees=200'",
      "  vedette detect payments.csv --threshold share=0.02 --top 20",
      "  vedette detect load.csv --report load.html",
      "  vedette detect load.csv --every 1h --aggregate max --zone Europe/Berlin",
      "  vedette detect hosts.csv --time at --value cpu --key host",
      "  vedette detect payments.csv --out scored.csv --report report.html"
    })
final class Detect implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      description = "CSV or JSON Lines, may be packed with gzip; - is standard input")
  @Nullable Path file;

  @Option(
      names = "--sample",
      description = "use a made-up table of card payments instead of a file")
  boolean sample;

  @Mixin SeriesMixin seriesOptions = new SeriesMixin();
  @Mixin ReadMixin reading = new ReadMixin();
  @Mixin FitMixin fitting = new FitMixin();
  @Mixin OutputMixin output = new OutputMixin();

  Detect(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (sample == (file != null)) {
      throw new IllegalArgumentException("give one FILE, or --sample for a made-up table");
    }
    seriesOptions.check(fitting);
    if (!seriesOptions.asked(fitting)) {
      fitting.detector(false); // refused before the file is read
    }
    Rule rule = fitting.rule();
    ReadOptions options = seriesOptions.preparing.options(reading);
    output.check(reading, file);
    Console.Watch watch = console.watch();
    try (TableFile source = file == null ? made(options) : TableFile.open(file, options)) {
      Table table = watch.time("reading", source::read);
      Optional<SeriesColumns> columns =
          seriesOptions.columns(source.name(), table, reading, fitting);
      if (columns.isPresent()) {
        return detectSeries(source, table, columns.get(), watch);
      }
      TableDetector detector = fitting.detector(false);
      TableModel model = watch.time("fitting", () -> detector.fit(table));
      double[] scores = watch.time("scoring", () -> model.scoreTraining(table));
      Decider decider = Decider.within(model, scores, table, rule);
      Evaluation evaluation =
          watch.time("judging", () -> Findings.evaluate(table, scores, decider));
      var findings =
          new Findings(
              source.name(),
              table,
              source.badRows(),
              decider,
              true,
              table.rows(),
              scores,
              evaluation,
              watch.phases());
      return new Output(console, output).show(findings, source);
    }
  }

  private int detectSeries(
      TableFile source, Table table, SeriesColumns columns, Console.Watch watch) {
    var reader = seriesOptions.reader(columns, fitting);
    var run = new SeriesRun(console, reader, seriesOptions.rule(fitting));
    SeriesFindings findings = run.judge(source, table, null, watch);
    return new SeriesOutput(console, output).show(findings);
  }

  private TableFile made(ReadOptions options) {
    if (reading.label != null) {
      return new Sample().open(options);
    }
    var ignored = new ArrayList<>(reading.ignored);
    ignored.add("kind");
    return new Sample().open(options.label("label").ignored(ignored));
  }
}
