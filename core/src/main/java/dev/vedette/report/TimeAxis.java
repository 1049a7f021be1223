package dev.vedette.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A span of time laid out from 0 to 1.
 *
 * @param from in milliseconds since 1970-01-01T00:00Z
 * @param to after {@code from}
 */
record TimeAxis(long from, long to) {
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private static final long[] STEPS = {
    1,
    5,
    10,
    50,
    100,
    500,
    SECOND,
    5 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY
  };

  /** Months of the steps that are longer than weeks. */
  private static final int[] MONTHS = {1, 3, 6, 12, 24, 60, 120, 240, 600, 1200};

  /** The axis of {@code times}, at least a millisecond long. */
  static TimeAxis of(long[] times) {
    return times.length == 0
        ? new TimeAxis(0, 1)
        : new TimeAxis(times[0], Math.max(times[times.length - 1], times[0] + 1));
  }

  double at(long time) {
    return ((double) time - from) / ((double) to - from);
  }

  /** At most about {@code most} marks at round moments. */
  List<Axis.Tick> ticks(int most) {
    double rough = ((double) to - from) / most;
    for (long step : STEPS) {
      if (step >= rough) {
        return even(step);
      }
    }
    for (int months : MONTHS) {
      if (months * 30.4 * DAY >= rough) {
        return calendar(months);
      }
    }
    return calendar(MONTHS[MONTHS.length - 1]);
  }

  private List<Axis.Tick> even(long step) {
    // Weeks begin on Monday: 1970-01-05.
    long origin = step >= 7 * DAY ? 4 * DAY : 0;
    List<Axis.Tick> ticks = new ArrayList<>();
    for (long time = Math.ceilDiv(from - origin, step) * step + origin; time <= to; time += step) {
      ticks.add(new Axis.Tick(at(time), label(time, step)));
    }
    return ticks;
  }

  private List<Axis.Tick> calendar(int months) {
    List<Axis.Tick> ticks = new ArrayList<>();
    LocalDate first = LocalDate.ofInstant(Instant.ofEpochMilli(from), ZoneOffset.UTC);
    long month = Math.floorDiv(first.getYear() * 12L + first.getMonthValue() - 1, months);
    for (long m = month * months; ; m += months) {
      long time =
          LocalDate.of((int) Math.floorDiv(m, 12L), (int) Math.floorMod(m, 12L) + 1, 1)
              .atStartOfDay(ZoneOffset.UTC)
              .toInstant()
              .toEpochMilli();
      if (time > to) {
        return ticks;
      }
      if (time >= from) {
        ticks.add(new Axis.Tick(at(time), format(time, months < 12 ? "MMM uuuu" : "uuuu")));
      }
    }
  }

  private static String label(long time, long step) {
    if (step >= DAY || time % DAY == 0) {
      return format(time, "d MMM");
    }
    return format(time, step >= MINUTE ? "HH:mm" : step >= SECOND ? "HH:mm:ss" : "ss.SSS");
  }

  private static String format(long time, String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
        .format(ZonedDateTime.ofInstant(Instant.ofEpochMilli(time), ZoneOffset.UTC));
  }
}
