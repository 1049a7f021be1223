package dev.vedette.pipeline.alert;

import dev.vedette.Require;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/** A time in which flagged events are decided and kept, but nobody is told. */
public sealed interface Maintenance {
  /**
   * Whether nobody is told of an event.
   *
   * @param at when it happened, in milliseconds since 1970-01-01T00:00Z
   * @param key of the event
   */
  boolean covers(long at, String key);

  /**
   * Reads a text such as
   *
   * <pre>
   * daily 02:00-03:00
   * Sat 22:00-24:00 Europe/Berlin
   * Mon-Fri,Sun 23:00-01:30 for web-*
   * 2026-12-24T18:00 to 2026-12-26T06:00 Europe/Berlin for till-??
   * </pre>
   *
   * A window that ends before it begins ends on the next day. The zone is UTC unless given. {@code
   * for} limits the window to keys that match: {@code *} stands for any characters, {@code ?} for
   * one.
   *
   * @throws IllegalArgumentException naming what is wrong and what to write
   */
  static Maintenance parse(String text) {
    return new MaintenanceText(text).parse();
  }

  /** From one moment to another, the end excluded. */
  record Once(Instant from, Instant to, String keys) implements Maintenance {
    public Once {
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException(
            "maintenance must end after it begins, is from " + from + " to " + to);
      }
      Require.that(!keys.isEmpty(), "maintenance is for no keys; write * for all");
    }

    @Override
    public boolean covers(long at, String key) {
      Instant moment = Instant.ofEpochMilli(at);
      return !moment.isBefore(from) && moment.isBefore(to) && Glob.matches(keys, key);
    }
  }

  /**
   * Again and again, by the clocks of a zone.
   *
   * @param days on which it begins, Monday first
   * @param to the end, excluded; on the next day where it is not after {@code from}
   */
  record Weekly(List<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone, String keys)
      implements Maintenance {
    public Weekly {
      days = days.stream().distinct().sorted().toList();
      Require.that(!days.isEmpty(), "maintenance has no days; write daily, or days such as Sat");
      Require.that(!keys.isEmpty(), "maintenance is for no keys; write * for all");
    }

    @Override
    public boolean covers(long at, String key) {
      var local = Instant.ofEpochMilli(at).atZone(zone);
      LocalTime time = local.toLocalTime();
      boolean today = days.contains(local.getDayOfWeek());
      boolean within;
      if (from.isBefore(to)) {
        within = today && !time.isBefore(from) && time.isBefore(to);
      } else {
        boolean yesterday = days.contains(local.getDayOfWeek().minus(1));
        within = (today && !time.isBefore(from)) || (yesterday && time.isBefore(to));
      }
      return within && Glob.matches(keys, key);
    }
  }
}
