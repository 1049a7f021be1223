package dev.vedette.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.vedette.DataException;
import dev.vedette.Decision;
import dev.vedette.Reading;
import dev.vedette.data.Draft;
import dev.vedette.data.Numbers;
import dev.vedette.data.Series;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All points of all series as CSV, with what was made of them. Of one variable the columns are
 * {@code value, expected, lower, upper}; of several each has its own four and its contribution.
 */
final class SeriesCsv {
  private final SeriesFindings findings;
  private final boolean named;
  private final boolean one;

  private SeriesCsv(SeriesFindings findings) {
    this.findings = findings;
    this.named = findings.series().stream().anyMatch(finding -> !finding.name().isEmpty());
    this.one = findings.series().getFirst().series().variables() == 1;
  }

  /** Prints all points, or those flagged, to {@code out}. */
  static void print(SeriesFindings findings, boolean flaggedOnly, PrintWriter out) {
    CsvWriter csv = CsvWriter.builder().build(out); // which stays open
    new SeriesCsv(findings).write(csv, flaggedOnly);
    try {
      csv.flush();
    } catch (IOException e) {
      throw new DataException("the output could not be written: " + e.getMessage(), e);
    }
  }

  /** Writes the file {@code path}, which appears only when it is complete. */
  static void write(SeriesFindings findings, boolean flaggedOnly, Path path) {
    try (Draft draft = Draft.of(path)) {
      try (CsvWriter csv =
          CsvWriter.builder()
              .build(Files.newBufferedWriter(draft.path(), StandardCharsets.UTF_8))) {
        new SeriesCsv(findings).write(csv, flaggedOnly);
      } catch (IOException e) {
        throw draft.failed(e);
      } catch (UncheckedIOException e) {
        throw draft.failed(new IOException(e.getMessage(), e));
      }
      draft.commit();
    }
  }

  private void write(CsvWriter csv, boolean flaggedOnly) {
    csv.writeRecord(header());
    for (SeriesFinding finding : findings.series()) {
      for (int point = 0; point < finding.series().points(); point++) {
        if (!flaggedOnly || finding.flagged(point)) {
          csv.writeRecord(cells(finding, point));
        }
      }
    }
  }

  private List<String> header() {
    List<String> header = new ArrayList<>();
    if (named) {
      header.add("series");
    }
    header.add("time");
    if (one) {
      header.addAll(List.of("value", "expected", "lower", "upper"));
    } else {
      for (String name : findings.series().getFirst().series().names()) {
        header.addAll(
            List.of(
                name,
                name + "_expected",
                name + "_lower",
                name + "_upper",
                name + "_contribution"));
      }
    }
    header.addAll(List.of("score", "p_value", "severity", "anomaly", "reason"));
    return header;
  }

  private List<String> cells(SeriesFinding finding, int point) {
    Series series = finding.series();
    Reading reading = finding.reading();
    double cut = finding.decider().threshold().cut();
    List<String> cells = new ArrayList<>();
    if (named) {
      cells.add(finding.name());
    }
    cells.add(SeriesJson.time(series, point));
    for (int v = 0; v < series.variables(); v++) {
      cells.add(number(series.value(v, point)));
      cells.add(number(reading.expected()[v][point]));
      cells.add(finding.reading().band() ? number(reading.lower(v, point, cut)) : "");
      cells.add(finding.reading().band() ? number(reading.upper(v, point, cut)) : "");
      if (!one) {
        cells.add(number(reading.contribution()[v][point]));
      }
    }
    Decision decision = finding.decision(point);
    cells.add(Double.toString(decision.score()));
    cells.add(Numbers.text(decision.pValue(), 6));
    cells.add(Numbers.text(decision.severity(), 4));
    cells.add(decision.flagged() ? "1" : "0");
    cells.add(decision.flagged() ? finding.why(point) : "");
    return cells;
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Numbers.text(value) : "";
  }
}
