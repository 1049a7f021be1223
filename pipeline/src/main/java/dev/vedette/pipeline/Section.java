package dev.vedette.pipeline;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mapping in a pipeline file and its place there. Entries are taken out one by one; {@link #end}
 * refuses what nobody asked for.
 */
public final class Section {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d|w)");
  private static final Pattern BYTES = Pattern.compile("(\\d{1,9})\\s*(KB|MB|GB)");

  private final String path;
  private final Map<String, Object> entries;
  private final List<String> known = new ArrayList<>();

  Section(String path, Map<String, Object> entries) {
    this.path = path;
    this.entries = entries;
  }

  /** The mapping {@code value} found at {@code path}; an empty one where it is null. */
  static Section of(String path, @Nullable Object value) {
    if (value == null) {
      return new Section(path, Map.of());
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(
          "%s is '%s', not a mapping such as {name: value}".formatted(path, shown(value)));
    }
    var entries = new LinkedHashMap<String, Object>();
    map.forEach((name, entry) -> entries.put(String.valueOf(name), entry));
    return new Section(path, entries);
  }

  /** The entry {@code name} as it is; null where it is not there. */
  public @Nullable Object take(String name) {
    known.add(name);
    return entries.get(name);
  }

  /** Whether the mapping has the entry. */
  public boolean has(String name) {
    return entries.get(name) != null;
  }

  /** The place of the entry {@code name}, for messages. */
  public String place(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** The mapping under {@code name}. */
  public Section section(String name) {
    return of(place(name), take(name));
  }

  /** The list under {@code name}; a single value is a list of one, nothing an empty one. */
  public List<Object> list(String name) {
    Object value = take(name);
    if (value == null) {
      return List.of();
    }
    return value instanceof List<?> list ? new ArrayList<>(list) : List.of(value);
  }

  /** The text under {@code name}. */
  public @Nullable String text(String name) {
    Object value = take(name);
    if (value instanceof Map || value instanceof List) {
      throw new IllegalArgumentException(
          "%s is '%s', not a text".formatted(place(name), shown(value)));
    }
    return value == null ? null : value.toString();
  }

  public String text(String name, String otherwise) {
    String text = text(name);
    return text == null ? otherwise : text;
  }

  public int integer(String name, int otherwise) {
    String text = text(name);
    try {
      return text == null ? otherwise : new BigDecimal(text.replace("_", "")).intValueExact();
    } catch (NumberFormatException | ArithmeticException e) {
      throw wrong(name, text, "a whole number", e);
    }
  }

  public double number(String name, double otherwise) {
    String text = text(name);
    try {
      if (text == null) {
        return otherwise;
      }
      return text.endsWith("%")
          ? new BigDecimal(text.substring(0, text.length() - 1).strip()).doubleValue() / 100
          : new BigDecimal(text).doubleValue();
    } catch (NumberFormatException e) {
      throw wrong(name, text, "a number", e);
    }
  }

  /** A duration such as {@code 30s}, {@code 10m}, {@code 1h}, {@code 30d}. */
  public Duration duration(String name, Duration otherwise) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    Matcher matcher = DURATION.matcher(text.strip());
    if (!matcher.matches()) {
      throw wrong(name, text, "a duration such as 30s, 10m, 1h or 30d", null);
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      default -> Duration.ofDays(7 * count);
    };
  }

  /** A size such as {@code 64MB}, in bytes. */
  public long bytes(String name, long otherwise) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    Matcher matcher = BYTES.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw wrong(name, text, "a size such as 64MB or 1GB", null);
    }
    int shift =
        switch (matcher.group(2)) {
          case "KB" -> 10;
          case "MB" -> 20;
          default -> 30;
        };
    return Long.parseLong(matcher.group(1)) << shift;
  }

  /** Refuses entries that nobody took. */
  public void end() {
    for (String name : entries.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "%s has no entry '%s'; it has %s"
                .formatted(path.isEmpty() ? "a pipeline file" : path, shown(name), known));
      }
    }
  }

  /** {@code e} told with its place, where it is an error of an option. */
  IllegalArgumentException at(String name, IllegalArgumentException e) {
    return new IllegalArgumentException(place(name) + ": " + e.getMessage(), e);
  }

  private IllegalArgumentException wrong(
      String name, @Nullable String text, String wanted, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "%s is '%s', not %s".formatted(place(name), shown(String.valueOf(text)), wanted), cause);
  }

  static String shown(Object value) {
    String text = value.toString();
    String start = text.length() <= 60 ? text : text.substring(0, 57) + "...";
    return start.replaceAll("\\p{Cc}", " ");
  }
}
