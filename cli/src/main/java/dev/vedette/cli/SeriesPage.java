package dev.vedette.cli;

import dev.vedette.Detectors;
import dev.vedette.Provenance;
import dev.vedette.Reading;
import dev.vedette.Reading.Component;
import dev.vedette.data.Moments;
import dev.vedette.data.Series;
import dev.vedette.report.Report.Fact;
import dev.vedette.report.Report.Timing;
import dev.vedette.report.SeriesHtml;
import dev.vedette.report.SeriesReport;
import dev.vedette.report.SeriesReport.Anomaly;
import dev.vedette.report.SeriesReport.Background;
import dev.vedette.report.SeriesReport.Band;
import dev.vedette.report.SeriesReport.Chart;
import dev.vedette.report.SeriesReport.Marks;
import dev.vedette.report.SeriesReport.Panel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What was found in series as a page with pictures. */
final class SeriesPage {
  /** Charts drawn at most; those of the series with the most severe anomalies. */
  private static final int MOST_CHARTS = 24;

  private final SeriesFindings findings;
  private final List<SeriesFindings.Found> found;
  private final List<SeriesFinding> drawn;

  private SeriesPage(SeriesFindings findings) {
    this.findings = findings;
    this.found = findings.found();
    Set<SeriesFinding> first = new LinkedHashSet<>();
    found.forEach(each -> first.add(each.in()));
    first.addAll(findings.series());
    int variables = findings.series().getFirst().series().variables();
    int most = Math.max(1, MOST_CHARTS / variables);
    this.drawn = first.stream().limit(most).toList();
  }

  static void write(SeriesFindings findings, int top, Instant now, Path path) {
    SeriesHtml.write(new SeriesPage(findings).report(top, now), path);
  }

  private SeriesReport report(int top, Instant now) {
    List<Chart> charts = new ArrayList<>();
    for (SeriesFinding finding : drawn) {
      for (int v = 0; v < finding.series().variables(); v++) {
        charts.add(chart(finding, v));
      }
    }
    List<String> notices = new ArrayList<>(findings.notices());
    if (drawn.size() < findings.series().size()) {
      notices.add(
          Console.text(
              "%,d of %,d series are drawn, those with the most severe anomalies",
              drawn.size(), findings.series().size()));
    }
    return new SeriesReport(
        new SeriesReport.Source("Anomalies over time", headline(), facts(), now),
        charts,
        found.stream().limit(Math.max(top, 0)).map(this::anomaly).toList(),
        new Background(notices, timings(), origin()));
  }

  private String headline() {
    if (found.isEmpty()) {
      return "Nothing stands out";
    }
    String stretches = found.size() == 1 ? "One stretch stands" : found.size() + " stretches stand";
    return Console.text(
        "%s out: %,d of %,d points", stretches, findings.flagged(), findings.points());
  }

  private List<Fact> facts() {
    Series first = findings.series().getFirst().series();
    String span =
        "%s to %s UTC"
            .formatted(Moments.text(first.time(0)), Moments.text(first.time(first.points() - 1)));
    return List.of(
        new Fact("File", findings.file()),
        new Fact("Span", span + (first.step() > 0 ? ", every " + Moments.every(first.step()) : "")),
        new Fact("Detector", Detectors.standard().text(findings.detector())),
        new Fact("Threshold", threshold()));
  }

  private String threshold() {
    var threshold = findings.series().getFirst().decider().threshold();
    return findings.series().size() == 1
        ? threshold.rule().text() + ", " + threshold.description()
        : threshold.rule().text() + ", for each series by itself";
  }

  private List<Timing> timings() {
    return findings.timings().stream()
        .map(phase -> new Timing(phase.name(), phase.duration().toMillis()))
        .toList();
  }

  private List<Fact> origin() {
    return List.of(
        new Fact("File", findings.file()),
        new Fact("Detector", Detectors.standard().text(findings.detector())),
        new Fact("Threshold", threshold()),
        new Fact("Vedette", Provenance.version()));
  }

