package dev.vedette.server.rest;

import dev.vedette.azure.ErrorCode;
import dev.vedette.azure.RequestException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads requests of the Azure-compatible service that may be hostile: the fields it knows, and no
 * more points than it may have; other fields are passed over, as that service did.
 */
final class AzureReader {
  private static final int MOST_PROPERTIES = 100;

  /** Reads the value at the current token. */
  interface Value {
    @Nullable Object read(JsonParser json);
  }

  /** Every field of a univariate request the engine looks at, older names among them. */
  private final Map<String, Value> univariate =
      known(
          List.of(
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
              "stableTrendWindow"),
          Map.of(
              "series",
              this::series,
              "detector",
              AzureReader::object,
              "imputeStrategy",
              AzureReader::object));

  /** Those of a training or a detection, also under the names of the previews. */
  private final Map<String, Value> multivariate =
      known(
          List.of(
              "dataSource",
              "source",
              "dataSchema",
              "startTime",
              "endTime",
              "displayName",
              "slidingWindow",
              "topContributorCount"),
          Map.of("alignPolicy", AzureReader::object));

  /** Those of a detection of the last points. */
  private final Map<String, Value> last =
      known(
          List.of("topContributorCount", "detectingPoints"),
          Map.of("variables", VariableReader::read));

  private final JsonFactory factory;
  private final int points;

  /**
   * @param depth how deep JSON may nest
   * @param points the most of a univariate series
   */
  AzureReader(int depth, int points) {
    // Clients write NaN where a value is missing.
    factory = EventReader.builder(depth).enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    this.points = points;
  }

  private static Map<String, Value> known(List<String> scalars, Map<String, Value> others) {
    var known = new HashMap<>(others);
    scalars.forEach(name -> known.put(name, AzureReader::scalar));
    return Map.copyOf(known);
  }

  /**
   * The fields of the univariate request in {@code body}, as {@link
   * dev.vedette.azure.UnivariateRequest#parse} takes them. Of a series that is too long one point
   * too many is told.
   *
   * @throws RequestException when it is no JSON object
   */
  Map<String, @Nullable Object> univariate(byte[] body) {
    return fields(body, univariate);
  }

  /** The fields of a request to train or to detect in a batch. */
  Map<String, @Nullable Object> multivariate(byte[] body) {
    return fields(body, multivariate);
  }

  /** The fields of a request to detect in the last points; its variables are read already. */
  Map<String, @Nullable Object> last(byte[] body) {
    return fields(body, last);
  }

  private Map<String, @Nullable Object> fields(byte[] body, Map<String, Value> known) {
    try (JsonParser json = factory.createParser(ObjectReadContext.empty(), body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw broken("it is not an object");
      }
      Map<String, @Nullable Object> fields = new HashMap<>();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        Value value = known.get(name);
        json.nextToken();
        if (value == null) {
          json.skipChildren();
        } else {
          fields.put(name, value.read(json));
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
    return new RequestException(ErrorCode.INVALID_JSON_FORMAT, "Invalid JSON format: " + why + ".");
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
  static @Nullable Object scalar(JsonParser json) {
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
