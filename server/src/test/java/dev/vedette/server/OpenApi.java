package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Compares answers with what {@code openapi.yaml} says of them. */
final class OpenApi {
  private final JsonNode root;
  private final Set<String> answered = new TreeSet<>();

  OpenApi() {
    try (var in = Server.class.getResourceAsStream("openapi.yaml")) {
      root = new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Operations such as "GET /v1/keys" that were answered with a success. */
  Set<String> answered() {
    return answered;
  }

  /** The answer of an operation, such as "GET /v1/keys", is one that is described. */
  void check(String operation, int status, String type, String body) {
    String[] parts = operation.split(" ", 2);
    JsonNode described =
        root.at("/paths")
            .path(parts[1])
            .path(parts[0].toLowerCase(Locale.ROOT))
            .path("responses")
            .path(Integer.toString(status));
    assertThat(described.isMissingNode()).as(operation + " " + status + " " + body).isFalse();
    JsonNode content = resolved(described).path("content");
    if (content.isMissingNode()) {
      assertThat(body).as(operation).isEmpty();
    } else {
      String plain = type.split(";", 2)[0];
      assertThat(content.propertyNames()).as(operation).contains(plain);
      if (plain.endsWith("json")) {
        JsonNode value = JsonMapper.shared().readTree(body);
        conforms(operation, value, content.get(plain).get("schema"));
      }
    }
    if (status < 300) {
      answered.add(operation);
    }
  }

  /** {@code value} is what the schema of this name says. */
  void schema(String name, String value) {
    JsonNode schema = root.at("/components/schemas/" + name);
    assertThat(schema.isMissingNode()).as(name).isFalse();
    conforms(name, JsonMapper.shared().readTree(value), schema);
  }

  private JsonNode resolved(JsonNode node) {
    JsonNode reference = node.get("$ref");
    return reference == null ? node : root.at(reference.asString().substring(1));
  }

  private void conforms(String place, JsonNode value, JsonNode unresolved) {
    JsonNode schema = resolved(unresolved);
    type(place, value, schema.path("type"));
    if (schema.has("enum")) {
      assertThat(schema.get("enum").valueStream().map(JsonNode::asString))
          .as(place)
          .contains(value.asString());
    }
    if (schema.path("format").asString("").equals("date-time") && !value.isNull()) {
      assertThat(Instant.parse(value.asString())).as(place).isNotNull();
    }
    if (value.isArray() && schema.has("items")) {
      for (int i = 0; i < value.size(); i++) {
        conforms(place + "[" + i + "]", value.get(i), schema.get("items"));
      }
    }
    if (value.isObject()) {
      object(place, value, schema);
    }
  }

  private void object(String place, JsonNode value, JsonNode schema) {
    Map<String, JsonNode> properties = new TreeMap<>();
    List<String> required = new ArrayList<>();
    JsonNode others = collect(schema, properties, required);
    assertThat(value.propertyNames()).as(place).containsAll(required);
    for (Map.Entry<String, JsonNode> property : value.properties()) {
      String at = place + "." + property.getKey();
      JsonNode described = properties.get(property.getKey());
      if (described == null) {
        described = others;
      }
      if (described == null) {
        throw new AssertionError(at + " is not described");
      }
      conforms(at, property.getValue(), described);
    }
  }

  /** All properties and requirements of a schema; returns the one of other properties, if any. */
  private @Nullable JsonNode collect(
      JsonNode unresolved, Map<String, JsonNode> properties, List<String> required) {
    JsonNode schema = resolved(unresolved);
    JsonNode others = schema.get("additionalProperties");
    schema.path("properties").properties().forEach(p -> properties.put(p.getKey(), p.getValue()));
    schema.path("required").forEach(name -> required.add(name.asString()));
    for (String way : List.of("allOf", "oneOf")) {
      for (JsonNode part : schema.path(way)) {
        if (!part.path("type").asString("").equals("null")) {
          JsonNode more = collect(part, properties, required);
          others = more == null ? others : more;
        }
      }
    }
    return others;
  }

  private static void type(String place, JsonNode value, JsonNode type) {
    if (type.isMissingNode()) {
      return;
    }
    List<String> types =
        type.isArray()
            ? type.valueStream().map(JsonNode::asString).toList()
            : List.of(type.asString());
    String found =
        switch (value.getNodeType()) {
          case OBJECT -> "object";
          case ARRAY -> "array";
          case STRING -> "string";
          case BOOLEAN -> "boolean";
          case NULL -> "null";
          case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
          default -> "nothing";
        };
    boolean fits = types.contains(found) || (found.equals("integer") && types.contains("number"));
    assertThat(fits).as("%s is %s, not of %s", place, value, types).isTrue();
  }
}
