package dev.vedette.azure;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far apart the points of a series lie, times the custom interval. */
public enum Granularity {
  YEARLY(0, 12, 3),
  MONTHLY(0, 12, 6),
  WEEKLY(7 * 86_400_000_000L, 12, 3),
  DAILY(86_400_000_000L, 28, 5),
  HOURLY(3_600_000_000L, 168, 24),
  MINUTELY(60_000_000L, 1440, 72),
  SECONDLY(1_000_000L, 1440, 72),
  MICROSECOND(1, 1000, 100),
  NONE(0, 1440, 100);

  private final long micros;
  private final int window;
  private final int trendWindow;

  Granularity(long micros, int window, int trendWindow) {
    this.micros = micros;
    this.window = window;
    this.trendWindow = trendWindow;
  }

  /** Microseconds of one unit; 0 where it has no fixed length or none at all. */
  long micros() {
    return micros;
  }

  /** How many points of history are worth sending for a series without a period. */
  int window() {
    return window;
  }

  /** How many points a trend has to hold before it counts. */
  int trendWindow() {
    return trendWindow;
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
