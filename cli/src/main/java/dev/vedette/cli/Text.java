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
    line(
        "data",
        "%s, %,d rows × %d columns",
        findings.file(),
        findings.table().rows(),
        findings.table().columns().size());
    for (String notice : findings.notices()) {
      line("note", "%s", notice);
    }
    line("detector", "%s", Detectors.standard().text(findings.decider().model().rows().detector()));
    line(
        "threshold",
        "%s, %s",
        findings.decider().threshold().rule().text(),
        findings.decider().threshold().description());
    int flagged = findings.flagged();
    int rows = findings.table().rows();
    line("flagged", "%,d of %,d rows (%.2f %%)", flagged, rows, 100.0 * flagged / rows);
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

  private void line(String name, String format, Object... values) {
    out.println(
        String.format(Locale.ROOT, "%-10s %s", name, String.format(Locale.ROOT, format, values)));
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
