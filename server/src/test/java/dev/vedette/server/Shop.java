package dev.vedette.server;

import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.Pipeline;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A small pipeline and events for it, the same ones at every call. */
final class Shop {
  static final long START = 1_700_000_000_000L;

  private Shop() {}

  static String yaml(String name) {
    return """
        name: %s
        event: {key: card, time: at, id: id}
        features: [amount, other, "zscore(amount, 1h)", "count(1m)", category: kind]
        detectors: [streaming-tails, streaming-zscore, half-space-trees trees=10 depth=8, iforest trees=20]
        learning: {reservoir: 256, refit: 1000}
        threshold: {false-alarms: 0.002}
        """
        .formatted(name);
  }

  /** The fields of event {@code i}: ordinary. */
  static Map<String, Object> fields(int i) {
    var random = new SplittableRandom(i);
    int card = random.nextInt(5);
    var fields = new HashMap<String, Object>();
    fields.put("id", "e" + i);
    fields.put("card", "c" + card);
    fields.put("at", (double) (START + 1_000L * i));
    fields.put("amount", 10 * (card + 1) + random.nextGaussian());
    fields.put("other", random.nextGaussian());
    fields.put("kind", random.nextInt(10) < 7 ? "a" : "b");
    return fields;
  }

  /** Event {@code i}, far out. */
  static Map<String, Object> strange(int i) {
    Map<String, Object> fields = fields(i);
    fields.put("amount", 1e5 + i);
    fields.put("other", -1e4);
    return fields;
  }

  static Event event(Pipeline pipeline, int i) {
    return pipeline.event(fields(i), START);
  }

  static String json(Map<String, Object> fields) {
    return fields.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(field -> "\"%s\":%s".formatted(field.getKey(), value(field.getValue())))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(Object value) {
    return value instanceof String ? "\"" + value + "\"" : String.format(Locale.ROOT, "%s", value);
  }

  static String json(int i) {
    return json(fields(i));
  }

  static List<String> each(int from, int to) {
    return IntStream.range(from, to).mapToObj(Shop::json).toList();
  }

  /** Events {@code from} to {@code to}, the last one excluded, as an array. */
  static String array(int from, int to) {
    return "[" + String.join(",", each(from, to)) + "]";
  }
}
