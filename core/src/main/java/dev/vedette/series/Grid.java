package dev.vedette.series;

import dev.vedette.DataException;
import dev.vedette.Require;
import dev.vedette.data.Series;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Where points in time lie on a regular grid: the slots that a season counts in. A step of 28 to 31
 * days is a month, one of 90 to 92 days three, one of 365 or 366 twelve (UTC). A point lies in the
 * slot nearest to it.
 *
 * @param origin the time of slot 0, in milliseconds
 * @param step between slots, in milliseconds
 * @param months between slots, or 0 where the step is one in milliseconds
 */
record Grid(long origin, long step, int months) {
  /** Where gaps would make more slots per point than this, the step is too fine for the series. */
  private static final int MOST_SLOTS_PER_POINT = 100;

  private static final long DAY = 86_400_000;
  private static final double MONTH = 365.25 * DAY / 12;

  Grid {
    Require.that(step > 0, "the step of a grid must be positive");
    Require.range("months", months, 0, 1200);
  }

  /** The grid of the usual step of {@code series}. */
  static Grid of(Series series) {
    if (series.points() == 0) {
      throw new DataException("the series has 0 points; at least 2 are needed");
    }
    long step = Math.max(1, series.step());
    long days = Math.round((double) step / DAY);
    boolean whole = step >= 28 * DAY;
    int months =
        !whole
            ? 0
            : days <= 31
                ? 1
                : days >= 90 && days <= 92 ? 3 : days / 365.0 > 0.999 && days <= 366 ? 12 : 0;
    return new Grid(series.time(0), step, months);
  }

  /** The slot of a time; negative before the origin. */
  long slot(long time) {
    if (months == 0) {
      return Math.floorDiv(time - origin + step / 2, step);
    }
    return Math.round((month(time) - month(origin)) / months);
  }

  /** Months since 0000-01 with a fraction for the day. */
  private static double month(long time) {
    OffsetDateTime at = Instant.ofEpochMilli(time).atOffset(ZoneOffset.UTC);
    double part = (at.getDayOfMonth() - 1.0) / at.toLocalDate().lengthOfMonth();
    return at.getYear() * 12.0 + at.getMonthValue() - 1 + part;
  }

  /** What a season of so many slots is called: {@code season of a day}. */
  String season(double slots) {
    return Season.name(slots * (months == 0 ? step : months * MONTH));
  }

  /** The slots of the points of {@code series}. */
  long[] slots(Series series) {
    long[] slots = new long[series.points()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = slot(series.time(i));
    }
    return slots;
  }

  /**
   * The values of {@code series} in the slots from the first to the last of {@code slots}: NaN
   * where there is none, the mean where there are several.
   *
   * @throws DataException where there are nearly only gaps
   */
  static double[] values(Series series, long[] slots) {
    if (slots.length == 0) {
      return new double[0];
    }
    long count = slots[slots.length - 1] - slots[0] + 1;
    if (count > (long) MOST_SLOTS_PER_POINT * slots.length) {
      throw new DataException(
          "%s points lie on %s steps; resample the series to a coarser step first"
              .formatted(slots.length, count));
    }
    double[] values = new double[(int) count];
    int[] found = new int[values.length];
    for (int i = 0; i < slots.length; i++) {
      double value = series.value(0, i);
      if (!Double.isNaN(value)) {
        int slot = (int) (slots[i] - slots[0]);
        values[slot] += (value - values[slot]) / ++found[slot];
      }
    }
    for (int slot = 0; slot < values.length; slot++) {
      values[slot] = found[slot] == 0 ? Double.NaN : values[slot];
    }
    return values;
  }

  /** The values at {@code slots} of an array that starts at the first of them. */
  static double[] at(double[] slotted, long[] slots) {
    double[] values = new double[slots.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = slotted[(int) (slots[i] - slots[0])];
    }
    return values;
  }
}
