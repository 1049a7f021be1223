package dev.vedette.server.rest;

import dev.vedette.connect.store.Store.ApiKey;
import dev.vedette.connect.store.Store.Audit;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Label;
import dev.vedette.pipeline.Status;
import dev.vedette.pipeline.alert.Alert;
import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes what the REST interface tells beside what a pipeline says itself, and in the same way:
 * names as in the records, times as ISO-8601 with milliseconds, numbers that are not finite as
 * null.
 */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  static byte[] bytes(Consumer<JsonGenerator> body) {
    var bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      body.accept(json);
    }
    return bytes.toByteArray();
  }

  static String time(long millis) {
    return dev.vedette.pipeline.Json.time(millis);
  }

  static void time(JsonGenerator json, String name, long millis) {
    json.writeStringProperty(name, time(millis));
  }

  static void number(JsonGenerator json, String name, double value) {
    if (Double.isFinite(value)) {
      json.writeNumberProperty(name, value);
    } else {
      json.writeNullProperty(name);
    }
  }

  static void text(JsonGenerator json, String name, @Nullable String value) {
    if (value == null) {
      json.writeNullProperty(name);
    } else {
      dev.vedette.pipeline.Json.text(name, value, json);
    }
  }

  static <T> void array(
      JsonGenerator json, String name, Collection<T> items, BiConsumer<JsonGenerator, T> item) {
    json.writeArrayPropertyStart(name);
    items.forEach(each -> item.accept(json, each));
    json.writeEndArray();
  }

  static void decision(JsonGenerator json, EventDecision decision) {
    dev.vedette.pipeline.Json.write(decision, json);
  }

  static void fields(JsonGenerator json, String name, Map<String, Object> fields) {
    json.writeObjectPropertyStart(name);
    new TreeMap<>(fields).forEach((field, value) -> value(json, field, value));
    json.writeEndObject();
  }

  private static void value(JsonGenerator json, String name, Object value) {
    switch (value) {
      case Double number -> number(json, name, number);
      case Boolean flag -> json.writeBooleanProperty(name, flag);
      default -> text(json, name, value.toString());
    }
  }

  static void alert(JsonGenerator json, Alert alert) {
    dev.vedette.pipeline.Json.write(alert, json);
  }

  static void label(JsonGenerator json, Label label) {
    dev.vedette.pipeline.Json.write(label, json);
  }

  static void status(JsonGenerator json, Status status) {
    json.writeStartObject();
    text(json, "version", status.version());
    json.writeNumberProperty("events", status.events());
    json.writeNumberProperty("flagged", status.flagged());
    json.writeNumberProperty("duplicates", status.duplicates());
    json.writeNumberProperty("late", status.late());
    text(json, "watermark", watermark(status));
    json.writeNumberProperty("keys", status.keys());
    json.writeNumberProperty("archivedKeys", status.archivedKeys());
    json.writeNumberProperty("bytes", status.bytes());
    json.writeNumberProperty("bound", status.bound());
    number(json, "threshold", status.threshold());
    number(json, "agreement", status.agreement());
    number(json, "drift", status.drift());
    array(json, "detectors", status.detectors(), Json::detector);
    json.writeEndObject();
  }

  /** Null before the first event, when every time is still to come. */
  private static @Nullable String watermark(Status status) {
    boolean none = status.events() == 0 || status.watermark() == Long.MIN_VALUE;
    return none ? null : time(status.watermark());
  }

  private static void detector(JsonGenerator json, Status.DetectorStatus detector) {
    json.writeStartObject();
    text(json, "detector", detector.detector());
    number(json, "weight", detector.weight());
    json.writeNumberProperty("fits", detector.fits());
    json.writeNumberProperty("bytes", detector.bytes());
    text(json, "leftOut", detector.leftOut());
    json.writeEndObject();
  }

  /** The properties of a key, into an object that is open. */
  static void key(JsonGenerator json, ApiKey key) {
    json.writeStringProperty("id", key.id());
    json.writeStringProperty("role", key.role());
    text(json, "note", key.note());
    time(json, "created", key.created());
  }

  static void audit(JsonGenerator json, Audit audit) {
    json.writeStartObject();
    time(json, "at", audit.at());
    text(json, "who", audit.who());
    json.writeStringProperty("action", audit.action());
    text(json, "subject", audit.subject());
    text(json, "detail", audit.detail());
    json.writeEndObject();
  }
}
