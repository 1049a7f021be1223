package dev.vedette.cli;

import dev.vedette.Decision;
import dev.vedette.Detectors;
import dev.vedette.evaluate.Confusion;
import dev.vedette.evaluate.Estimate;
import dev.vedette.evaluate.Evaluation;
import dev.vedette.explain.Explanation;
import dev.vedette.explain.Reason;
import dev.vedette.threshold.Threshold;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Findings for machines. Names are in snake case; numbers keep every digit; what cannot be a JSON
 * number is null.
 */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;

  private Json(JsonGenerator json) {
    this.json = json;
  }

  /** Prints {@code content} as one object on one line. */
  static void line(PrintWriter out, Consumer<Json> content) {
    var text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      generator.writeStartObject();
      content.accept(new Json(generator));
      generator.writeEndObject();
    }
    out.println(text);
  }

  static void print(Findings findings, List<Findings.Anomaly> top, PrintWriter out) {
    line(
        out,
        json -> {
          json.text("file", findings.file());
          json.number("rows", findings.table().rows());
          json.number("columns", findings.table().columns().size());
          json.number("training_rows", findings.trainingRows());
          json.text(
              "detector", Detectors.standard().text(findings.decider().model().rows().detector()));
          json.threshold(findings.decider().threshold());
          json.number("flagged", findings.flagged());
          json.texts("notices", findings.notices());
          Evaluation evaluation = findings.evaluation();
          if (evaluation != null) {
            json.object("evaluation", () -> json.evaluation(evaluation));
          }
          json.list("anomalies", top, anomaly -> json.anonymous(() -> json.anomaly(anomaly)));
          json.object(
              "seconds",
              () ->
                  findings
                      .timings()
                      .forEach(p -> json.number(p.name(), p.duration().toMillis() / 1000.0)));
        });
  }

  void text(String name, String value) {
    json.writeStringProperty(name, value);
  }

  void number(String name, long value) {
    json.writeNumberProperty(name, value);
  }

  void number(String name, double value) {
    if (Double.isFinite(value)) {
      json.writeNumberProperty(name, value);
    } else {
      json.writeNullProperty(name);
    }
  }

  void flag(String name, @Nullable Boolean value) {
    if (value != null) {
      json.writeBooleanProperty(name, value);
    }
  }

  void object(String name, Runnable content) {
    json.writeName(name);
    anonymous(content);
  }

  void anonymous(Runnable content) {
    json.writeStartObject();
    content.run();
    json.writeEndObject();
  }

  <T> void list(String name, List<T> items, Consumer<T> each) {
    json.writeName(name);
    json.writeStartArray();
    items.forEach(each);
    json.writeEndArray();
  }

  void texts(String name, List<String> texts) {
    list(name, texts, json::writeString);
  }

  void threshold(Threshold threshold) {
    object(
        "threshold",
        () -> {
          text("rule", threshold.rule().text());
          number("cut", threshold.cut());
          text("description", threshold.description());
        });
  }

  private void anomaly(Findings.Anomaly anomaly) {
    number("row", anomaly.number());
    decision(anomaly.decision());
    flag("label", anomaly.label());
    explanation(anomaly.explanation());
  }

  void decision(Decision decision) {
    number("score", decision.score());
    number("p_value", decision.pValue());
    number("severity", decision.severity());
    flag("flagged", decision.flagged());
  }

  void explanation(Explanation explanation) {
    text("reason", explanation.toString());
    list("reasons", explanation.top(Integer.MAX_VALUE), reason -> anonymous(() -> reason(reason)));
  }

  private void reason(Reason reason) {
    text("column", reason.input().column());
    text("value", reason.input().value());
    text("normal", reason.input().normal());
    text("direction", reason.input().direction().name().toLowerCase(Locale.ROOT));
    number("contribution", reason.input().contribution());
    number("share", reason.share());
  }

  void evaluation(Evaluation evaluation) {
    estimate("roc_auc", evaluation.rocAuc());
    estimate("average_precision", evaluation.averagePrecision());
    estimate("precision", evaluation.precision());
    estimate("recall", evaluation.recall());
    estimate("f1", evaluation.f1());
    number("f2", evaluation.f2());
    number("accuracy", evaluation.accuracy());
    number("false_positive_rate", evaluation.falsePositiveRate());
    number("precision_at_anomalies", evaluation.precisionAtAnomalies());
    Confusion confusion = evaluation.confusion();
    object(
        "confusion",
        () -> {
          number("true_positives", confusion.tp());
          number("false_positives", confusion.fp());
          number("false_negatives", confusion.fn());
          number("true_negatives", confusion.tn());
        });
  }

  private void estimate(String name, Estimate estimate) {
    object(
        name,
        () -> {
          number("value", estimate.value());
          number("low", estimate.low());
          number("high", estimate.high());
        });
  }
}
