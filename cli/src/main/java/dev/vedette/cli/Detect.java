package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.Decider;
import dev.vedette.TableDetector;
import dev.vedette.TableModel;
import dev.vedette.data.ReadOptions;
import dev.vedette.data.Sample;
import dev.vedette.data.Table;
import dev.vedette.data.TableFile;
import dev.vedette.evaluate.Evaluation;
import dev.vedette.threshold.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "detect",
    description = "Finds the anomalies in a table and says why, without any option.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  vedette detect --sample",
      "  vedette detect payments.csv --label label --ignore kind",
      "  vedette detect payments.csv --detector 'iforest trees=200' --threshold share=0.02",
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
    if (file != null) {
      return detect(file, reading.options());
    }
    Path made = temporary();
    try {
      new Sample().write(made);
      ReadOptions options = new ReadOptions().label("label").ignored(List.of("kind"));
      return detect(made, options);
    } finally {
      made.toFile().delete();
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempFile("vedette-sample-", ".csv");
    } catch (IOException e) {
      throw new DataException("cannot write a temporary file: " + e.getMessage(), e);
    }
  }

  private int detect(Path path, ReadOptions options) {
    TableDetector detector = fitting.detector();
    Rule rule = fitting.rule();
    int top = output.top();
    Console.Watch watch = console.watch();
    try (TableFile source = TableFile.open(path, options)) {
      Table table = watch.time("reading", source::read);
      TableModel model = watch.time("fitting", () -> detector.fit(table));
      double[] scores = watch.time("scoring", () -> model.scoreTraining(table));
      Decider decider = Decider.of(model, scores, table, rule);
      String name = sample ? "a made-up table of card payments" : source.name();
      Evaluation evaluation =
          watch.time("judging", () -> Findings.evaluate(table, scores, decider));
      var findings =
          new Findings(
              name,
              table,
              source.badRows(),
              decider,
              table.rows(),
              scores,
              evaluation,
              watch.phases());
      return new Output(console, output).show(findings, source, top);
    }
  }
}
