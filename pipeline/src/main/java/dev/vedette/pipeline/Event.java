package dev.vedette.pipeline;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to one entity at one time.
 *
 * @param id names the event; a second event of the same id is a duplicate; empty where events have
 *     no names and none is a duplicate
 * @param key the entity, such as a card, a host or a user
 * @param at when it happened, in milliseconds since 1970-01-01T00:00Z
 * @param fields what is known about it by name: {@link Double}, {@link String} or {@link Boolean};
 *     a field that is missing is absent
 */
public record Event(String id, String key, long at, Map<String, Object> fields) {
  public Event {
    fields = Map.copyOf(fields);
  }

  /** The number in {@code field}: 1 or 0 for a flag, NaN where it is missing or a text. */
  public double number(String field) {
    Object value = fields.get(field);
    return switch (value) {
      case Double number -> number;
      case Boolean flag -> flag ? 1 : 0;
      case null, default -> Double.NaN;
    };
  }

  /** The text in {@code field}, whatever its kind; null where it is missing. */
  public @Nullable String text(String field) {
    Object value = fields.get(field);
    return value == null ? null : value.toString();
  }
}
