package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.Decider;
import dev.vedette.Detectors;
import dev.vedette.Models;
import dev.vedette.TableDetector;
import dev.vedette.data.ReadOptions;
import dev.vedette.data.SeriesColumns;
import dev.vedette.data.Split;
import dev.vedette.data.Table;
import dev.vedette.data.TableFile;
import dev.vedette.evaluate.CrossValidated;
import dev.vedette.evaluate.CrossValidation;
import dev.vedette.evaluate.Evaluation;
import dev.vedette.threshold.Rule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "evaluate",
    description = {
      "Says how good a detector is on rows with labels it has not learned from.",
      "Learns from a random 70 %% of FILE and judges by the rest, unless told otherwise.",
      "A series is judged within itself, as detect does, or after the series of --train; no label"
          + " is shown to the detector."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  vedette evaluate payments.csv --label label --ignore kind",
      "  vedette evaluate payments.csv --label label --ignore kind --folds 5",
      "  vedette evaluate today.csv --label label --ignore kind --train payments.csv",
      "  vedette evaluate today.csv --label label --model payments.vedette",
      "  vedette evaluate load.csv --label label"
    })
final class EvaluateCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "a table with labels; - is standard input")
  Path file = Path.of("-");

  @Option(names = "--model", paramLabel = "FILE", description = "judge this saved model")
  @Nullable Path model;

  @Option(names = "--folds", paramLabel = "N", description = "cross-validation in N folds")
  int folds;

  @Mixin SplitMixin rows = new SplitMixin();
  @Mixin SeriesMixin seriesOptions = new SeriesMixin();
  @Mixin ReadMixin reading = new ReadMixin();
  @Mixin FitMixin fitting = new FitMixin();
  @Mixin OutputMixin output = new OutputMixin();

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    check();
    seriesOptions.check(fitting);
    if (!seriesOptions.asked(fitting)) {
      fitting.detector(rows.normalOnly); // refused before the file is read
    }
    Rule rule = fitting.rule();
    ReadOptions options = seriesOptions.preparing.options(reading);
    output.check(reading, file, rows.train, model);
    Console.Watch watch = console.watch();
    try (TableFile source = TableFile.open(file, options)) {
      if (seriesOptions.possible(fitting) && model == null && folds == 0) {
        Table table = watch.time("reading", source::read);
        Optional<SeriesColumns> columns =
            seriesOptions.columns(source.name(), table, reading, fitting);
        if (columns.isPresent()) {
          return evaluateSeries(source, table, columns.get(), watch);
        }
      }
      TableDetector detector = fitting.detector(rows.normalOnly);
      if (folds > 0) {
        return crossValidate(source, detector, rule, watch);
      }
      Judged judged = judged(source, options, new Fitting(detector, rule, watch));
      double[] scores = watch.time("scoring", () -> judged.decider().model().score(judged.test()));
      Evaluation evaluation = Findings.evaluate(judged.test(), scores, judged.decider());
      if (evaluation == null) {
        throw new DataException(
            source.name() + " has rows of one class only in the part judged by; both are needed");
      }
      var findings =
          new Findings(
              source.name(),
              judged.test(),
              source.badRows(),
              judged.decider(),
              false,
              judged.trainingRows(),
              scores,
              evaluation,
              watch.phases());
      return new Output(console, output).show(findings, source);
    }
  }

  private int evaluateSeries(
      TableFile source, Table table, SeriesColumns columns, Console.Watch watch) {
    rows.refuseWith("a series", List.of("--normal-only", "--train-share", "--seed"));
    var reader = seriesOptions.reader(columns, fitting);
    var run = new SeriesRun(console, reader, seriesOptions.rule(fitting));
    Table training = null;
    if (rows.train != null) {
      try (TableFile before =
          TableFile.open(rows.train, seriesOptions.preparing.options(reading))) {
        training = watch.time("reading the history", () -> before.read(table.schema()));
      }
    }
    SeriesFindings findings = run.judge(source, table, training, watch);
    if (findings.qualities().isEmpty()) {
      throw new DataException(
          source.name() + " has points of one class only; both are needed to judge by");
    }
    return new SeriesOutput(console, output).show(findings);
  }

  private void check() {
    if (reading.label == null) {
      throw new IllegalArgumentException("evaluate needs --label, the column with the truth");
    }
    int ways = (rows.train == null ? 0 : 1) + (model == null ? 0 : 1) + (folds == 0 ? 0 : 1);
    if (ways > 1) {
      throw new IllegalArgumentException("give one of --train, --model and --folds");
    }
    if (folds < 0 || folds == 1) {
      throw new IllegalArgumentException("--folds must be at least 2, is " + folds);
    }
    if (model != null) {
      rows.refuseWith("--model", FitMixin.NAMES);
      rows.refuseWith("--model", List.of("--normal-only", "--train-share", "--seed"));
    } else if (folds > 0) {
      rows.refuseWith("--folds", OutputMixin.NAMES_BUT_JSON);
      rows.refuseWith("--folds", List.of("--train-share"));
      if (seriesOptions.asked(fitting)) {
        throw foldsOfSeries();
      }
    } else if (rows.train != null) {
      rows.refuseWithTrain();
    } else if (output.out != null && !seriesOptions.asked(fitting)) {
      throw new IllegalArgumentException(
          "--out needs --train or --model, so that all rows are judged");
    }
  }

  private static IllegalArgumentException foldsOfSeries() {
    return new IllegalArgumentException(
        "--folds means nothing for a series; --rows treats it as rows");
  }

  /** What to fit, timed by {@code watch}. */
  private record Fitting(TableDetector detector, Rule rule, Console.Watch watch) {}

  /** Who judges which rows. */
  private record Judged(Decider decider, int trainingRows, Table test) {}

  private Judged judged(TableFile source, ReadOptions options, Fitting how) {
    Console.Watch watch = how.watch();
    Path saved = model;
    if (saved != null) {
      Decider decider = watch.time("loading", () -> Models.loadDecider(saved));
      Table test = watch.time("reading", () -> source.read(decider.model().encoding().schema()));
      return new Judged(decider, Models.provenance(saved).rows(), test);
    }
    Path other = rows.train;
    if (other != null) {
      try (TableFile training = TableFile.open(other, options)) {
        Table table = watch.time("reading", training::read);
        Table test = watch.time("reading the test rows", () -> source.read(table.schema()));
        return fit(table, test, how);
      }
    }
    Table all = watch.time("reading", source::read);
    Split split = rows.split(all);
    return fit(split.train(), split.test(), how);
  }

  private Judged fit(Table training, Table test, Fitting how) {
    Table table = rows.learned(training);
    Decider decider =
        how.watch().time("fitting", () -> Decider.fit(how.detector(), table, how.rule()));
    return new Judged(decider, table.rows(), test);
  }

  private int crossValidate(
      TableFile source, TableDetector detector, Rule rule, Console.Watch watch) {
    var validation =
        new CrossValidation().folds(folds).seed(rows.seed).normalOnly(rows.normalOnly).rule(rule);
    Table table = watch.time("reading", source::read);
    if (seriesOptions.columns(source.name(), table, reading, fitting).isPresent()) {
      throw foldsOfSeries();
    }
    CrossValidated result = watch.time("cross-validating", () -> validation.run(table, detector));
    if (output.json) {
      Json.line(console.out(), json -> describe(json, source.name(), detector, rule, result));
    } else {
      console.out().println(result);
    }
    return Vedette.DONE;
  }

  private void describe(
      Json json, String name, TableDetector detector, Rule rule, CrossValidated result) {
    json.text("file", name);
    json.text("detector", Detectors.standard().text(detector.rows()));
    json.text("rule", rule.text());
    json.number("folds", folds);
    spread(json, "roc_auc", result.rocAuc());
    spread(json, "average_precision", result.averagePrecision());
    spread(json, "precision", result.spread(fold -> fold.precision().value()));
    spread(json, "recall", result.spread(fold -> fold.recall().value()));
    spread(json, "f1", result.spread(fold -> fold.f1().value()));
    spread(json, "false_positive_rate", result.spread(Evaluation::falsePositiveRate));
  }

  private static void spread(Json json, String name, CrossValidated.Spread spread) {
    json.object(
        name,
        () -> {
          json.number("mean", spread.mean());
          json.number("deviation", spread.deviation());
        });
  }
}
