package dev.vedette.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.vedette.Detectors;
import dev.vedette.Forecast;
import dev.vedette.Provenance;
import dev.vedette.SeriesDetector;
import dev.vedette.data.Draft;
import dev.vedette.data.Moments;
import dev.vedette.data.Numbers;
import dev.vedette.data.Preparation;
import dev.vedette.data.Series;
import dev.vedette.data.Step;
import dev.vedette.report.Report.Fact;
import dev.vedette.report.Report.Timing;
import dev.vedette.report.SeriesHtml;
import dev.vedette.report.SeriesReport;
import dev.vedette.report.SeriesReport.Background;
import dev.vedette.report.SeriesReport.Band;
import dev.vedette.report.SeriesReport.Chart;
import dev.vedette.report.SeriesReport.Marks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How the series of one file go on, in all the ways it can be shown. */
record Forecasts(
    String file,
    SeriesDetector detector,
    double level,
    List<One> series,
    List<String> notices,
    List<Console.Phase> timings) {
  private static final int MOST_LINES = 48;
  private static final int MOST_CHARTS = 24;

  /** So many points of the history are drawn at least, and four times as many as are forecast. */
  private static final int LEAST_HISTORY = 500;

  private static final String ROW = "%-19s  %12s  %12s  %12s";

  /** How one series goes on; its name is empty for the only one. */
  record One(String name, Series series, Forecast forecast, String note) {
    int points() {
      return forecast.times().length;
    }
  }

  /**
   * The same forecast at the times that follow {@code history} by the calendar: by the step it was
   * put on, or by months, years or days of a clock where all its points plainly lie on such.
   */
  static Forecast dated(Forecast forecast, Series history, Preparation preparation) {
    int points = history.points();
    Step step = points < 2 ? preparation.every() : step(history.times(), preparation);
    return step == null ? forecast : forecast.along(history.time(points - 1), step);
  }

  /** The step of the calendar, in the zone of the series or in UTC; null where there is none. */
  private static @Nullable Step step(long[] times, Preparation preparation) {
    if (preparation.every() != null) {
      return preparation.every();
    }
    for (ZoneId zone : List.of(preparation.zone(), ZoneOffset.UTC)) {
      if (!(Step.of(times, zone) instanceof Step.Fixed)) {
        return Step.of(times, zone);
      }
    }
    return null;
  }

  /** Prints times by the clock of {@code zone}. */
  void text(Console console, ZoneId zone) {
    console.line("data       %s, %,d series", file, series.size());
    notices.forEach(notice -> console.line("note       %s", notice));
    console.line("detector   %s", Detectors.standard().text(detector));
    console.line("interval   %s of the values are expected in it", percent());
    for (One one : series) {
      console.line("");
      String name = one.name().isEmpty() ? one.series().names().getFirst() : one.name();
      console.line(
          "%s, after %,d points to %s%s%s",
          name,
          one.series().points(),
          Moments.text(one.series().time(one.series().points() - 1), zone),
          zone.equals(ZoneOffset.UTC) ? "" : ", by the clock of " + zone,
          one.note().isEmpty() ? "" : "; " + one.note());
      console.line(ROW, "time", "expected", "lower", "upper");
      for (int i = 0; i < Math.min(MOST_LINES, one.points()); i++) {
        Forecast forecast = one.forecast();
        console.line(
            ROW,
            Moments.text(forecast.times()[i], zone),
            Numbers.text(forecast.expected()[i], 5),
            Numbers.text(forecast.lower()[i], 5),
            Numbers.text(forecast.upper()[i], 5));
      }
      if (one.points() > MOST_LINES) {
        console.line("and %,d more; --out has all", one.points() - MOST_LINES);
      }
    }
    console.line("");
  }

  private String percent() {
    return Numbers.text(100 * level, 4) + " %";
  }

  void json(PrintWriter out) {
    Json.line(
        out,
        json -> {
          json.text("file", file);
          json.text("detector", Detectors.standard().text(detector));
          json.number("level", level);
          json.texts("notices", notices);
          json.list("series", series, one -> json.anonymous(() -> json(json, one)));
        });
  }

  private static void json(Json json, One one) {
    Forecast forecast = one.forecast();
    json.text("name", one.name());
    json.text("variable", one.series().names().getFirst());
    json.text("note", one.note());
    json.list(
        "points",
        IntStream.range(0, one.points()).boxed().toList(),
        i ->
            json.anonymous(
                () -> {
                  json.text("time", Instant.ofEpochMilli(forecast.times()[i]).toString());
                  json.number("expected", forecast.expected()[i]);
                  json.number("lower", forecast.lower()[i]);
                  json.number("upper", forecast.upper()[i]);
                }));
  }

  /** Writes the file {@code path}, which appears only when it is complete. */
  void csv(Path path) {
    try (Draft draft = Draft.of(path)) {
      try (CsvWriter csv =
          CsvWriter.builder()
              .build(Files.newBufferedWriter(draft.path(), StandardCharsets.UTF_8))) {
        csv.writeRecord("series", "time", "expected", "lower", "upper");
        for (One one : series) {
          String name = one.name().isEmpty() ? one.series().names().getFirst() : one.name();
          Forecast forecast = one.forecast();
          for (int i = 0; i < one.points(); i++) {
            csv.writeRecord(
                name,
                Instant.ofEpochMilli(forecast.times()[i]).toString(),
                Numbers.text(forecast.expected()[i]),
                Numbers.text(forecast.lower()[i]),
                Numbers.text(forecast.upper()[i]));
          }
        }
      } catch (IOException e) {
        throw draft.failed(e);
      } catch (UncheckedIOException e) {
        throw draft.failed(new IOException(e.getMessage(), e));
      }
      draft.commit();
    }
  }

  void page(Instant now, Path path) {
    int ahead = series.getFirst().points();
    Forecast first = series.getFirst().forecast();
    var source =
        new SeriesReport.Source(
            "Forecast",
            Console.text(
                "%,d points ahead, to %s UTC", ahead, Moments.text(first.times()[ahead - 1])),
            List.of(
                new Fact("File", file),
                new Fact("Series", Console.text("%,d", series.size())),
                new Fact("Detector", Detectors.standard().text(detector)),
                new Fact("Interval", percent() + " of the values are expected in it")),
            now);
    var background =
        new Background(
            notices,
            timings.stream().map(p -> new Timing(p.name(), p.duration().toMillis())).toList(),
            List.of(
                new Fact("File", file),
                new Fact("Detector", Detectors.standard().text(detector)),
                new Fact("Vedette", Provenance.version())));
    List<Chart> charts = series.stream().limit(MOST_CHARTS).map(this::chart).toList();
    SeriesHtml.write(new SeriesReport(source, charts, List.of(), background), path);
  }

  /** The last part of the history and what follows it. */
  private Chart chart(One one) {
    int points = one.series().points();
    int shown = Math.min(points, Math.max(LEAST_HISTORY, 4 * one.points()));
    Series history = one.series().slice(points - shown, points);
    Forecast forecast = one.forecast();
    int n = history.points();
    return new Chart(
        one.name().isEmpty() ? history.names().getFirst() : one.name(),
        one.note(),
        after(history.times(), forecast.times()),
        after(history.values(0), unknown(one.points())),
        new Band(
            percent() + " interval",
            after(unknown(n), forecast.expected()),
            after(unknown(n), forecast.lower()),
            after(unknown(n), forecast.upper())),
        new Marks(new boolean[n + one.points()], new boolean[0]),
        List.of());
  }

  private static double[] unknown(int points) {
    double[] values = new double[points];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private static double[] after(double[] first, double[] then) {
    double[] both = Arrays.copyOf(first, first.length + then.length);
    System.arraycopy(then, 0, both, first.length, then.length);
    return both;
  }

  private static long[] after(long[] first, long[] then) {
    long[] both = Arrays.copyOf(first, first.length + then.length);
    System.arraycopy(then, 0, both, first.length, then.length);
    return both;
  }
}
