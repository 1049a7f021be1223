package dev.vedette.cli;

import dev.vedette.Provenance;
import dev.vedette.cli.Comparison.Facts;
import dev.vedette.cli.Comparison.Result;
import dev.vedette.data.Numbers;
import dev.vedette.evaluate.Curve;
import dev.vedette.evaluate.Evaluation;
import dev.vedette.report.CompareHtml;
import dev.vedette.report.CompareReport;
import dev.vedette.report.Report;
import dev.vedette.threshold.Threshold;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A comparison as a page with pictures. */
final class ComparisonReport {
  private ComparisonReport() {}

  static void write(Facts facts, Comparison comparison, Instant now, Path path) {
    CompareHtml.write(report(facts, comparison, now), path);
  }

  static CompareReport report(Facts facts, Comparison comparison, Instant now) {
    var judged = facts.judged();
    var origin = new ArrayList<Report.Fact>();
    origin.add(new Report.Fact("Vedette", Provenance.version()));
    origin.add(
        new Report.Fact(
            "Learned from",
            Console.text(
                "%,d rows, %s of them labelled anomalies",
                facts.training().rows(), some(facts.trainingAnomalies()))));
    return new CompareReport(
        new Report.Source(
            "Model comparison", facts.file(), judged.rows(), judged.columns().size(), now),
        new CompareReport.Judged(judged, facts.numbers()),
        comparison.results().stream().map(result -> model(facts, result)).toList(),
        new Report.Background(List.of(), notices(comparison), List.of(), origin));
  }

  static String some(long count) {
    return count == 0 ? "none" : Console.text("%,d", count);
  }

  private static List<String> notices(Comparison comparison) {
    Stream<String> failures =
        comparison.failures().stream()
            .map(failure -> "No result for " + failure.entrant().name() + ": " + failure.reason());
    return Stream.concat(comparison.notices().stream(), failures).toList();
  }

  private static CompareReport.Model model(Facts facts, Result result) {
    boolean[] labels = facts.judged().labels().orElseThrow();
    Evaluation evaluation = result.evaluation();
    Threshold threshold = evaluation.threshold();
    Curve roc = Curve.roc(result.scores(), labels, HtmlReport.CURVE_POINTS);
    return new CompareReport.Model(
        result.entrant().name(),
        new Report.Detection(
            result.entrant().text(),
            facts.training().rows(),
            new Report.Cut(
                threshold.description(), threshold.cut(), evaluation.confusion().flagged()),
            new Report.Scores(result.scores(), labels)),
        new Report.Quality(
            HtmlReport.curve(roc, evaluation.rocAuc().value()),
            null,
            metrics(evaluation),
            evaluation.confusion()),
        costs(result.cost()));
  }

  private static List<Report.Metric> metrics(Evaluation e) {
    return List.of(
        metric("AUC", e.rocAuc().value(), "how often an anomaly scores above a normal row"),
        metric("AP", e.averagePrecision().value(), "average precision: how clean the top is"),
        metric("Accuracy", e.accuracy(), "the share of all rows judged right"),
        metric("Precision", e.precision().value(), "the share of the flags that are anomalies"),
        metric("Recall", e.recall().value(), "the share of the anomalies that are flagged"),
        metric("F1", e.f1().value(), "precision and recall, both weighed alike"),
        metric("F2", e.f2(), "precision and recall, recall weighed more"),
        metric("FPR", e.falsePositiveRate(), "the share of the normal rows that are flagged"));
  }

  private static List<Report.Metric> costs(Comparison.Cost cost) {
    return List.of(
        new Report.Metric(
            "Fit s", Console.text("%.2f", cost.fitSeconds()), null, "seconds of one core to learn"),
        new Report.Metric(
            "µs/row",
            Numbers.text(cost.microsPerRow(), 3),
            null,
            "microseconds of one core to score a row of many"),
        new Report.Metric(
            "Model KB",
            Console.text("%,.1f", cost.modelBytes() / 1024.0),
            null,
            "the size of the model in a file"));
  }

  private static Report.Metric metric(String name, double value, String meaning) {
    return new Report.Metric(name, Console.text("%.4f", value), null, meaning);
  }
}
