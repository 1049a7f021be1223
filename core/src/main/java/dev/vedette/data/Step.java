package dev.vedette.data;

import dev.vedette.DataException;
import dev.vedette.Require;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * The distance of points in a regular series: a fixed time, or whole days or months of a calendar,
 * which differ in length. Points are counted from an origin.
 */
public sealed interface Step {
  /** The time {@code count} steps after {@code origin}, in milliseconds. */
  long plus(long origin, long count);

  /** A usual length in milliseconds. */
  long millis();

  /**
   * The last multiple of this step not after {@code time}, from midnight or the year 1970 on; of
   * whole weeks from a Monday on.
   */
  long floor(long time);

  /** As {@link #parse} reads it: {@code 15m}, {@code 1d}, {@code 1mo}. */
  String text();

  /**
   * Reads a whole number and a unit: {@code ms}, {@code s}, {@code m} (minutes), {@code h}, {@code
   * d}, {@code w}, {@code mo} or {@code y}.
   *
   * @param zone whose days, weeks, months and years are meant
   * @throws IllegalArgumentException when it is no such text or not positive
   */
  static Step parse(String text, ZoneId zone) {
    return StepText.parse(text, zone);
  }

  /** The number of the step nearest to {@code time}; the earlier of two. */
  default long nearest(long origin, long time) {
    long count = Math.floorDiv(time - origin, millis());
    while (plus(origin, count) > time) {
      count--;
    }
    while (plus(origin, count + 1) <= time) {
      count++;
    }
    long before = time - plus(origin, count);
    return plus(origin, count + 1) - time < before ? count + 1 : count;
  }

  /** Always the same time, such as 5 minutes. */
  record Fixed(long millis) implements Step {
    public Fixed {
      Require.that(millis > 0, "a step must be positive, is " + millis + " ms");
    }

    @Override
    public long plus(long origin, long count) {
      return Math.addExact(origin, Math.multiplyExact(millis, count));
    }

    @Override
    public long floor(long time) {
      return Math.floorDiv(time, millis) * millis;
    }

    @Override
    public String text() {
      return StepText.text(millis);
    }

    @Override
    public long nearest(long origin, long time) {
      return Math.floorDiv(time - origin + (millis - 1) / 2, millis);
    }
  }

  /** Days of a time zone: 23 or 25 hours where clocks change. */
  record Days(int days, ZoneId zone) implements Step {
    /** 1970-01-05, in days since 1970. */
    private static final long MONDAY = 4;

    public Days {
      Require.range("days", days, 1, 36_500);
    }

    @Override
    public long plus(long origin, long count) {
      return at(origin, zone).plusDays(Math.multiplyExact(days, count)).toInstant().toEpochMilli();
    }

    @Override
    public long millis() {
      return days * 86_400_000L;
    }

    @Override
    public String text() {
      return days % 7 == 0 ? days / 7 + "w" : days + "d";
    }

    @Override
    public long floor(long time) {
      long day = at(time, zone).toLocalDate().toEpochDay();
      long origin = days % 7 == 0 ? MONDAY : 0;
      var date = LocalDate.ofEpochDay(Math.floorDiv(day - origin, (long) days) * days + origin);
      return date.atStartOfDay(zone).toInstant().toEpochMilli();
    }
  }

  /**
   * Months of a time zone, 12 for a year.
   *
   * @param day of the month, 1 to 31; the last one where a month has fewer
   */
  record Months(int months, int day, ZoneId zone) implements Step {
    public Months {
      Require.range("months", months, 1, 1200);
      Require.range("day", day, 1, 31);
    }

    @Override
    public long plus(long origin, long count) {
      ZonedDateTime from = at(origin, zone);
      YearMonth month = YearMonth.from(from).plusMonths(Math.multiplyExact(months, count));
      var date = month.atDay(Math.min(day, month.lengthOfMonth()));
      return date.atTime(from.toLocalTime()).atZone(zone).toInstant().toEpochMilli();
    }

    @Override
    public long millis() {
      return months * 2_629_746_000L; // a twelfth of the Gregorian year
    }

    @Override
    public String text() {
      return months % 12 == 0 ? months / 12 + "y" : months + "mo";
    }

    @Override
    public long floor(long time) {
      ZonedDateTime at = at(time, zone);
      long month =
          Math.floorDiv(at.getYear() * 12L + at.getMonthValue() - 1, (long) months) * months;
      var first =
          YearMonth.of((int) Math.floorDiv(month, 12L), (int) Math.floorMod(month, 12L) + 1);
      return first.atDay(1).atStartOfDay(zone).toInstant().toEpochMilli();
    }
  }

  /**
   * The step of ascending times, most of which lie one step apart: months or years by day of the
   * month, days by the clock of {@code zone}, otherwise the usual distance.
   *
   * @throws DataException when there are fewer than two times
   */
  static Step of(long[] times, ZoneId zone) {
    if (times.length < 2) {
      throw new DataException(
          "%s times have no step; at least 2 are needed, or give the step".formatted(times.length));
    }
    long[] distances = new long[times.length - 1];
    Arrays.setAll(distances, i -> times[i + 1] - times[i]);
    Arrays.sort(distances);
    long usual = distances[(distances.length - 1) / 2];
    Require.that(distances[0] > 0, "times must ascend; merge duplicates first");
    if (usual >= 28 * 86_400_000L) {
      int day = dayOfMonth(times, zone);
      if (day > 0) {
        return new Months(usualMonths(times, zone), day, zone);
      }
    }
    long days = Math.round(usual / 86_400_000.0);
    boolean changing = distances[0] % usual != 0 || distances[distances.length - 1] % usual != 0;
    return days >= 1 && changing && sameClock(times, zone)
        ? new Days((int) days, zone)
        : new Fixed(usual);
  }

  /**
   * The day of the month all times lie on, the last of shorter months too; 0 where there is none.
   */
  private static int dayOfMonth(long[] times, ZoneId zone) {
    int day = 0;
    for (long time : times) {
      day = Math.max(day, at(time, zone).getDayOfMonth());
    }
    for (long time : times) {
      ZonedDateTime at = at(time, zone);
      if (at.getDayOfMonth() != Math.min(day, at.toLocalDate().lengthOfMonth())) {
        return 0;
      }
    }
    return sameClock(times, zone) ? day : 0;
  }

  private static int usualMonths(long[] times, ZoneId zone) {
    long[] months = new long[times.length - 1];
    Arrays.setAll(
        months,
        i ->
            ChronoUnit.MONTHS.between(
                YearMonth.from(at(times[i], zone)), YearMonth.from(at(times[i + 1], zone))));
    Arrays.sort(months);
    return (int) months[(months.length - 1) / 2];
  }

  private static boolean sameClock(long[] times, ZoneId zone) {
    return Arrays.stream(times).mapToObj(time -> at(time, zone).toLocalTime()).distinct().count()
        == 1;
  }

  private static ZonedDateTime at(long time, ZoneId zone) {
    return Instant.ofEpochMilli(time).atZone(zone);
  }
}
