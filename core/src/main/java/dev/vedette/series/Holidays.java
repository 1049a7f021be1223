package dev.vedette.series;

import dev.vedette.Require;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Kinds of days on which a series behaves in its own way, by day since 1970 in UTC.
 *
 * @param kinds first and last day of each stretch, in pairs, for each kind of day
 */
record Holidays(long[][] kinds) {
  private static final String NONE = "none";
  private static final long DAY = 86_400_000;
  private static final int MOST_DAYS = 366;

  /**
   * Reads {@code 2025-12-25_2026-12-25/2025-12-31..2026-01-01_2026-12-31..2027-01-01}: days and
   * stretches of days, {@code _} between those of a kind and {@code /} between the kinds; {@code
   * none} for none.
   *
   * @throws IllegalArgumentException naming the word that is no day
   */
  static Holidays parse(String text) {
    if (text.equals(NONE)) {
      return new Holidays(new long[0][]);
    }
    List<long[]> kinds = new ArrayList<>();
    for (String kind : text.split("/", -1)) {
      kinds.add(
          Arrays.stream(kind.split("_", -1))
              .map(Holidays::stretch)
              .flatMapToLong(Arrays::stream)
              .toArray());
    }
    return new Holidays(kinds.toArray(long[][]::new));
  }

  private static long[] stretch(String text) {
    try {
      String[] ends = text.split("\\.\\.", 2);
      long first = LocalDate.parse(ends[0]).toEpochDay();
      long last = LocalDate.parse(ends[ends.length - 1]).toEpochDay();
      Require.that(
          first <= last && last - first <= MOST_DAYS,
          "holidays: '" + text + "' must be from a day to a later one, at most a year");
      return new long[] {first, last};
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "holidays must be none, or days such as 2026-12-25 or 2026-12-25..2026-12-26 with _"
              + " between days of a kind and / between kinds; '"
              + text
              + "' is no day",
          e);
    }
  }

  /** Days of a kind of which each has days before and after that are alike from year to year. */
  static String around(List<LocalDate> days, int before, int after) {
    var kinds = new ArrayList<String>();
    for (int offset = -before; offset <= after; offset++) {
      int shift = offset;
      kinds.add(String.join("_", days.stream().map(d -> d.plusDays(shift).toString()).toList()));
    }
    return kinds.isEmpty() || days.isEmpty() ? NONE : String.join("/", kinds);
  }

  /** Whether {@code time} is on a day of {@code kind}. */
  boolean holds(int kind, long time) {
    long day = Math.floorDiv(time, DAY);
    long[] stretches = kinds[kind];
    for (int i = 0; i < stretches.length; i += 2) {
      if (day >= stretches[i] && day <= stretches[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
