package dev.vedette.cli;

import dev.vedette.Detectors;
import dev.vedette.Provenance;
import dev.vedette.data.Column;
import dev.vedette.data.Numbers;
import dev.vedette.data.Profile;
import dev.vedette.evaluate.Curve;
import dev.vedette.evaluate.Estimate;
import dev.vedette.evaluate.Evaluation;
import dev.vedette.report.Html;
import dev.vedette.report.Report;
import dev.vedette.threshold.Threshold;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Findings as a page with pictures. */
final class HtmlReport {
  static final int CURVE_POINTS = 1000;
  private static final int BINS = 24;

  private HtmlReport() {}

  static void write(Findings findings, List<Findings.Anomaly> top, Instant now, Path path) {
    Html.write(report(findings, top, now), path);
  }

  static Report report(Findings findings, List<Findings.Anomaly> top, Instant now) {
    int rows = findings.table().rows();
    int columns = findings.table().columns().size();
    Threshold threshold = findings.decider().threshold();
    boolean[] labels = findings.table().labels().orElse(null);
    return new Report(
        new Report.Source("Anomaly report", findings.file(), rows, columns, now),
        new Report.Detection(
            Detectors.standard().text(findings.decider().model().rows().detector()),
            findings.trainingRows(),
            new Report.Cut(
                threshold.rule().text() + ", " + threshold.description(),
                threshold.cut(),
                findings.flagged()),
            labels == null
                ? Report.Scores.unlabelled(findings.scores())
                : new Report.Scores(findings.scores(), labels)),
        quality(findings, labels),
        top.stream().map(HtmlReport::anomaly).toList(),
        background(findings));
  }

  private static Report.Anomaly anomaly(Findings.Anomaly anomaly) {
    return new Report.Anomaly(
        anomaly.number(), anomaly.decision(), anomaly.label(), anomaly.explanation().top(5));
  }

  private static Report.Quality quality(Findings findings, boolean @Nullable [] labels) {
    Evaluation evaluation = findings.evaluation();
    if (evaluation == null || labels == null) {
      return Report.Quality.none();
    }
    Curve roc = Curve.roc(findings.scores(), labels, CURVE_POINTS);
    Curve precisionRecall = Curve.precisionRecall(findings.scores(), labels, CURVE_POINTS);
    return new Report.Quality(
        curve(roc, evaluation.rocAuc().value()),
        curve(precisionRecall, evaluation.averagePrecision().value()),
        metrics(evaluation),
        evaluation.confusion());
  }

  static Report.Curve curve(Curve curve, double area) {
    return new Report.Curve(
        curve.points().stream().mapToDouble(Curve.Point::x).toArray(),
        curve.points().stream().mapToDouble(Curve.Point::y).toArray(),
        area);
  }

  private static List<Report.Metric> metrics(Evaluation evaluation) {
    return List.of(
        metric("ROC AUC", evaluation.rocAuc(), "How often an anomaly scores above a normal row."),
        metric(
            "Average precision",
            evaluation.averagePrecision(),
            "How clean the top of the list is, over all lengths of the list."),
        metric("Precision", evaluation.precision(), "The share of the flags that are anomalies."),
        metric("Recall", evaluation.recall(), "The share of the anomalies that are flagged."),
        metric("F1", evaluation.f1(), "Precision and recall in one number, both weighed alike."),
        metric("F2", evaluation.f2(), "The same with recall weighed more: misses hurt."),
        metric("Accuracy", evaluation.accuracy(), "The share of all rows judged right."),
        metric(
            "False positive rate",
            evaluation.falsePositiveRate(),
            "The share of the normal rows that are flagged."),
        metric(
            "Precision at " + evaluation.confusion().anomalies(),
            evaluation.precisionAtAnomalies(),
            "The share of anomalies at the top of the list, as many rows as there are anomalies."));
  }

  private static Report.Metric metric(String name, Estimate estimate, String meaning) {
    String interval =
        Double.isNaN(estimate.low()) ? null : four(estimate.low()) + " to " + four(estimate.high());
    return new Report.Metric(name, four(estimate.value()), interval, meaning);
  }

  private static Report.Metric metric(String name, double value, String meaning) {
    return new Report.Metric(name, four(value), null, meaning);
  }

  private static String four(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static Report.Background background(Findings findings) {
    List<Profile.Profiled> profiled = Profile.of(findings.table()).columns();
    List<Report.Profile> profile = new ArrayList<>();
    for (int j = 0; j < profiled.size(); j++) {
      profile.add(profile(profiled.get(j), findings.table().columns().get(j)));
    }
    return new Report.Background(
        profile,
        findings.notices(),
        findings.timings().stream()
            .map(phase -> new Report.Timing(phase.name(), phase.duration().toMillis()))
            .toList(),
        List.of(new Report.Fact("Vedette", Provenance.version())));
  }

  private static Report.Profile profile(Profile.Profiled profiled, Column column) {
    return new Report.Profile(
        profiled.name(),
        profiled.kind().name().toLowerCase(Locale.ROOT),
        new Report.Counts(profiled.missing(), profiled.distinct(), histogram(profiled, column)),
        summary(profiled),
        profiled.note().map(note -> note.name().toLowerCase(Locale.ROOT)).orElse(""));
  }

  private static String summary(Profile.Profiled profiled) {
    return switch (profiled.summary()) {
      case Profile.Spread spread when profiled.kind() == dev.vedette.data.Kind.TIME ->
          instant(spread.min()) + " to " + instant(spread.max());
      case Profile.Spread spread ->
          "%s to %s, half between %s and %s, middle %s"
              .formatted(
                  Numbers.text(spread.min(), 4),
                  Numbers.text(spread.max(), 4),
                  Numbers.text(spread.lower(), 4),
                  Numbers.text(spread.upper(), 4),
                  Numbers.text(spread.median(), 4));
      case Profile.Levels levels ->
          levels.top().stream()
              .limit(4)
              .map(level -> level.name() + " " + Numbers.text(100 * level.share(), 2) + " %")
              .collect(Collectors.joining(", "));
    };
  }

  private static String instant(double millis) {
    return Double.isNaN(millis) ? "never" : Instant.ofEpochMilli((long) millis).toString();
  }

  /** How many values lie in each of {@value #BINS} equal ranges; empty where there is no order. */
  private static List<Long> histogram(Profile.Profiled profiled, Column column) {
    if (!(profiled.summary() instanceof Profile.Spread spread) || !(spread.max() > spread.min())) {
      return List.of();
    }
    long[] counts = new long[BINS];
    for (int i = 0; i < column.rows(); i++) {
      if (!column.isMissing(i)) {
        double value =
            column instanceof Column.Time time
                ? time.millis(i)
                : ((Column.Numeric) column).value(i);
        double place = (value / 2 - spread.min() / 2) / (spread.max() / 2 - spread.min() / 2);
        counts[(int) Math.min(BINS - 1, place * BINS)]++;
      }
    }
    return java.util.Arrays.stream(counts).boxed().toList();
  }
}
