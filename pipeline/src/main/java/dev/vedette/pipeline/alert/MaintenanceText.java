package dev.vedette.pipeline.alert;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads {@link Maintenance} from text. */
final class MaintenanceText {
  private final String text;

  MaintenanceText(String text) {
    this.text = text;
  }

  Maintenance parse() {
    var words = new ArrayList<>(Arrays.asList(text.strip().split("\\s+")));
    String keys = "*";
    int at = words.indexOf("for");
    if (at >= 0) {
      if (at != words.size() - 2) {
        throw wrong("after 'for' comes one pattern of keys, such as web-*", null);
      }
      keys = words.getLast();
      words.subList(at, words.size()).clear();
    }
    boolean once = words.size() > 1 && words.get(1).equals("to");
    int needed = once ? 3 : 2;
    if (words.size() < needed || words.size() > needed + 1) {
      throw wrong(
          "write 'Sat 22:00-24:00 Europe/Berlin', 'daily 02:00-03:00' or"
              + " '2026-12-24T18:00 to 2026-12-26T06:00'",
          null);
    }
    ZoneId zone = words.size() > needed ? zone(words.get(needed)) : ZoneOffset.UTC;
    if (once) {
      return new Maintenance.Once(instant(words.get(0), zone), instant(words.get(2), zone), keys);
    }
    String[] times = words.get(1).split("-", -1);
    if (times.length != 2) {
      throw wrong("'" + words.get(1) + "' is no span of time; write 22:00-24:00", null);
    }
    if (times[0].equals("24:00")) {
      throw wrong("it begins at 24:00; write 00:00 of the next day", null);
    }
    return new Maintenance.Weekly(
        days(words.getFirst()), time(times[0]), time(times[1]), zone, keys);
  }

  private List<DayOfWeek> days(String word) {
    if (word.equalsIgnoreCase("daily")) {
      return List.of(DayOfWeek.values());
    }
    var days = new ArrayList<DayOfWeek>();
    for (String part : word.split(",", -1)) {
      String[] ends = part.split("-", -1);
      if (ends.length > 2) {
        throw wrong("'" + part + "' are no days; write Mon-Fri", null);
      }
      DayOfWeek last = day(ends[ends.length - 1]);
      for (DayOfWeek day = day(ends[0]); ; day = day.plus(1)) {
        days.add(day);
        if (day == last) {
          break;
        }
      }
    }
    return days;
  }

  private DayOfWeek day(String word) {
    String start = word.toUpperCase(Locale.ROOT);
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> start.equals(day.name()) || start.equals(day.name().substring(0, 3)))
        .findFirst()
        .orElseThrow(
            () -> wrong("'" + word + "' is no day; write daily, or days such as Sat", null));
  }

  private LocalTime time(String word) {
    try {
      return word.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(word);
    } catch (DateTimeParseException e) {
      throw wrong("'" + word + "' is no time of day; write 22:00", e);
    }
  }

  private ZoneId zone(String word) {
    try {
      return ZoneId.of(word);
    } catch (DateTimeException e) {
      throw wrong("'" + word + "' is no time zone; write Europe/Berlin", e);
    }
  }

  private Instant instant(String word, ZoneId zone) {
    try {
      return OffsetDateTime.parse(word).toInstant();
    } catch (DateTimeParseException notWithOffset) {
      try {
        return LocalDateTime.parse(word).atZone(zone).toInstant();
      } catch (DateTimeParseException e) {
        throw wrong("'" + word + "' is no date and time; write 2026-12-24T18:00", e);
      }
    }
  }

  private IllegalArgumentException wrong(
      String why, @org.jspecify.annotations.Nullable Throwable cause) {
    return new IllegalArgumentException("maintenance '" + text + "': " + why, cause);
  }
}
