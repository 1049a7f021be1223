package dev.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the points of a forecast are: a month or a day of a zone is not always as long. */
class ForecastTimesTest {
  @TempDir Path folder;

  /** The times that follow points from {@code at} to the next after {@code points}. */
  private List<String> ahead(
      ZonedDateTime at, UnaryOperator<ZonedDateTime> next, int points, String options)
      throws Exception {
    var text = new StringBuilder("time,load\n");
    for (int i = 0; i < points; i++) {
      text.append(at.toInstant()).append(',').append(10 + i % 3).append('\n');
      at = next.apply(at);
    }
    Files.writeString(folder.resolve("history.csv"), text);
    String command = "forecast history.csv --points 3 --out ahead.csv " + options;
    Run run = Run.of(Run.split(command.strip(), folder));
    assertThat(run.code()).as(run.err()).isZero();
    return Files.readAllLines(folder.resolve("ahead.csv")).stream()
        .skip(1)
        .map(line -> line.split(",", -1)[1])
        .toList();
  }

  private static ZonedDateTime utc(int year, int month, int day) {
    return ZonedDateTime.of(year, month, day, 0, 0, 0, 0, ZoneOffset.UTC);
  }

  @Test
  void monthsAndYearsGoOnByTheCalendar() throws Exception {
    String[] months = {"2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"};
    assertThat(ahead(utc(2022, 1, 1), at -> at.plusMonths(1), 48, "")).containsExactly(months);
    assertThat(ahead(utc(2024, 1, 1), at -> at.plusDays(1), 731, "--every 1mo"))
        .containsExactly(months);
    assertThat(ahead(utc(1990, 1, 1), at -> at.plusMonths(1), 36 * 12, "--every 1y"))
        .containsExactly("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z");
    assertThat(ahead(utc(1990, 7, 4), at -> at.plusYears(1), 36, "--zone Europe/Berlin"))
        .containsExactly("2026-07-04T00:00:00Z", "2027-07-04T00:00:00Z", "2028-07-04T00:00:00Z");
  }

  @Test
  void lastDaysOfMonthsStayTheLast() throws Exception {
    assertThat(ahead(utc(2022, 1, 31), at -> at.plusDays(1).plusMonths(1).minusDays(1), 48, ""))
        .containsExactly("2026-01-31T00:00:00Z", "2026-02-28T00:00:00Z", "2026-03-31T00:00:00Z");
  }

  @Test
  void daysOfAZoneFollowItsClock() throws Exception {
    ZonedDateTime start = ZonedDateTime.of(2026, 3, 1, 0, 0, 0, 0, ZoneId.of("Europe/Berlin"));
    String[] days = {"2026-10-23T22:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"};
    assertThat(ahead(start, at -> at.plusDays(1), 237, "--zone Europe/Berlin"))
        .containsExactly(days);
    assertThat(ahead(start, at -> at.plusHours(6), 237 * 4, "--zone Europe/Berlin --every 1d"))
        .containsExactly(days);
  }

  @Test
  void evenTimesGoOnEvenly() throws Exception {
    assertThat(ahead(utc(2026, 1, 1), at -> at.plusHours(6), 100, ""))
        .containsExactly("2026-01-26T00:00:00Z", "2026-01-26T06:00:00Z", "2026-01-26T12:00:00Z");
  }
}
