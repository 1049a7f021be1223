package dev.vedette.pipeline;

import dev.vedette.Require;
import java.time.Duration;

/**
 * How much a partition keeps in memory, and how long.
 *
 * @param memory the most bytes it may hold, 16 MB to 1 TB; idle keys beyond it go to the archive
 * @param timeToLive a key without events for so long is forgotten
 */
public record Keeping(long memory, Duration timeToLive) {
  public Keeping {
    Require.that(
        memory >= 16L << 20 && memory <= 1L << 40,
        "memory must be 16MB to 1024GB, is %d bytes".formatted(memory));
    Require.that(
        timeToLive.toMillis() >= 1_000, "time-to-live must be at least 1s, is " + timeToLive);
  }
}
