package dev.vedette.server.rest;

import dev.vedette.connect.store.Store.ApiKey;
import dev.vedette.connect.store.Store.Audit;
import dev.vedette.pipeline.Cause;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Label;
import dev.vedette.pipeline.Opinion;
import dev.vedette.pipeline.Status;
import dev.vedette.pipeline.alert.Alert;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes what the REST interface tells: names as in the records, times as ISO-8601 with
 * milliseconds, numbers that are not finite as null, enumerations in lower case.
 */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Json() {}

  static byte[] bytes(Consumer<JsonGenerator> body) {
    var bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      body.accept(json);
    }
    return bytes.toByteArray();
  }

  static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
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
      json.writeStringProperty(name, value);
    }
  }

  static <T> void array(
      JsonGenerator json, String name, Collection<T> items, BiConsumer<JsonGenerator, T> item) {
    json.writeArrayPropertyStart(name);
    items.forEach(each -> item.accept(json, each));
    json.writeEndArray();
  }

  static void decision(JsonGenerator json, EventDecision decision) {
    json.writeStartObject();
    json.writeNumberProperty("number", decision.number());
    json.writeName("event");
    event(json, decision.event());
    json.writeStringProperty("handling", lower(decision.handling()));
    number(json, "score", decision.decision().score());
    number(json, "pValue", decision.decision().pValue());
    number(json, "severity", decision.decision().severity());
    json.writeBooleanProperty("flagged", decision.decision().flagged());
    number(json, "pLow", decision.pLow());
    number(json, "pHigh", decision.pHigh());
    number(json, "threshold", decision.threshold());
    number(json, "disagreement", decision.disagreement());
    array(json, "opinions", decision.opinions(), Json::opinion);
    array(json, "causes", decision.causes(), Json::cause);
    json.writeStringProperty("version", decision.version());
    json.writeEndObject();
  }

  private static void event(JsonGenerator json, Event event) {
    json.writeStartObject();
    json.writeStringProperty("id", event.id());
    json.writeStringProperty("key", event.key());
    time(json, "at", event.at());
    fields(json, "fields", event.fields());
    json.writeEndObject();
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
      default -> json.writeStringProperty(name, value.toString());
    }
  }

  private static void opinion(JsonGenerator json, Opinion opinion) {
    json.writeStartObject();
    json.writeStringProperty("detector", opinion.detector());
    number(json, "score", opinion.score());
    number(json, "pValue", opinion.pValue());
    number(json, "strength", opinion.strength());
    text(json, "leftOut", opinion.leftOut());
    json.writeEndObject();
  }

  private static void cause(JsonGenerator json, Cause cause) {
    json.writeStartObject();
    json.writeStringProperty("feature", cause.feature());
    number(json, "value", cause.value());
    number(json, "normal", cause.normal());
    number(json, "share", cause.share());
    json.writeStringProperty("text", cause.text());
    json.writeEndObject();
  }

  static void alert(JsonGenerator json, Alert alert) {
    json.writeStartObject();
    json.writeStringProperty("id", alert.id());
    json.writeStringProperty("pipeline", alert.pipeline());
    json.writeStringProperty("group", alert.group());
    json.writeStringProperty("state", lower(alert.state()));
    time(json, "opened", alert.opened());
    time(json, "last", alert.last());
    json.writeNumberProperty("first", alert.first());
    json.writeNumberProperty("worst", alert.worst());
    json.writeNumberProperty("count", alert.count());
    number(json, "severity", alert.severity());
    array(json, "causes", alert.causes(), Json::cause);
    json.writeStringProperty("summary", alert.summary());
    json.writeEndObject();
  }

  static void label(JsonGenerator json, Label label) {
    json.writeStartObject();
    json.writeNumberProperty("number", label.number());
    json.writeBooleanProperty("anomaly", label.anomaly());
    json.writeStringProperty("comment", label.comment());
    json.writeStringProperty("by", label.by());
    time(json, "at", label.at());
    json.writeEndObject();
  }

  static void status(JsonGenerator json, Status status) {
    json.writeStartObject();
    json.writeStringProperty("version", status.version());
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
    json.writeStringProperty("detector", detector.detector());
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
    json.writeStringProperty("note", key.note());
    time(json, "created", key.created());
  }

  static void audit(JsonGenerator json, Audit audit) {
    json.writeStartObject();
    time(json, "at", audit.at());
    json.writeStringProperty("who", audit.who());
    json.writeStringProperty("action", audit.action());
    json.writeStringProperty("subject", audit.subject());
    json.writeStringProperty("detail", audit.detail());
    json.writeEndObject();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
