package dev.vedette.cli;

import dev.vedette.Decision;
import dev.vedette.Detectors;
import dev.vedette.data.Moments;
import dev.vedette.data.Numbers;
import dev.vedette.data.Series;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/** What was found in series, for people. */
record SeriesText(Console console) {
  private static final String ROW = "%-16s  %-10s  %8s  %10s  %s%s";

  /** More labelled series are in the JSON only. */
  private static final int MOST_JUDGED = 5;

  void print(SeriesFindings findings, int top) {
    data(findings);
    findings.notices().forEach(notice -> console.line("note       %s", notice));
    console.line("detector   %s", Detectors.standard().text(findings.detector()));
    threshold(findings);
    List<SeriesFindings.Found> found = findings.found();
    console.line(
        "flagged    %,d of %,d points (%.2f %%) in %,d %s",
        findings.flagged(),
        findings.points(),
        100.0 * findings.flagged() / findings.points(),
        found.size(),
        found.size() == 1 ? "stretch" : "stretches");
    console.line("");
    if (found.isEmpty()) {
      console.line("nothing stands out");
    } else if (top > 0) {
      stretches(found, top, findings.zone());
    }
    List<SeriesQuality> qualities = findings.qualities();
    for (SeriesQuality quality : qualities.subList(0, Math.min(MOST_JUDGED, qualities.size()))) {
      console.line("");
      quality.print(console);
    }
    if (qualities.size() > MOST_JUDGED) {
      console.line("and %,d more labelled series; --json has all", qualities.size() - MOST_JUDGED);
    }
    console.line("");
    console.line(
        "%s",
        findings.timings().stream()
            .map(p -> Console.text("%s %.2f s", p.name(), p.duration().toMillis() / 1000.0))
            .collect(Collectors.joining(", ")));
  }

  private void data(SeriesFindings findings) {
    Series first = findings.series().getFirst().series();
    if (findings.series().size() > 1) {
      console.line(
          "data       %s, %,d series with %,d points",
          findings.file(), findings.series().size(), findings.points());
      return;
    }
    console.line(
        "data       %s, %,d points of %s from %s to %s%s%s",
        findings.file(),
        first.points(),
        String.join(", ", first.names()),
        Moments.text(first.time(0), findings.zone()),
        Moments.text(first.time(first.points() - 1), findings.zone()),
        first.step() > 0 ? ", every " + Moments.every(first.step()) : "",
        findings.zone().equals(ZoneOffset.UTC) ? "" : ", by the clock of " + findings.zone());
  }

  private void threshold(SeriesFindings findings) {
    var threshold = findings.series().getFirst().decider().threshold();
    if (findings.series().size() == 1) {
      console.line("threshold  %s, %s", threshold.rule().text(), threshold.description());
    } else {
      console.line("threshold  %s, for each series by itself", threshold.rule().text());
    }
  }

  private void stretches(List<SeriesFindings.Found> found, int top, ZoneId zone) {
    boolean named = !found.getFirst().in().name().isEmpty();
    console.line(ROW, "from", "lasts", "severity", "score", named ? "series: " : "", "why");
    for (SeriesFindings.Found each : found.subList(0, Math.min(top, found.size()))) {
      SeriesFinding finding = each.in();
      SeriesFinding.Stretch stretch = each.stretch();
      Decision decision = finding.decision(stretch.peak());
      console.line(
          ROW,
          Moments.text(finding.series().time(stretch.from()), zone),
          lasts(finding.series(), stretch),
          Math.round(decision.severity()) + "!",
          Numbers.text(decision.score(), 5),
          named ? finding.name() + ": " : "",
          finding.why(stretch.peak()));
    }
    if (found.size() > top) {
      console.line("and %,d more; --top shows more, --out all", found.size() - top);
    }
  }

  private static String lasts(Series series, SeriesFinding.Stretch stretch) {
    return stretch.points() == 1
        ? "1 point"
        : Moments.span(series.time(stretch.to()) - series.time(stretch.from()) + series.step());
  }
}
