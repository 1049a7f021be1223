package dev.vedette.pipeline.feature;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/** Hour and day of the week in one time zone; remembers the offset it found last. */
final class DayTime {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  private final ZoneRules rules;
  private long from = 1;
  private long to;
  private long offset;

  DayTime(ZoneId zone) {
    rules = zone.getRules();
  }

  /** The hour of the day, 0 to less than 24. */
  double hour(long at) {
    return Math.floorMod(local(at), DAY) / (double) HOUR;
  }

  /** The hour from 1 to 24 that holds {@code clock}, in hours; 0 where it is missing. */
  static long hourOf(double clock) {
    return Double.isNaN(clock) ? 0 : 1 + (long) Math.min(23, clock - 24 * Math.floor(clock / 24));
  }

  /** Monday 1 to Sunday 7. */
  int weekday(long at) {
    return (int) Math.floorMod(Math.floorDiv(local(at), DAY) + 3, 7L) + 1;
  }

  /** The share of an event in one hour that counts for another: 3, 2 and 1 ninths around it. */
  static double nearness(long hour, long other) {
    long apart = Math.abs(hour - other);
    return Math.max(0, 3 - Math.min(apart, 24 - apart)) / 9.0;
  }

  private long local(long at) {
    if (at < from || at >= to) {
      look(at);
    }
    return at + offset;
  }

  private void look(long at) {
    Instant instant = Instant.ofEpochMilli(at);
    offset = rules.getOffset(instant).getTotalSeconds() * 1_000L;
    @Nullable ZoneOffsetTransition next = rules.nextTransition(instant);
    long end = next == null ? Long.MAX_VALUE : next.toEpochSecond() * 1_000;
    // The same end means the same offset since, so that late events find it too.
    from = end == to ? Math.min(from, at) : at;
    to = end;
  }
}
