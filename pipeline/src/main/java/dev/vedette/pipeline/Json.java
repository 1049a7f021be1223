package dev.vedette.pipeline;

import dev.vedette.pipeline.alert.Alert;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/**
 * Writes what a pipeline says as JSON: an object for each record, named as its components. Times
 * are ISO-8601 in UTC with milliseconds, such as "2026-11-22T07:30:00.000Z". A number that JSON
 * cannot hold (NaN, infinite) is null, half a surrogate pair is U+FFFD, constants are in lower
 * case, and the fields of an event come sorted by name.
 */
public final class Json {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private Json() {}

  /**
   * Writes {@code decision}; the score, p-value, severity and flag stand beside its other parts.
   */
  public static void write(EventDecision decision, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("number", decision.number());
    json.writeName("event");
    write(decision.event(), json);
    constant("handling", decision.handling(), json);
    number("score", decision.decision().score(), json);
    number("pValue", decision.decision().pValue(), json);
    number("severity", decision.decision().severity(), json);
    json.writeBooleanProperty("flagged", decision.decision().flagged());
    number("pLow", decision.pLow(), json);
    number("pHigh", decision.pHigh(), json);
    number("threshold", decision.threshold(), json);
    number("disagreement", decision.disagreement(), json);
    json.writeName("opinions");
    json.writeStartArray();
    for (Opinion opinion : decision.opinions()) {
      write(opinion, json);
    }
    json.writeEndArray();
    causes(decision.causes(), json);
    text("version", decision.version(), json);
    json.writeEndObject();
  }

  /** Writes {@code event} as an object of id, key, at and fields. */
  public static void write(Event event, JsonGenerator json) {
    json.writeStartObject();
    text("id", event.id(), json);
    text("key", event.key(), json);
    time("at", event.at(), json);
    json.writeName("fields");
    json.writeStartObject();
    for (Map.Entry<String, Object> field : new TreeMap<>(event.fields()).entrySet()) {
      json.writeName(wellFormed(field.getKey()));
      switch (field.getValue()) {
        case Double number -> number(number, json);
        case Boolean flag -> json.writeBoolean(flag);
        case Object other -> json.writeString(wellFormed(other.toString()));
      }
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /** Writes {@code alert}. */
  public static void write(Alert alert, JsonGenerator json) {
    json.writeStartObject();
    text("id", alert.id(), json);
    text("pipeline", alert.pipeline(), json);
    text("group", alert.group(), json);
    constant("state", alert.state(), json);
    time("opened", alert.opened(), json);
    time("last", alert.last(), json);
    json.writeNumberProperty("first", alert.first());
    json.writeNumberProperty("worst", alert.worst());
    json.writeNumberProperty("count", alert.count());
    number("severity", alert.severity(), json);
    causes(alert.causes(), json);
    text("summary", alert.summary(), json);
    json.writeEndObject();
  }

  /** Writes {@code label}. */
  public static void write(Label label, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("number", label.number());
    json.writeBooleanProperty("anomaly", label.anomaly());
    text("comment", label.comment(), json);
    text("by", label.by(), json);
    time("at", label.at(), json);
    json.writeEndObject();
  }

  /** Milliseconds since 1970-01-01T00:00Z in ISO-8601, as in all JSON of a pipeline. */
  public static String time(long at) {
    return TIME.format(Instant.ofEpochMilli(at));
  }

  private static void write(Opinion opinion, JsonGenerator json) {
    json.writeStartObject();
    text("detector", opinion.detector(), json);
    number("score", opinion.score(), json);
    number("pValue", opinion.pValue(), json);
    number("strength", opinion.strength(), json);
    String leftOut = opinion.leftOut();
    if (leftOut == null) {
      json.writeNullProperty("leftOut");
    } else {
      text("leftOut", leftOut, json);
    }
    json.writeEndObject();
  }

  private static void causes(List<Cause> causes, JsonGenerator json) {
    json.writeName("causes");
    json.writeStartArray();
    for (Cause cause : causes) {
      json.writeStartObject();
      text("feature", cause.feature(), json);
      number("value", cause.value(), json);
      number("normal", cause.normal(), json);
      number("share", cause.share(), json);
      text("text", cause.text(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void constant(String name, Enum<?> constant, JsonGenerator json) {
    json.writeStringProperty(name, constant.name().toLowerCase(Locale.ROOT));
  }

  private static void time(String name, long at, JsonGenerator json) {
    json.writeStringProperty(name, time(at));
  }

  /** Writes {@code text} as the property {@code name}. */
  public static void text(String name, String text, JsonGenerator json) {
    json.writeStringProperty(name, wellFormed(text));
  }

  private static void number(String name, double number, JsonGenerator json) {
    json.writeName(name);
    number(number, json);
  }

  private static void number(double number, JsonGenerator json) {
    if (Double.isFinite(number)) {
      json.writeNumber(number);
    } else {
      json.writeNull();
    }
  }

  /** The text with U+FFFD for every half of a surrogate pair, which UTF-8 cannot hold. */
  private static String wellFormed(String text) {
    int i = 0;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      if (isHalf(point)) {
        return replaced(text);
      }
      i += Character.charCount(point);
    }
    return text;
  }

  private static String replaced(String text) {
    var result = new StringBuilder(text.length());
    text.codePoints().map(point -> isHalf(point) ? 0xFFFD : point).forEach(result::appendCodePoint);
    return result.toString();
  }

  private static boolean isHalf(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
