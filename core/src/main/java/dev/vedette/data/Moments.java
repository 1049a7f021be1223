package dev.vedette.data;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments and spans of time as people write them, in UTC. */
public final class Moments {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private static final DateTimeFormatter MINUTES = format("uuuu-MM-dd HH:mm");
  private static final DateTimeFormatter SECONDS = format("uuuu-MM-dd HH:mm:ss");
  private static final DateTimeFormatter MILLIS = format("uuuu-MM-dd HH:mm:ss.SSS");

  private Moments() {}

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  /** A moment in milliseconds since 1970-01-01T00:00Z, such as {@code 2026-03-01 14:00}. */
  public static String text(long millis) {
    Instant moment = Instant.ofEpochMilli(millis);
    return (millis % MINUTE == 0 ? MINUTES : millis % 1000 == 0 ? SECONDS : MILLIS).format(moment);
  }

  /** A span in milliseconds, such as {@code 5 min} or {@code 1 h 30 min}. */
  public static String span(long millis) {
    long[] units = {7 * DAY, DAY, HOUR, MINUTE, 1000, 1};
    String[] names = {"weeks", "days", "h", "min", "s", "ms"};
    for (int i = 0; i < units.length; i++) {
      if (millis == units[i] && i < 2) {
        return i == 0 ? "week" : "day";
      }
      boolean whole = i == 0 ? millis % units[i] == 0 : millis >= units[i];
      if (whole && millis >= units[i]) {
        long rest = millis % units[i];
        String text = millis / units[i] + " " + names[i];
        return i > 0 && i < 5 && rest >= units[i + 1]
            ? text + " " + rest / units[i + 1] + " " + names[i + 1]
            : text;
      }
    }
    return millis + " ms";
  }
}
