package dev.vedette.cli;

import dev.vedette.Detectors;
import dev.vedette.data.Series;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** What was found in series, for machines. */
final class SeriesJson {
  private SeriesJson() {}

  static void print(SeriesFindings findings, int top, PrintWriter out) {
    Json.line(
        out,
        json -> {
          json.text("file", findings.file());
          json.text("time", findings.columns().time());
          json.texts("values", findings.columns().values());
          if (findings.columns().key() != null) {
            json.text("key", findings.columns().key());
          }
          json.text("detector", Detectors.standard().text(findings.detector()));
          json.number("points", findings.points());
          json.number("flagged", findings.flagged());
          json.texts("notices", findings.notices());
          json.list(
              "evaluation",
              findings.qualities(),
              quality -> json.anonymous(() -> quality.describe(json)));
          List<SeriesFindings.Found> found = findings.found();
          json.list(
              "anomalies",
              found.subList(0, Math.min(top, found.size())),
              each -> json.anonymous(() -> stretch(json, each)));
          json.list("series", findings.series(), each -> json.anonymous(() -> series(json, each)));
          json.object(
              "seconds",
              () ->
                  findings
                      .timings()
                      .forEach(p -> json.number(p.name(), p.duration().toMillis() / 1000.0)));
        });
  }

  /** One object for each point, or each one flagged, with the reason of those. */
  static void lines(SeriesFindings findings, boolean flaggedOnly, PrintWriter out) {
    for (SeriesFinding finding : findings.series()) {
      for (int i = 0; i < finding.series().points(); i++) {
        int point = i;
        boolean flagged = finding.flagged(point);
        if (flagged || !flaggedOnly) {
          Json.line(
              out,
              json -> {
                if (!finding.name().isEmpty()) {
                  json.text("series", finding.name());
                }
                point(json, finding, point);
                if (flagged) {
                  json.text("why", finding.why(point));
                  json.explanation(finding.explanation(point));
                }
              });
        }
      }
    }
  }

  private static void stretch(Json json, SeriesFindings.Found found) {
    SeriesFinding finding = found.in();
    SeriesFinding.Stretch stretch = found.stretch();
    if (!finding.name().isEmpty()) {
      json.text("series", finding.name());
    }
    json.text("from", time(finding.series(), stretch.from()));
    json.text("to", time(finding.series(), stretch.to()));
    json.number("points", stretch.points());
    json.text("peak", time(finding.series(), stretch.peak()));
    json.decision(finding.decision(stretch.peak()));
    json.text("why", finding.why(stretch.peak()));
    json.explanation(finding.explanation(stretch.peak()));
  }

  static String time(Series series, int point) {
    return Instant.ofEpochMilli(series.time(point)).toString();
  }

  private static void series(Json json, SeriesFinding finding) {
    Series series = finding.series();
    json.text("name", finding.name());
    json.texts("variables", series.names());
    json.number("step_milliseconds", series.step());
    json.threshold(finding.decider().threshold());
    json.number("flagged", finding.flagged());
    json.list(
        "points",
        IntStream.range(0, series.points()).boxed().toList(),
        point -> json.anonymous(() -> point(json, finding, point)));
  }

  private static void point(Json json, SeriesFinding finding, int point) {
    var decision = finding.decision(point);
    json.text("time", time(finding.series(), point));
    if (finding.series().variables() == 1) {
      value(json, finding, 0, point);
    }
    json.number("score", decision.score());
    json.number("p_value", decision.pValue());
    json.number("severity", decision.severity());
    json.flag("anomaly", decision.flagged());
    if (finding.series().variables() > 1) {
      json.list(
          "variables",
          IntStream.range(0, finding.series().variables()).boxed().toList(),
          v ->
              json.anonymous(
                  () -> {
                    json.text("name", finding.series().names().get(v));
                    value(json, finding, v, point);
                    json.number("contribution", finding.reading().contribution()[v][point]);
                  }));
    }
  }

  private static void value(Json json, SeriesFinding finding, int v, int point) {
    double cut = finding.decider().threshold().cut();
    json.number("value", finding.series().value(v, point));
    json.number("expected", finding.reading().expected()[v][point]);
    if (finding.reading().band()) {
      json.number("lower", finding.reading().lower(v, point, cut));
      json.number("upper", finding.reading().upper(v, point, cut));
    }
  }
}
