package dev.vedette.cli;

import dev.vedette.Decision;
import dev.vedette.Detectors;
import dev.vedette.data.Numbers;
import dev.vedette.evaluate.Evaluation;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Findings for people. */
record Text(PrintWriter out) {
  private static final String ROW = "%8s  %8s  %10s  %8s  %-5s  %s";

  void print(Findings findings, List<Findings.Anomaly> top) {
    int rows = findings.table().rows();
    int columns = findings.table().columns().size();
    int flagged = findings.flagged();
    var threshold = findings.decider().threshold();
    var detector = findings.decider().model().rows().detector();
    line("data", "%s, %,d rows × %d columns".formatted(findings.file(), rows, columns));
    findings.notices().forEach(notice -> line("note", notice));
    line("detector", Detectors.standard().text(detector));
    line("threshold", threshold.rule().text() + ", " + threshold.description());
    line(
        "flagged",
        String.format(
            Locale.ROOT, "%,d of %,d rows (%.2f %%)", flagged, rows, 100.0 * flagged / rows));
    if (!top.isEmpty()) {
      out.println();
      top(top);
    }
    Evaluation evaluation = findings.evaluation();
    if (evaluation != null) {
      out.println();
      out.println(evaluation);
    }
    out.println();
    timings(findings.timings());
  }

  private void line(String name, String text) {
    out.println(String.format(Locale.ROOT, "%-10s %s", name, text));
  }

  private void top(List<Findings.Anomaly> top) {
    boolean labelled = top.getFirst().label() != null;
    out.println(
        String.format(
                Locale.ROOT,
                ROW,
                "row",
                "severity",
                "score",
                "p-value",
                labelled ? "label" : "",
                "why")
            .stripTrailing());
    for (Findings.Anomaly anomaly : top) {
      Decision decision = anomaly.decision();
      Boolean label = anomaly.label();
      out.println(
          String.format(
              Locale.ROOT,
              ROW,
              anomaly.number(),
              Math.round(decision.severity()) + (decision.flagged() ? "!" : " "),
              Numbers.text(decision.score(), 5),
              Numbers.text(decision.pValue(), 2),
              label == null ? "" : label ? "1" : "0",
              anomaly.explanation()));
    }
  }

  private void timings(List<Console.Phase> phases) {
    var text = new StringBuilder();
    for (Console.Phase phase : phases) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(phase.name())
          .append(' ')
          .append(String.format(Locale.ROOT, "%.2f s", phase.duration().toMillis() / 1000.0));
    }
    out.println(text);
  }
}
