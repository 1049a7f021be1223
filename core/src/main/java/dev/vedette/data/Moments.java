package dev.vedette.data;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments and spans of time as people write them, in UTC unless told otherwise. */
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
    return text(millis, ZoneOffset.UTC);
  }

  /** As {@link #text(long)}, by the clock of {@code zone}. */
  public static String text(long millis, ZoneId zone) {
    DateTimeFormatter format =
        millis % MINUTE == 0 ? MINUTES : millis % 1000 == 0 ? SECONDS : MILLIS;
    return format.withZone(zone).format(Instant.ofEpochMilli(millis));
  }

  /**
   * A span in milliseconds by its two largest units, such as {@code 5 min} or {@code 1 h 30 min}.
   */
  public static String span(long millis) {
    long[] units = {DAY, HOUR, MINUTE, 1000, 1};
    String[] names = {"d", "h", "min", "s", "ms"};
    int unit = 0;
    while (unit < units.length - 1 && millis < units[unit]) {
      unit++;
    }
    String text = millis / units[unit] + " " + names[unit];
    long rest = millis % units[unit];
    return unit < units.length - 1 && rest >= units[unit + 1]
        ? text + " " + rest / units[unit + 1] + " " + names[unit + 1]
        : text;
  }

  /** How often something happens that happens in steps of so many milliseconds: {@code hour}. */
  public static String every(long step) {
    if (step == 7 * DAY || step == DAY || step == HOUR || step == MINUTE || step == 1000) {
      return step == 7 * DAY
          ? "week"
          : step == DAY ? "day" : step == HOUR ? "hour" : step == MINUTE ? "minute" : "second";
    }
    return span(step);
  }
}
