package dev.vedette.server.rest;

import dev.vedette.azure.MultivariateVariable;
import dev.vedette.server.azure.AzureException;
import dev.vedette.server.azure.Moments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the variables of a request to detect in the last points. */
final class VariableReader {
  private static final int MOST_VARIABLES = 1_000;

  /** Timestamps as they were written last, most often those of every variable. */
  private List<String> texts = List.of();

  private long[] times = {};

  /** The variables at the current token. */
  static @Nullable Object read(JsonParser json) {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    var reader = new VariableReader();
    array(json, "variables");
    var variables = new ArrayList<MultivariateVariable>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw broken("variables", "objects");
      }
      if (variables.size() == MOST_VARIABLES) {
        throw new AzureException(
            400, "TooManyData", "Too many variables. Maximum number is " + MOST_VARIABLES + ".");
      }
      variables.add(reader.variable(json));
    }
    return variables;
  }

  private static AzureException broken(String name, String wanted) {
    return new AzureException(
        400,
        "InvalidJsonFormat",
        "Invalid JSON format. The '" + name + "' field must be an array of " + wanted + ".");
  }

  private static void array(JsonParser json, String name) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw broken(name, name.equals("variables") ? "objects" : name);
    }
  }

  private MultivariateVariable variable(JsonParser json) {
    String name = null;
    long[] at = null;
    double[] values = null;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String property = json.currentName();
      json.nextToken();
      switch (property) {
        // The second is that of the previews and of the examples.
        case "variable", "name" ->
            name = json.currentToken() == JsonToken.VALUE_STRING ? json.getString() : name;
        case "timestamps" -> at = times(json);
        case "values" -> values = values(json);
        default -> json.skipChildren();
      }
    }
    if (name == null || at == null || values == null) {
      throw broken("variables", "objects with variable, timestamps and values");
    }
    return new MultivariateVariable(name, at, values);
  }

  private long[] times(JsonParser json) {
    array(json, "timestamps");
    var read = new ArrayList<String>();
    long[] found = new long[Math.max(16, times.length)];
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        throw new AzureException(
            400, "InvalidTimestampFormat", "Invalid timestamp format. A timestamp is a text.");
      }
      int i = read.size();
      String text = json.getString();
      boolean known = i < texts.size() && texts.get(i).equals(text);
      found = i == found.length ? Arrays.copyOf(found, 2 * i) : found;
      found[i] = known ? times[i] : Moments.parse(text);
      read.add(text);
    }
    texts = read;
    times = Arrays.copyOf(found, read.size());
    return times;
  }

  private static double[] values(JsonParser json) {
    array(json, "values");
    double[] values = new double[512];
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      values = count == values.length ? Arrays.copyOf(values, 2 * count) : values;
      JsonToken token = json.currentToken();
      if (token != JsonToken.VALUE_NULL && !token.isNumeric()) {
        throw new AzureException(
            400, "VariableParseError", "Variable parse error: a value is no number.");
      }
      values[count++] = token == JsonToken.VALUE_NULL ? Double.NaN : json.getDoubleValue();
    }
    return Arrays.copyOf(values, count);
  }
}
