package dev.vedette.server.rest;

import dev.vedette.DataException;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.Pipeline;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;

/** Reads events from JSON that may be hostile: flat objects of bounded size, nothing twice. */
final class EventReader {
  static final int MOST_FIELDS = 1_000;
  static final int MOST_NAME = 200;
  static final int MOST_TEXT = 10_000;
  private static final double EXACT = 9_007_199_254_740_992.0;

  /** What only the makers of the parser understand. */
  private static final Pattern INTERNALS =
      Pattern.compile(" *\\(start marker at .*\\)|, from `[^`]*`|\\[Source: [^]]*\\]");

  private final JsonFactory factory;
  private final int most;

  /**
   * @param depth how deep JSON may nest
   * @param most events in a request
   */
  EventReader(int depth, int most) {
    this.most = most;
    this.factory = builder(depth).build();
  }

  /** For parsers of what may be hostile. */
  static JsonFactoryBuilder builder(int depth) {
    return JsonFactory.builder()
        .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
        .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(depth)
                .maxStringLength(MOST_TEXT)
                .maxNameLength(MOST_NAME)
                .maxNumberLength(400)
                .build());
  }

  /**
   * The events in {@code body}: one object, or an array of them.
   *
   * @param arrived the time of events that have none of their own
   */
  List<Event> json(byte[] body, Pipeline pipeline, long arrived) {
    var events = new ArrayList<Event>();
    try (JsonParser json = factory.createParser(ObjectReadContext.empty(), body)) {
      JsonToken start = json.nextToken();
      if (start == JsonToken.START_OBJECT) {
        events.add(event(json, "", pipeline, arrived));
      } else if (start == JsonToken.START_ARRAY) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          String place = "[" + events.size() + "]";
          if (events.size() == most) {
            throw tooMany(place);
          }
          events.add(event(json, place, pipeline, arrived));
        }
      } else {
        throw Problem.bad("body", "it is not an object or an array of objects; send an event");
      }
      if (json.nextToken() != null) {
        throw Problem.bad(place(json), "something follows the JSON value; send one value");
      }
    } catch (JacksonException e) {
      throw broken(e, "");
    }
    return events;
  }

  /** The events in {@code body}, one object a line; empty lines are passed over. */
  List<Event> lines(byte[] body, Pipeline pipeline, long arrived) {
    var events = new ArrayList<Event>();
    int line = 1;
    for (int from = 0; from < body.length; line++) {
      int end = from;
      while (end < body.length && body[end] != '\n') {
        end++;
      }
      if (!blank(body, from, end)) {
        if (events.size() == most) {
          throw tooMany("line " + line);
        }
        events.add(line(body, from, end - from, "line " + line, pipeline, arrived));
      }
      from = end + 1;
    }
    return events;
  }

  @SuppressWarnings("TooManyParameters")
  private Event line(
      byte[] body, int from, int length, String place, Pipeline pipeline, long arrived) {
    try (JsonParser json = factory.createParser(ObjectReadContext.empty(), body, from, length)) {
      json.nextToken();
      Event event = event(json, place, pipeline, arrived);
      if (json.nextToken() != null) {
        throw Problem.bad(place, "something follows the object; write one object a line");
      }
      return event;
    } catch (JacksonException e) {
      throw broken(e, place + ", ");
    }
  }

  static boolean blank(byte[] body, int from, int end) {
    for (int i = from; i < end; i++) {
      if (body[i] != ' ' && body[i] != '\r' && body[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  /** The one flat object in {@code body}, which may have the fields {@code names} only. */
  Map<String, Object> object(byte[] body, List<String> names) {
    try (JsonParser json = factory.createParser(ObjectReadContext.empty(), body)) {
      json.nextToken();
      Map<String, Object> fields = fields(json, "");
      if (json.nextToken() != null) {
        throw Problem.bad(place(json), "something follows the JSON value; send one value");
      }
      for (String name : new TreeSet<>(fields.keySet())) {
        if (!names.contains(name)) {
          throw Problem.bad(shown(name), "there is no such field; there are " + names);
        }
      }
      return fields;
    } catch (JacksonException e) {
      throw broken(e, "");
    }
  }

  private static Event event(JsonParser json, String place, Pipeline pipeline, long arrived) {
    Map<String, Object> fields = fields(json, place);
    try {
      return pipeline.event(fields, arrived);
    } catch (DataException | IllegalArgumentException e) {
      throw Problem.bad(place.isEmpty() ? "body" : place, String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, Object> fields(JsonParser json, String place) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw Problem.bad(place.isEmpty() ? "body" : place, "it is not an object; send an event");
    }
    var fields = new HashMap<String, Object>();
    var missing = new HashSet<String>();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      String at = place.isEmpty() ? shown(name) : place + "." + shown(name);
      json.nextToken();
      field(json, name, at, fields, missing);
      if (fields.size() + missing.size() > MOST_FIELDS) {
        throw Problem.bad(
            place.isEmpty() ? "body" : place,
            "it has more than " + MOST_FIELDS + " fields; send fewer");
      }
    }
    return fields;
  }

  /** The name of a field as a place: in quotes where nothing of it would be seen. */
  static String shown(String name) {
    return name.isBlank() ? "\"" + name + "\"" : Texts.shown(name);
  }

  private static void field(
      JsonParser json, String name, String at, Map<String, Object> fields, Set<String> missing) {
    if (fields.containsKey(name) || missing.contains(name)) {
      throw Problem.bad(at, "the field is there twice; rename or drop one");
    }
    Object value = value(json, at);
    if (value == null) {
      missing.add(name);
    } else {
      fields.put(name, value);
    }
  }

  private static @Nullable Object value(JsonParser json, String at) {
    return switch (json.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> json.getString();
      case VALUE_NUMBER_INT -> whole(json, at);
      case VALUE_NUMBER_FLOAT -> finite(json.getDoubleValue(), at);
      case START_OBJECT -> throw nested(at, "an object");
      case START_ARRAY -> throw nested(at, "an array");
      case null, default -> throw Problem.bad(at, "it is not a value; send a number, text or flag");
    };
  }

  /** Whole numbers of more than 53 bits, such as long ids, would silently become others. */
  static double whole(JsonParser json, String at) {
    double value = finite(json.getDoubleValue(), at);
    if (Math.abs(value) >= EXACT
        && !new BigDecimal(value).toBigInteger().equals(json.getBigIntegerValue())) {
      throw Problem.bad(
          at, "the whole number has too many digits to be kept exactly; send it as a text");
    }
    return value;
  }

  private static double finite(double value, String at) {
    if (!Double.isFinite(value)) {
      throw Problem.bad(at, "the number is too large; send one below 1.8e308, or null");
    }
    return value;
  }

  private static Problem nested(String at, String what) {
    return Problem.bad(at, what + " is not a value of an event; send its parts as fields");
  }

  private Problem tooMany(String place) {
    return new Problem(413, "more than " + most + " events; send them in several requests", place);
  }

  static Problem broken(JacksonException e, String before) {
    TokenStreamLocation at = e.getLocation();
    String place =
        at == null
            ? before + "body"
            : before.isEmpty()
                ? "line " + at.getLineNr() + ", column " + at.getColumnNr()
                : before + "column " + at.getColumnNr();
    String reason = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    reason = INTERNALS.matcher(reason).replaceAll("");
    return Problem.bad(place, "not JSON that can be read: " + Texts.shown(reason));
  }

  static String place(JsonParser json) {
    TokenStreamLocation at = json.currentTokenLocation();
    return "line " + at.getLineNr() + ", column " + at.getColumnNr();
  }
}
