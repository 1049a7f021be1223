package dev.vedette.server.rest;

import dev.vedette.azure.ErrorCode;
import dev.vedette.azure.RequestException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads univariate requests of the Azure-compatible service that may be hostile: the fields it
 * knows and no more points than it may have; other fields are passed over, as that service did.
 */
final class AzureReader {
  /** Every field the engine looks at, older names among them; the series is read apart. */
  private static final Set<String> SCALARS =
      Set.of(
          "granularity",
          "customInterval",
          "period",
          "maxAnomalyRatio",
          "sensitivity",
          "imputeMode",
          "imputeFixedValue",
          "fillUpMode",
          "fixedValue",
          "alpha",
          "threshold",
          "boundaryVersion",
          "stableTrendWindow");

  private static final Set<String> OBJECTS = Set.of("detector", "imputeStrategy");
  private static final int MOST_PROPERTIES = 100;

  private final JsonFactory factory;
  private final int points;

  /**
   * @param depth how deep JSON may nest
   * @param points the most of a series
   */
  AzureReader(int depth, int points) {
    // Clients write NaN where a value is missing: it is refused by its own message.
    factory = EventReader.builder(depth).enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    this.points = points;
  }

  /**
   * The fields of the request in {@code body}, as {@link dev.vedette.azure.UnivariateRequest#parse}
   * takes them. Of a series that is too long one point too many is told.
   *
   * @throws RequestException when it is no JSON object
   */
  Map<String, @Nullable Object> fields(byte[] body) {
    try (JsonParser json = factory.createParser(ObjectReadContext.empty(), body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw broken("it is not an object");
      }
      Map<String, @Nullable Object> fields = new HashMap<>();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals("series")) {
          fields.put(name, series(json));
        } else if (SCALARS.contains(name)) {
          fields.put(name, scalar(json));
        } else if (OBJECTS.contains(name)) {
          fields.put(name, object(json));
        } else {
          json.skipChildren();
        }
      }
      if (json.nextToken() != null) {
        throw broken(EventReader.place(json) + ", something follows the object");
      }
      return fields;
    } catch (JacksonException e) {
      Failure failure = EventReader.broken(e, "").failure();
      throw broken(failure.place() + ", " + failure.detail());
    }
  }

  private static RequestException broken(String why) {
    return new RequestException(
        ErrorCode.INVALID_JSON_FORMAT, "The request body is not valid JSON: " + why + ".");
  }

  /** The points, each a map of its timestamp and value; what is no array as it is. */
  private @Nullable Object series(JsonParser json) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      return json.currentToken() == JsonToken.START_OBJECT ? object(json) : scalar(json);
    }
    var series = new ArrayList<@Nullable Object>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (series.size() > points) {
        json.skipChildren();
      } else {
        series.add(json.currentToken() == JsonToken.START_OBJECT ? point(json) : scalar(json));
      }
    }
    return series;
  }

  private static Map<String, ?> point(JsonParser json) {
    Object timestamp = null;
    Object value = null;
    boolean valued = false;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "timestamp" -> timestamp = scalar(json);
        case "value" -> {
          value = json.currentToken().isNumeric() ? json.getDoubleValue() : scalar(json);
          valued = true;
        }
        default -> json.skipChildren();
      }
    }
    if (timestamp != null && value != null) {
      return Map.of("timestamp", timestamp, "value", value);
    }
    var point = new HashMap<String, @Nullable Object>();
    point.put("timestamp", timestamp);
    if (valued) {
      point.put("value", value);
    }
    return point;
  }

  /** A value that stands alone; an empty list for what does not. */
  private static @Nullable Object scalar(JsonParser json) {
    return switch (json.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> json.getString();
      case VALUE_NUMBER_INT -> json.getNumberValue();
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case null, default -> {
        json.skipChildren();
        yield List.of();
      }
    };
  }

  /** The values of an object that stand alone; anything else as {@link #scalar}. */
  private static @Nullable Object object(JsonParser json) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      return scalar(json);
    }
    var values = new HashMap<String, @Nullable Object>();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      Object value = scalar(json);
      if (values.size() < MOST_PROPERTIES) {
        values.put(name, value);
      }
    }
    return Collections.unmodifiableMap(values);
  }
}
