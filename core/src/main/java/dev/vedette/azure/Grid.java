package dev.vedette.azure;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where the points of a series lie on the grid of its granularity. */
final class Grid {
  private static final long OFF = -1;

  private Grid() {}

  /** Refuses the first point that lies beside the grid. */
  static void check(long[] times, Granularity granularity, int every) {
    long[] slots = slots(times, granularity, every);
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] == OFF) {
        throw new RequestException(
            ErrorCode.INVALID_SERIES,
            "The 'timestamp' at index %d is invalid in %s granularity with %d gran as interval."
                .formatted(i, granularity.text(), every));
      }
    }
  }

  /** The slot of each point: the first is 0, the next on the grid 1, and so on. */
  static long[] slots(Points points) {
    long[] times = points.times();
    if (times == null || points.granularity() == Granularity.NONE) {
      long[] slots = new long[points.count()];
      Arrays.setAll(slots, i -> i);
      return slots;
    }
    return slots(times, points.granularity(), points.every());
  }

  /** Number of slots from the first point to the last, both counted. */
  static long span(Points points) {
    long @Nullable [] times = points.times();
    if (times == null || points.granularity() == Granularity.NONE) {
      return points.count();
    }
    long[] ends = {times[0], times[times.length - 1]};
    return slots(ends, points.granularity(), points.every())[1] + 1;
  }

  private static long[] slots(long[] times, Granularity granularity, int every) {
    long[] slots = new long[times.length];
    long first = times[0];
    if (granularity.micros() > 0) {
      long step = unit(times, granularity) * every;
      for (int i = 0; i < times.length; i++) {
        long away = times[i] - first;
        slots[i] = away % step == 0 ? away / step : OFF;
      }
      return slots;
    }
    long months = (granularity == Granularity.YEARLY ? 12L : 1L) * every;
    LocalDateTime start = date(first);
    for (int i = 0; i < times.length; i++) {
      slots[i] = monthSlot(start, date(times[i]), months);
    }
    return slots;
  }

  /** What the service calls a microsecond is a millisecond to its clients, unless points differ. */
  private static long unit(long[] times, Granularity granularity) {
    if (granularity != Granularity.MICROSECOND) {
      return granularity.micros();
    }
    for (long time : times) {
      if ((time - times[0]) % 1000 != 0) {
        return 1;
      }
    }
    return 1000;
  }

  /** By the calendar: the same day of the month, or the last day where the month is too short. */
  private static long monthSlot(LocalDateTime start, LocalDateTime at, long months) {
    long away = (at.getYear() - start.getYear()) * 12L + at.getMonthValue() - start.getMonthValue();
    if (away % months != 0 || !at.toLocalTime().equals(start.toLocalTime())) {
      return OFF;
    }
    boolean sameDay = start.plusMonths(away).equals(at);
    boolean bothLast = lastOfMonth(start) && lastOfMonth(at);
    return sameDay || bothLast ? away / months : OFF;
  }

  private static boolean lastOfMonth(LocalDateTime at) {
    return at.getDayOfMonth() == at.toLocalDate().lengthOfMonth();
  }

  private static LocalDateTime date(long micros) {
    return LocalDateTime.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), ZoneOffset.UTC);
  }
}
