package dev.vedette.azure;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads a point in time: {@code 2018-03-01}, {@code 2018-03-01T00:00:00Z}, {@code 2018-03-01
 * 00:00:00.5+01:00}, {@code 3/1/2018 4:39:32 PM}. Without a zone it is UTC. Digits below a
 * microsecond are dropped.
 */
final class Timestamps {
  private final String text;
  private int at;

  private Timestamps(String text) {
    this.text = text;
  }

  /** Epoch microseconds; {@link DateTimeException} where it is none. */
  static long parse(String text) {
    return new Timestamps(text.strip()).read();
  }

  private long read() {
    if (text.length() > 4 && (text.charAt(1) == '/' || text.charAt(2) == '/')) {
      return american();
    }
    int year = digits(4);
    expect('-');
    int month = digits(2);
    expect('-');
    long seconds = LocalDate.of(year, month, digits(2)).toEpochDay() * 86_400;
    long micros = 0;
    if (at < text.length() && (text.charAt(at) == 'T' || text.charAt(at) == ' ')) {
      at++;
      seconds += limited(digits(2), 23) * 3600L;
      expect(':');
      seconds += limited(digits(2), 59) * 60L;
      if (at < text.length() && text.charAt(at) == ':') {
        at++;
        seconds += limited(digits(2), 59);
        micros = fraction();
      }
      seconds -= offset();
    }
    if (at != text.length()) {
      throw refused();
    }
    return seconds * 1_000_000 + micros;
  }

  /** {@code 12/16/2021 4:39:32 AM}: month, day, year, and an hour of the half day. */
  private long american() {
    int month = number();
    expect('/');
    int day = number();
    expect('/');
    long seconds = LocalDate.of(digits(4), month, day).toEpochDay() * 86_400;
    long micros = 0;
    if (at < text.length() && text.charAt(at) == ' ') {
      at++;
      int hour = limited(number(), 23);
      expect(':');
      seconds += limited(digits(2), 59) * 60L;
      if (at < text.length() && text.charAt(at) == ':') {
        at++;
        seconds += limited(digits(2), 59);
        micros = fraction();
      }
      seconds += halfDay(hour) * 3600L;
    }
    if (at != text.length()) {
      throw refused();
    }
    return seconds * 1_000_000 + micros;
  }

  private int halfDay(int hour) {
    String rest = text.substring(at).strip();
    if (rest.isEmpty()) {
      return hour;
    }
    boolean afternoon = rest.equalsIgnoreCase("PM");
    if (hour < 1 || hour > 12 || !(afternoon || rest.equalsIgnoreCase("AM"))) {
      throw refused();
    }
    at = text.length();
    return hour % 12 + (afternoon ? 12 : 0);
  }

  /** One or two digits. */
  private int number() {
    boolean two = at + 1 < text.length() && digit(text.charAt(at + 1));
    return digits(two ? 2 : 1);
  }

  private long fraction() {
    if (at >= text.length() || text.charAt(at) != '.') {
      return 0;
    }
    at++;
    long micros = 0;
    long unit = 100_000;
    int begin = at;
    for (; at < text.length() && digit(text.charAt(at)); at++) {
      micros += unit * (text.charAt(at) - '0');
      unit /= 10;
    }
    if (at == begin) {
      throw refused();
    }
    return micros;
  }

  /** Seconds east of UTC. */
  private long offset() {
    if (at >= text.length()) {
      return 0;
    }
    char sign = text.charAt(at++);
    if (sign == 'Z' || sign == 'z') {
      return 0;
    }
    if (sign != '+' && sign != '-') {
      throw refused();
    }
    long seconds = limited(digits(2), 18) * 3600L;
    if (at < text.length()) {
      if (text.charAt(at) == ':') {
        at++;
      }
      seconds += limited(digits(2), 59) * 60L;
    }
    return sign == '-' ? -seconds : seconds;
  }

  private int limited(int value, int most) {
    if (value > most) {
      throw refused();
    }
    return value;
  }

  private int digits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++, at++) {
      if (at >= text.length() || !digit(text.charAt(at))) {
        throw refused();
      }
      value = value * 10 + text.charAt(at) - '0';
    }
    return value;
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private void expect(char wanted) {
    if (at >= text.length() || text.charAt(at++) != wanted) {
      throw refused();
    }
  }

  private DateTimeException refused() {
    return new DateTimeException("'" + text + "' is no timestamp at position " + at);
  }
}
