package dev.vedette.pipeline.feature;

import dev.vedette.pipeline.Archive;
import dev.vedette.pipeline.Event;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Features and their state, fed event by event. */
final class Stream {
  static final long SECOND = 1_000;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  private final Features features;
  private final FeatureState state;
  private int number;

  private Stream(Features features) {
    this.features = features;
    state = features.start(1L << 30, Duration.ofDays(3650), new Memory());
  }

  static Stream of(String... texts) {
    return new Stream(Features.parse(List.of(texts)));
  }

  /** The row of an event, which is then learned; {@code fields} are names and values in turn. */
  double[] next(String key, long at, Object... fields) {
    Event event = event(key, at, fields);
    double[] row = new double[features.names().size()];
    state.row(event, row);
    state.learn(event);
    return row;
  }

  /** The only feature of an event, which is then learned. */
  double one(String key, long at, Object... fields) {
    return next(key, at, fields)[0];
  }

  private Event event(String key, long at, Object... fields) {
    Map<String, Object> map = new HashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      map.put((String) fields[i], fields[i + 1]);
    }
    return new Event("e" + number++, key, at, map);
  }

  FeatureState state() {
    return state;
  }

  /** An archive in memory. */
  static final class Memory implements Archive {
    private final Map<String, byte[]> states = new HashMap<>();
    private long bytes;
    private int taken;

    @Override
    public void put(String key, byte[] state) {
      bytes += state.length;
      states.put(key, state);
    }

    @Override
    public byte @Nullable [] take(String key) {
      taken++;
      return states.remove(key);
    }

    int size() {
      return states.size();
    }

    int taken() {
      return taken;
    }

    long bytes() {
      return bytes;
    }
  }
}
