package dev.vedette.azure;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far apart the points of a series lie, times the custom interval. */
public enum Granularity {
  YEARLY(0, 12),
  MONTHLY(0, 12),
  WEEKLY(7 * 86_400_000_000L, 12),
  DAILY(86_400_000_000L, 28),
  HOURLY(3_600_000_000L, 168),
  MINUTELY(60_000_000L, 1440),
  SECONDLY(1_000_000L, 1440),
  MICROSECOND(1, 1000),
  NONE(0, 1440);

  private final long micros;
  private final int window;

  Granularity(long micros, int window) {
    this.micros = micros;
    this.window = window;
  }

  /** Microseconds of one unit; 0 where it has no fixed length or none at all. */
  long micros() {
    return micros;
  }

  /** How many points of history are worth sending for a series without a period. */
  int window() {
    return window;
  }

  /** As the service writes it, in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The granularity written as {@code text}, or null where there is none. */
  static @Nullable Granularity parse(String text) {
    for (Granularity granularity : values()) {
      if (granularity.text().equals(text)) {
        return granularity;
      }
    }
    return null;
  }
}
