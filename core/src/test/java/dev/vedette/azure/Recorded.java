package dev.vedette.azure;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Recorded requests and answers, as plain maps and lists. */
final class Recorded {
  private static final Path ROOT = Path.of("../../shared/data/azure");

  private Recorded() {}

  /** The files of a folder of recordings; the test is skipped where there is none. */
  static List<Path> files(String folder) throws IOException {
    Path path = ROOT.resolve(folder);
    assumeTrue(Files.isDirectory(path), "no recorded cases in " + path);
    try (var files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  static Map<String, @Nullable Object> service(String name) {
    Path path = ROOT.resolve("service/univariate").resolve(name);
    assumeTrue(Files.exists(path), "no " + path);
    return read(path);
  }

  static Map<String, @Nullable Object> read(Path file) {
    try (JsonParser parser =
        new JsonFactory().createParser(ObjectReadContext.empty(), file.toFile())) {
      parser.nextToken();
      return object(parser);
    }
  }

  @SuppressWarnings("unchecked")
  static Map<String, @Nullable Object> part(Map<String, @Nullable Object> whole, String name) {
    Object part = whole.get(name);
    if (!(part instanceof Map<?, ?>)) {
      throw new IllegalArgumentException("no object '" + name + "'");
    }
    return (Map<String, @Nullable Object>) part;
  }

  static double @Nullable [] numbers(Map<String, @Nullable Object> whole, String name) {
    return whole.get(name) instanceof List<?> list
        ? list.stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray()
        : null;
  }

  static boolean @Nullable [] flags(Map<String, @Nullable Object> whole, String name) {
    if (!(whole.get(name) instanceof List<?> list)) {
      return null;
    }
    boolean[] flags = new boolean[list.size()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = Boolean.TRUE.equals(list.get(i));
    }
    return flags;
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return fields;
  }

  private static @Nullable Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield items;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }
}
