package dev.vedette.connect.sink;

import dev.vedette.pipeline.Cause;
import dev.vedette.pipeline.alert.Alert;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Alerts as JSON: times as ISO 8601, numbers that are missing as null. */
final class AlertJson {
  private static final JsonFactory JSON = new JsonFactory();

  private AlertJson() {}

  static String of(Alert alert) {
    return text(json -> write(json, alert));
  }

  static String text(Consumer<JsonGenerator> content) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      content.accept(json);
    }
    return text.toString();
  }

  static void write(JsonGenerator json, Alert alert) {
    json.writeStartObject();
    json.writeStringProperty("id", alert.id());
    json.writeStringProperty("pipeline", alert.pipeline());
    json.writeStringProperty("group", alert.group());
    json.writeStringProperty("state", alert.state().name().toLowerCase(Locale.ROOT));
    json.writeStringProperty("opened", time(alert.opened()));
    json.writeStringProperty("last", time(alert.last()));
    json.writeNumberProperty("first", alert.first());
    json.writeNumberProperty("worst", alert.worst());
    json.writeNumberProperty("count", alert.count());
    number(json, "severity", alert.severity());
    json.writeArrayPropertyStart("causes");
    for (Cause cause : alert.causes()) {
      json.writeStartObject();
      json.writeStringProperty("feature", cause.feature());
      number(json, "value", cause.value());
      number(json, "normal", cause.normal());
      number(json, "share", cause.share());
      json.writeStringProperty("text", cause.text());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringProperty("summary", alert.summary());
    json.writeEndObject();
  }

  static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private static void number(JsonGenerator json, String name, double value) {
    if (Double.isFinite(value)) {
      json.writeNumberProperty(name, value);
    } else {
      json.writeNullProperty(name);
    }
  }
}
