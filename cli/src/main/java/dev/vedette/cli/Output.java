package dev.vedette.cli;

import dev.vedette.data.TableFile;
import java.util.List;

/** Shows findings in all the ways that were asked for. */
record Output(Console console, OutputMixin wanted) {
  /**
   * Prints the findings, and writes them to the files asked for.
   *
   * @param source the file the findings are about
   * @return the exit code
   */
  int show(Findings findings, TableFile source) {
    List<Findings.Anomaly> top = findings.top(wanted.top);
    if (wanted.out != null) {
      try (var scored = ScoredCsv.to(wanted.out, source.header())) {
        scored.copy(findings, source);
        scored.commit();
      }
    }
    if (wanted.report != null) {
      HtmlReport.write(findings, top, console.clock().instant(), wanted.report);
    }
    if (wanted.json) {
      Json.print(findings, top, console.out());
    } else {
      new Text(console).print(findings, top);
      written();
    }
    return wanted.failOnAnomaly && findings.flagged() > 0 ? Vedette.ANOMALIES : Vedette.DONE;
  }

  private void written() {
    if (wanted.out != null) {
      console.line("all rows with their scores: %s", wanted.out);
    }
    if (wanted.report != null) {
      console.line("report with pictures: %s", wanted.report);
    }
  }
}
