package dev.vedette.pipeline;

import dev.vedette.DataException;
import dev.vedette.Require;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of an event say what it is.
 *
 * @param key the field that names the entity
 * @param time the field with the time it happened: ISO-8601, in UTC where it names no zone, or
 *     milliseconds since 1970-01-01T00:00Z; null: events happen when they arrive
 * @param id the field that names the event; null: events are never duplicates
 * @param lateness how much older than the newest event one may be and still count
 * @param ahead how far in the future of its arrival an event may lie
 * @param remembered how many ids are remembered to tell duplicates, 1 to 10,000,000
 */
public record EventSchema(
    String key,
    @Nullable String time,
    @Nullable String id,
    Duration lateness,
    Duration ahead,
    int remembered) {
  private static final int MOST_FIELDS = 1_000;
  private static final int LONGEST_TEXT = 10_000;
  private static final int LONGEST_KEY = 500;

  /** Beyond, a double stands for several whole numbers. */
  private static final double MOST_EXACT = 0x1p53;

  /** 0001-01-01T00:00Z; also keeps the watermark from passing the least long. */
  private static final long EARLIEST = -62_135_596_800_000L;

  public EventSchema {
    Require.that(!lateness.isNegative(), "lateness must not be negative");
    Require.that(!ahead.isNegative(), "ahead must not be negative");
    Require.range("remembered", remembered, 1, 10_000_000);
  }

  /**
   * The event that {@code raw} describes.
   *
   * @param raw fields by name: numbers, texts, booleans, or null where missing
   * @param arrived when it arrived, in milliseconds
   * @throws DataException naming the field that is missing or wrong
   */
  Event event(Map<String, ?> raw, long arrived) {
    if (raw.size() > MOST_FIELDS) {
      throw new DataException(
          "the event has %d fields, more than %d".formatted(raw.size(), MOST_FIELDS));
    }
    var fields = new HashMap<String, Object>(2 * raw.size());
    raw.forEach(
        (name, value) -> {
          if (value != null) {
            fields.put(name, value(name, value));
          }
        });
    return new Event(
        id == null ? "" : name(raw.get(id), id, "id"),
        name(raw.get(key), key, "key"),
        time == null ? arrived : time(fields, time, arrived),
        fields);
  }

  private static Object value(String name, Object value) {
    return switch (value) {
      case Double number -> finite(name, number);
      case Number number -> finite(name, number.doubleValue());
      case Boolean flag -> flag;
      case String text when text.length() <= LONGEST_TEXT -> text;
      case String text ->
          throw new DataException(
              "field '%s' has %d characters, more than %d"
                  .formatted(shown(name), text.length(), LONGEST_TEXT));
      default ->
          throw new DataException(
              "field '%s' is not a number, text or flag; flatten objects and lists into fields of"
                      .formatted(shown(name))
                  + " their own");
    };
  }

  private static Double finite(String name, double number) {
    if (!Double.isFinite(number)) {
      throw new DataException("field '%s' is %s, not finite".formatted(shown(name), number));
    }
    return number;
  }

  /** The text of the field that names the event or its entity: no two numbers have the same. */
  private static String name(@Nullable Object value, String field, String what) {
    if (value == null) {
      throw new DataException(
          "field '%s' is missing; it is the event's %s".formatted(shown(field), what));
    }
    boolean whole = value instanceof Double number && number == Math.rint(number);
    if (whole && Math.abs((Double) value) > MOST_EXACT) {
      throw new DataException(
          "field '%s' is %s, a number whose last digits are lost; send the event's %s as a text"
              .formatted(shown(field), value, what));
    }
    String text = whole ? Long.toString(((Double) value).longValue()) : value.toString();
    if (text.isEmpty() || text.length() > LONGEST_KEY) {
      throw new DataException(
          "field '%s' has %d characters; the event's %s has 1 to %d"
              .formatted(shown(field), text.length(), what, LONGEST_KEY));
    }
    return text;
  }

  private long time(Map<String, Object> fields, String field, long arrived) {
    Object value = fields.get(field);
    long at =
        switch (value) {
          case null ->
              throw new DataException(
                  "field '%s' is missing; it is the event's time".formatted(shown(field)));
          case Double millis -> millis.longValue();
          case String text -> parse(field, text);
          default ->
              throw new DataException(
                  "field '%s' is '%s', not a time such as 2026-01-31T23:59:00Z"
                      .formatted(shown(field), value));
        };
    if (at < EARLIEST) {
      throw new DataException(
          "field '%s' is %s, before the year 1; correct it"
              .formatted(shown(field), Instant.ofEpochMilli(at)));
    }
    if (at - ahead.toMillis() > arrived) {
      throw new DataException(
          "field '%s' is %s, more than %s after its arrival; correct it or raise event.ahead"
              .formatted(shown(field), Instant.ofEpochMilli(at), words(ahead)));
    }
    return at;
  }

  private static String words(Duration time) {
    boolean minutes = time.toMillis() > 0 && time.toMillis() % 60_000 == 0;
    double count = minutes ? time.toMinutes() : time.toMillis() / 1_000.0;
    String number = BigDecimal.valueOf(count).stripTrailingZeros().toPlainString();
    return number + (minutes ? " minute" : " second") + (count == 1 ? "" : "s");
  }

  /** A time without a zone is taken for UTC, as in tables. */
  private static long parse(String field, String text) {
    try {
      if (text.endsWith("Z")) {
        return Instant.parse(text).toEpochMilli();
      }
      String joined = text.replace(' ', 'T');
      TemporalAccessor time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              joined, OffsetDateTime::from, LocalDateTime::from);
      return time instanceof OffsetDateTime zoned
          ? zoned.toInstant().toEpochMilli()
          : LocalDateTime.from(time).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new DataException(
          "field '%s' is '%s', not a time such as 2026-01-31T23:59:00Z or milliseconds since 1970"
              .formatted(shown(field), shown(text)),
          e);
    }
  }

  private static String shown(String text) {
    String start = text.length() <= 60 ? text : text.substring(0, 57) + "...";
    return start.replaceAll("\\p{Cc}", " ");
  }
}
