package dev.vedette.connect.host;

import java.util.HashMap;
import java.util.Map;

/**
 * Remembers counters that only grow, to tell how much they grew between two samples. A counter that
 * was not there before, or fell because it was reset, counts as not grown.
 */
final class Counters {
  private Map<String, Long> before = Map.of();
  private Map<String, Long> now = new HashMap<>();

  /** Begins a sample: what the sample before did not hold is forgotten. */
  void begin() {
    before = now;
    now = new HashMap<>();
  }

  /** By how much {@code counter} grew since the sample before; never negative. */
  long growth(String counter, long value) {
    now.put(counter, value);
    return Math.max(0, value - before.getOrDefault(counter, value));
  }
}
