package dev.vedette.cli;

import dev.vedette.cli.Comparison.Cost;
import dev.vedette.cli.Comparison.Facts;
import dev.vedette.cli.Comparison.Failure;
import dev.vedette.cli.Comparison.Result;
import dev.vedette.data.Numbers;
import dev.vedette.evaluate.Evaluation;
import java.io.PrintWriter;
import java.util.List;

/** A comparison for people, and for machines. */
record ComparisonText(Console console) {
  private static final int LONGEST_NAME = 40;

  void print(Facts facts, Comparison comparison) {
    console.line(
        "data       %s, %,d rows judged by, %,d of them anomalies",
        facts.file(), facts.judged().rows(), facts.anomalies());
    console.line(
        "learned    from %,d other rows, %s of them labelled anomalies",
        facts.training().rows(), ComparisonReport.some(facts.trainingAnomalies()));
    comparison.notices().forEach(notice -> console.line("note       %s", notice));
    console.line("");
    if (!comparison.results().isEmpty()) {
      table(comparison.results());
      console.line("");
      console.line("The best first, by AUC. accuracy to FPR are at each detector's own threshold,");
      console.line("the one with the best accuracy on these rows. Times are those of one core.");
    }
    if (!comparison.failures().isEmpty()) {
      console.line("");
    }
    for (Failure failure : comparison.failures()) {
      console.line("no result  %s: %s", failure.entrant().name(), failure.reason());
    }
  }

  private void table(List<Result> results) {
    int longest = results.stream().mapToInt(r -> r.entrant().name().length()).max().orElse(0);
    int width = Math.min(LONGEST_NAME, Math.max(longest, 8));
    String row = "%-" + width + "s %6s %6s %8s %9s %6s %6s %6s %6s %8s %8s %9s";
    console.line(
        row,
        "detector",
        "AUC",
        "AP",
        "accuracy",
        "precision",
        "recall",
        "F1",
        "F2",
        "FPR",
        "fit s",
        "µs/row",
        "model KB");
    for (Result result : results) {
      Evaluation e = result.evaluation();
      Cost cost = result.cost();
      console.line(
          row,
          Console.clip(result.entrant().name(), width),
          four(e.rocAuc().value()),
          four(e.averagePrecision().value()),
          four(e.accuracy()),
          four(e.precision().value()),
          four(e.recall().value()),
          four(e.f1().value()),
          four(e.f2()),
          four(e.falsePositiveRate()),
          Console.text("%.2f", cost.fitSeconds()),
          Numbers.text(cost.microsPerRow(), 3),
          Console.text("%,.1f", cost.modelBytes() / 1024.0));
    }
  }

  private static String four(double value) {
    return Console.text("%.4f", value);
  }

  static void json(Facts facts, Comparison comparison, PrintWriter out) {
    Json.line(
        out,
        line -> {
          line.text("file", facts.file());
          line.number("rows", facts.judged().rows());
          line.number("anomalies", facts.anomalies());
          line.number("training_rows", facts.training().rows());
          line.number("training_anomalies", facts.trainingAnomalies());
          line.texts("notices", comparison.notices());
          line.list(
              "results", comparison.results(), each -> line.anonymous(() -> describe(line, each)));
          line.list(
              "failures",
              comparison.failures(),
              each ->
                  line.anonymous(
                      () -> {
                        line.text("name", each.entrant().name());
                        line.text("detector", each.entrant().text());
                        line.text("reason", each.reason());
                      }));
        });
  }

  private static void describe(Json line, Result result) {
    line.text("name", result.entrant().name());
    line.text("detector", result.entrant().text());
    line.threshold(result.evaluation().threshold());
    line.object("evaluation", () -> line.evaluation(result.evaluation()));
    line.number("fit_seconds", result.cost().fitSeconds());
    line.number("micros_per_row", result.cost().microsPerRow());
    line.number("model_bytes", result.cost().modelBytes());
  }
}
