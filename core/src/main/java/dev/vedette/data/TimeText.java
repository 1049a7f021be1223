package dev.vedette.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Moments in text: ISO 8601 dates with an optional time of day, fraction and offset, and the dates
 * {@code yyyy/MM/dd} and {@code dd.MM.yyyy} with the same. Without an offset it is by the clock of
 * a zone: of an hour that comes twice the first, an hour left out is an hour later. Holds a
 * position in the text while it reads.
 */
final class TimeText {
  private static final long DAY = 86_400_000L;

  private final char[] text;
  private final int to;
  private final ZoneId zone;
  private int at;

  private TimeText(char[] text, int from, int to, ZoneId zone) {
    this.zone = zone;
    this.text = text;
    this.at = from;
    this.to = to;
  }

  /**
   * Milliseconds since 1970-01-01T00:00Z (finer digits are cut off), or {@link Column.Time#MISSING}
   * when {@code text[from, to)} is no moment.
   */
  static long parse(char[] text, int from, int to, ZoneId zone) {
    if (to - from < 8 || text[from] < '0' || text[from] > '9') {
      return Column.Time.MISSING;
    }
    return new TimeText(text, from, to, zone).moment();
  }

  /**
   * Milliseconds of a count since 1970-01-01T00:00Z. The size tells the unit: below 10<sup>11</sup>
   * seconds, below 10<sup>14</sup> milliseconds, below 10<sup>17</sup> microseconds, else
   * nanoseconds.
   */
  static long epoch(double count) {
    double size = Math.abs(count);
    if (!(size < 9e18)) {
      return Column.Time.MISSING;
    }
    double factor = size < 1e11 ? 1e3 : size < 1e14 ? 1 : size < 1e17 ? 1e-3 : 1e-6;
    return (long) Math.floor(count * factor);
  }

  private long moment() {
    long day = date();
    if (day == Column.Time.MISSING) {
      return day;
    }
    if (at == to) {
      return local(day * DAY);
    }
    if (!eat('T') && !eat('t') && !eat(' ')) {
      return Column.Time.MISSING;
    }
    eatBlanks();
    long clock = clock();
    eatBlanks();
    if (at == to) {
      return clock < 0 ? Column.Time.MISSING : local(day * DAY + clock);
    }
    int offset = offset();
    return clock < 0 || offset == Integer.MIN_VALUE || at != to
        ? Column.Time.MISSING
        : day * DAY + clock - offset * 60_000L;
  }

  /** The moment when clocks show {@code millis} since 1970-01-01T00:00. */
  private long local(long millis) {
    if (zone.equals(ZoneOffset.UTC)) {
      return millis;
    }
    var clock =
        LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000L), 0, ZoneOffset.UTC).atZone(zone);
    return clock.toEpochSecond() * 1000 + Math.floorMod(millis, 1000L);
  }

  /** The day since 1970-01-01, or MISSING. */
  private long date() {
    int start = at;
    int year = number(4);
    if (year < 0) {
      at = start;
      int day = number(2);
      int month = eat('.') ? number(2) : -1;
      return eat('.') ? day(number(4), month, day) : Column.Time.MISSING;
    }
    char separator = at < to ? text[at] : 0;
    if (separator != '-' && separator != '/') {
      return Column.Time.MISSING;
    }
    int month = eat(separator) ? number(2) : -1;
    int day = eat(separator) ? number(2) : -1;
    return day(year, month, day);
  }

  private static long day(int year, int month, int day) {
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31) {
      return Column.Time.MISSING;
    }
    try {
      return LocalDate.of(year, month, day).toEpochDay();
    } catch (DateTimeException e) {
      return Column.Time.MISSING;
    }
  }

  /** Milliseconds of {@code HH:mm[:ss[.fraction]]}, or −1. */
  private long clock() {
    int hour = number(2);
    int minute = eat(':') ? number(2) : -1;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
      return -1;
    }
    long millis = (hour * 60L + minute) * 60_000;
    if (!eat(':')) {
      return millis;
    }
    int second = number(2);
    if (second < 0 || second > 59) {
      return -1;
    }
    return eat('.') || eat(',') ? fraction(millis + second * 1000L) : millis + second * 1000L;
  }

  private long fraction(long millis) {
    int start = at;
    long weight = 100;
    long sum = millis;
    while (at < to && text[at] >= '0' && text[at] <= '9' && at - start < 9) {
      sum += weight * (text[at++] - '0');
      weight /= 10;
    }
    return at == start ? -1 : sum;
  }

  /** Minutes east of UTC of {@code Z}, {@code UTC}, {@code +HH}, {@code +HHmm}, {@code +HH:mm}. */
  private int offset() {
    if (eat('Z') || eat('z')) {
      return 0;
    }
    if (MissingTokens.same("UTC", text, at, to) || MissingTokens.same("GMT", text, at, to)) {
      at = to;
      return 0;
    }
    boolean west = eat('-');
    if (!west && !eat('+')) {
      return Integer.MIN_VALUE;
    }
    int hours = number(2);
    int minutes = 0;
    if (at < to) {
      eat(':');
      minutes = number(2);
    }
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    return (west ? -1 : 1) * (hours * 60 + minutes);
  }

  /** Reads exactly {@code digits} digits; −1 when there are other characters. */
  private int number(int digits) {
    if (to - at < digits) {
      return -1;
    }
    int value = 0;
    for (int end = at + digits; at < end; at++) {
      int digit = text[at] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private void eatBlanks() {
    while (at < to && text[at] == ' ') {
      at++;
    }
  }

  private boolean eat(char expected) {
    if (at < to && text[at] == expected) {
      at++;
      return true;
    }
    return false;
  }
}
