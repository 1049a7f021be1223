package dev.vedette.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Generated streams of events for tests, and archives in memory. */
final class Streams {
  static final long START = 1_700_000_000_000L;

  private Streams() {}

  static Event event(long number, String key, long at, Map<String, Object> fields) {
    return new Event("e" + number, key, at, fields);
  }

  /** Events of {@code keys} keys, one a second, whose value is normal around 10 times the key. */
  static List<Event> steady(int count, int keys, long seed) {
    var random = new SplittableRandom(seed);
    var events = new ArrayList<Event>();
    for (int i = 0; i < count; i++) {
      int key = random.nextInt(keys);
      events.add(
          event(
              i,
              "k" + key,
              START + i * 1_000L,
              Map.of(
                  "value",
                  10 * (key + 1) + random.nextGaussian(),
                  "other",
                  random.nextGaussian(),
                  "kind",
                  random.nextInt(10) < 7 ? "a" : "b")));
    }
    return events;
  }

  /** An archive that can be copied, as a store would keep it. */
  static final class Memory implements Archive {
    private final Map<String, byte[]> kept = new HashMap<>();
    private int puts;

    Memory() {}

    Memory(Memory other) {
      kept.putAll(other.kept);
    }

    @Override
    public void put(String key, byte[] state) {
      kept.put(key, state);
      puts++;
    }

    @Override
    public byte @Nullable [] take(String key) {
      return kept.remove(key);
    }

    int size() {
      return kept.size();
    }

    int puts() {
      return puts;
    }
  }
}
