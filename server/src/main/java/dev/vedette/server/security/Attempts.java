package dev.vedette.server.security;

import java.util.LinkedHashMap;
import java.util.Map;

/** Counts wrong keys by address within a minute. Thread-safe; memory is bounded. */
final class Attempts {
  static final int MOST_A_MINUTE = 20;
  private static final int MOST_ADDRESSES = 10_000;
  private static final long MINUTE = 60_000;

  private record Count(long since, int wrong) {}

  private final Map<String, Count> counts = new LinkedHashMap<>();

  /** Counts one more and returns whether that is too many. */
  synchronized boolean tooMany(String address, long now) {
    Count old = counts.remove(address);
    Count count =
        old == null || now - old.since >= MINUTE
            ? new Count(now, 1)
            : new Count(old.since, old.wrong + 1);
    if (counts.size() >= MOST_ADDRESSES) {
      counts.remove(counts.keySet().iterator().next());
    }
    counts.put(address, count);
    return count.wrong > MOST_A_MINUTE;
  }
}
