package dev.vedette.pipeline.feature;

import dev.vedette.pipeline.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Random events of many keys: some late, some without fields, some absurd. */
final class Traffic {
  /** A feature of every kind, windows of every kind. */
  static final List<String> ALL =
      List.of(
          "amount",
          "log(amount)",
          "missing(shop)",
          "hour(at, America/New_York)",
          "weekday(at)",
          "category(shop)",
          "count(1h)",
          "rate(30s)",
          "rate(tumbling 1h)",
          "rate(7 events)",
          "sum(amount, 30d)",
          "mean(log(amount), 1d)",
          "std(amount, 1d)",
          "min(amount, 1d)",
          "max(amount, tumbling 1d)",
          "std(amount, 10 events)",
          "distinct(shop, 1d)",
          "distinct(shop, tumbling 7d)",
          "distinct(shop, 20 events)",
          "zscore(amount, 90d)",
          "ratio(amount, mean(amount, 30d))",
          "difference(rate(1h), rate(30d))",
          "surprise(shop, 90d)",
          "surprise(hour(at), 90d)",
          "novel(shop, 30d)",
          "change(shop)",
          "since_last()",
          "since_last(shop)",
          "speed(lat, lon)");

  private Traffic() {}

  static List<Event> events(int count, int keys, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Event> events = new ArrayList<>(count);
    long now = 1_700_000_000_000L;
    for (int i = 0; i < count; i++) {
      now += (long) (-Math.log(1 - random.nextDouble()) * 20_000);
      long at = random.nextInt(10) == 0 ? now - random.nextLong(7_200_000) : now;
      // The square makes some keys busy and most idle.
      double draw = random.nextDouble();
      events.add(new Event("e" + i, "key " + (int) (draw * draw * keys), at, fields(random)));
    }
    return events;
  }

  private static Map<String, Object> fields(SplittableRandom random) {
    Map<String, Object> fields = new HashMap<>();
    if (random.nextInt(20) > 0) {
      fields.put("amount", Math.exp(random.nextDouble() * 8));
    }
    if (random.nextInt(20) > 0) {
      double draw = random.nextDouble();
      fields.put("shop", "shop " + (int) (draw * draw * draw * 300));
    }
    if (random.nextInt(20) > 0) {
      fields.put("lat", random.nextDouble() * 190 - 95);
      fields.put("lon", random.nextDouble() * 360 - 180);
    }
    return fields;
  }
}
