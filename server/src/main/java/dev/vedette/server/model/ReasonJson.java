package dev.vedette.server.model;

import dev.vedette.explain.Explanation;
import dev.vedette.explain.Reason;
import java.io.StringWriter;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Reasons as JSON: an array of the columns that push a score up, the most important first. */
public final class ReasonJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private ReasonJson() {}

  /** As a text of its own. */
  static String text(Explanation explanation) {
    var text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(explanation, json);
    }
    return text.toString();
  }

  /** As the next value of {@code json}. */
  public static void write(Explanation explanation, JsonGenerator json) {
    json.writeStartArray();
    for (Reason reason : explanation.top(Integer.MAX_VALUE)) {
      json.writeStartObject();
      text(json, "column", reason.input().column());
      text(json, "value", reason.input().value());
      text(json, "normal", reason.input().normal());
      text(json, "direction", reason.input().direction().name().toLowerCase(Locale.ROOT));
      number(json, "contribution", reason.input().contribution());
      number(json, "share", reason.share());
      text(json, "text", reason.toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void text(JsonGenerator json, String name, String value) {
    dev.vedette.pipeline.Json.text(name, value, json);
  }

  private static void number(JsonGenerator json, String name, double value) {
    if (Double.isFinite(value)) {
      json.writeNumberProperty(name, value);
    } else {
      json.writeNullProperty(name);
    }
  }
}