  private Chart chart(SeriesFinding finding, int v) {
    Series series = finding.series();
    Reading reading = finding.reading();
    int n = series.points();
    double cut = finding.decider().threshold().cut();
    boolean band = finding.reading().band() && Double.isFinite(cut);
    double[] lower = new double[band ? n : 0];
    double[] upper = new double[band ? n : 0];
    boolean[] flags = new boolean[n];
    for (int i = 0; i < n; i++) {
      if (band) {
        lower[i] = reading.lower(v, i, cut);
        upper[i] = reading.upper(v, i, cut);
      }
      flags[i] = finding.flagged(i) && (series.variables() == 1 || shares(reading, v, i));
    }
    String variable = series.names().get(v);
    String name = finding.name();
    return new Chart(
        name.isEmpty() || name.endsWith(variable)
            ? (name.isEmpty() ? variable : name)
            : name + ", " + variable,
        findings.series().size() > 1 ? finding.decider().model().note() : "", // else a notice
        series.times(),
        series.values(v),
        new Band("normal", reading.expected()[v].clone(), lower, upper),
        new Marks(flags, series.labels().orElseGet(() -> new boolean[0])),
        panels(finding, v));
  }

  /** Each part of the expected value that is not constant, what they leave, or the score. */
  private static List<Panel> panels(SeriesFinding finding, int v) {
    Series series = finding.series();
    Reading reading = finding.reading();
    List<Panel> panels = new ArrayList<>();
    for (Component part : reading.components()) {
      double[] values = part.values()[v];
      if (varies(values)) {
        panels.add(
            new Panel(
                part.name().substring(0, 1).toUpperCase(Locale.ROOT) + part.name().substring(1),
                values));
      }
    }
    boolean apart = !reading.components().isEmpty();
    if (apart || finding.reading().band()) {
      double[] left = new double[series.points()];
      Arrays.setAll(left, i -> series.value(v, i) - reading.expected()[v][i]);
      panels.add(new Panel(apart ? "Remainder" : "Value less expected", left, true));
    }
    if (!finding.reading().band()) {
      panels.add(new Panel("Score", reading.contribution()[v]));
    }
    return panels;
  }

  /** Whether the values differ by more than rounding. */
  private static boolean varies(double[] values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return high - low > 1e-9 * Math.max(Math.abs(low), Math.abs(high));
  }

  /** Whether variable {@code v} has its part in the score of a point. */
  private static boolean shares(Reading reading, int v, int point) {
    double[][] contribution = reading.contribution();
    double most = 0;
    for (double[] each : contribution) {
      most = Math.max(most, each[point]);
    }
    return contribution[v][point] >= most / 2;
  }

  private Anomaly anomaly(SeriesFindings.Found each) {
    SeriesFinding finding = each.in();
    SeriesFinding.Stretch stretch = each.stretch();
    Series series = finding.series();
    String when = Moments.text(series.time(stretch.peak()));
    if (stretch.points() > 1) {
      when =
          Moments.text(series.time(stretch.from()))
              + " to "
              + Moments.text(series.time(stretch.to()));
    }
    String why = finding.why(stretch.peak());
    if (stretch.points() > 1) {
      why = "at " + Moments.text(series.time(stretch.peak())) + ": " + why;
    }
    return new Anomaly(
        place(finding, stretch.peak()),
        series.time(stretch.from()),
        series.time(stretch.to()),
        (finding.name().isEmpty() ? "" : finding.name() + ", ") + when,
        finding.decision(stretch.peak()),
        why);
  }

  /** The chart of the variable that counts most; −1 where it is not drawn. */
  private int place(SeriesFinding finding, int point) {
    int series = drawn.indexOf(finding);
    double[][] contribution = finding.reading().contribution();
    int most = 0;
    for (int v = 1; v < contribution.length; v++) {
      most = contribution[v][point] > contribution[most][point] ? v : most;
    }
    return series < 0 ? -1 : series * contribution.length + most;
  }
}
