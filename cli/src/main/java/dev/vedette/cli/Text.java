package dev.vedette.cli;

import dev.vedette.Decision;
import dev.vedette.Detectors;
import dev.vedette.data.Numbers;
import dev.vedette.evaluate.Evaluation;
import java.util.List;
import java.util.stream.Collectors;

/** Findings for people. */
record Text(Console console) {
  private static final String ROW = "%8s  %8s  %10s  %8s  %-5s  %s";

  void print(Findings findings, List<Findings.Anomaly> top) {
    int rows = findings.table().rows();
    int columns = findings.table().columns().size();
    int flagged = findings.flagged();
    var threshold = findings.decider().threshold();
    var detector = findings.decider().model().rows().detector();
    console.line("data       %s, %,d rows × %d columns", findings.file(), rows, columns);
    findings.notices().forEach(notice -> console.line("note       %s", notice));
    console.line("detector   %s", Detectors.standard().text(detector));
    console.line("threshold  %s, %s", threshold.rule().text(), threshold.description());
    console.line("flagged    %,d of %,d rows (%.2f %%)", flagged, rows, 100.0 * flagged / rows);
    if (!top.isEmpty()) {
      console.line("");
      top(top);
    }
    Evaluation evaluation = findings.evaluation();
    if (evaluation != null) {
      console.line("");
      console.out().println(evaluation);
    }
    console.line("");
    console.line("%s", timings(findings.timings()));
  }

  private void top(List<Findings.Anomaly> top) {
    boolean labelled = top.getFirst().label() != null;
    console.line(ROW, "row", "severity", "score", "p-value", labelled ? "label" : "", "why");
    for (Findings.Anomaly anomaly : top) {
      Decision decision = anomaly.decision();
      Boolean label = anomaly.label();
      console.line(
          ROW,
          anomaly.number(),
          Math.round(decision.severity()) + (decision.flagged() ? "!" : " "),
          Numbers.text(decision.score(), 5),
          Numbers.text(decision.pValue(), 2),
          label == null ? "" : label ? "1" : "0",
          anomaly.explanation());
    }
  }

  private static String timings(List<Console.Phase> phases) {
    return phases.stream()
        .map(phase -> Console.text("%s %.2f s", phase.name(), phase.duration().toMillis() / 1000.0))
        .collect(Collectors.joining(", "));
  }
}
