package dev.vedette.cli;

/** Shows what was found in series in all the ways that were asked for. */
record SeriesOutput(Console console, OutputMixin wanted) {
  /**
   * Prints the findings, and writes them to the files asked for.
   *
   * @return the exit code
   */
  int show(SeriesFindings findings) {
    if (wanted.out != null) {
      SeriesCsv.write(findings, false, wanted.out);
    }
    if (wanted.report != null) {
      SeriesPage.write(findings, wanted.top, console.clock().instant(), wanted.report);
    }
    if (wanted.json) {
      SeriesJson.print(findings, wanted.top, console.out());
    } else {
      new SeriesText(console).print(findings, wanted.top);
      if (wanted.out != null) {
        console.line("all points with expected values and scores: %s", wanted.out);
      }
      if (wanted.report != null) {
        console.line("report with pictures: %s", wanted.report);
      }
    }
    return wanted.failOnAnomaly && findings.flagged() > 0 ? Vedette.ANOMALIES : Vedette.DONE;
  }
}
