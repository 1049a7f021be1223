package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.Decider;
import dev.vedette.Decision;
import dev.vedette.Models;
import dev.vedette.data.Numbers;
import dev.vedette.data.ReadOptions;
import dev.vedette.data.Table;
import dev.vedette.data.TableFile;
import dev.vedette.explain.Explanation;
import dev.vedette.explain.Input;
import dev.vedette.explain.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description = "Says why rows of a table have their scores, column by column.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  vedette explain payments.vedette payments.csv --row 17",
      "  vedette explain payments.vedette payments.csv --row 17,42 --json"
    })
final class ExplainCommand implements Callable<Integer> {
  private static final String COLUMNS = "  %-24s %20s %20s  %-8s %12s  %5s";

  private final Console console;

  @Parameters(index = "0", paramLabel = "MODEL", description = "a model saved by fit")
  Path model = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "the table with the rows; - is standard input")
  Path file = Path.of("-");

  @Option(
      names = "--row",
      paramLabel = "N",
      split = ",",
      required = true,
      description = "rows to explain; the first after the header is 1")
  List<Integer> rows = List.of();

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "10",
      description = "columns to show; default 10")
  int top = 10;

  @Option(names = "--json", description = "print one JSON object per row")
  boolean json;

  @Mixin ReadMixin reading = new ReadMixin();

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    OutputMixin.checkTop(top);
    ReadOptions options = reading.options();
    Destinations.check(List.of(model, file), Destinations.of("--bad-rows", reading.badRows));
    Decider decider = Models.loadDecider(model);
    try (TableFile source = TableFile.open(file, options)) {
      Table table = source.read(decider.model().encoding().schema());
      for (int row : rows) {
        if (row < 1 || row > table.rows()) {
          throw new DataException(
              "%s has no row %d; its rows are 1 to %d".formatted(source.name(), row, table.rows()));
        }
      }
      for (int row : rows) {
        Explanation explanation = decider.model().explain(table, row - 1);
        Decision decision = decider.decide(explanation.score());
        if (json) {
          Json.line(
              console.out(),
              line -> {
                line.number("row", row);
                line.decision(decision);
                line.number("base", explanation.base());
                line.explanation(explanation);
              });
        } else {
          print(row, decision, explanation);
        }
      }
    }
    return Vedette.DONE;
  }

  private void print(int row, Decision decision, Explanation explanation) {
    console.line(
        "row %d: score %s, severity %d, p-value %s, %s",
        row,
        Numbers.text(decision.score(), 5),
        Math.round(decision.severity()),
        Numbers.text(decision.pValue(), 2),
        decision.flagged() ? "flagged" : "not flagged");
    console.line(COLUMNS, "column", "value", "normal", "is", "contributes", "share");
    explanation.reasons().stream().limit(top).forEach(this::print);
    console.line(
        "  the contributions of all columns and a base of %s sum to the score",
        Numbers.text(explanation.base(), 5));
  }

  private void print(Reason reason) {
    Input input = reason.input();
    console.line(
        COLUMNS,
        Console.clip(input.column(), 40),
        Console.clip(input.value(), 40),
        Console.clip(input.normal(), 40),
        input.direction().name().toLowerCase(Locale.ROOT),
        Numbers.text(input.contribution(), 4),
        Math.round(100 * reason.share()) + " %");
  }
}
