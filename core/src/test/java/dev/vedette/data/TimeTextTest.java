package dev.vedette.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.math.Seeds;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
  private static long parse(String text) {
    char[] padded = ("9" + text + "9").toCharArray();
    return TimeText.parse(padded, 1, padded.length - 1, ZoneOffset.UTC);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1970-01-01;1970-01-01T00:00:00Z",
        "2024-02-29;2024-02-29T00:00:00Z",
        "2024/02/29 07:05;2024-02-29T07:05:00Z",
        "29.02.2024 07:05:09;2024-02-29T07:05:09Z",
        "2024-02-29T07:05:09.5;2024-02-29T07:05:09.500Z",
        "2024-02-29 07:05:09,123456789;2024-02-29T07:05:09.123Z",
        "2024-02-29T07:05:09Z;2024-02-29T07:05:09Z",
        "2024-02-29T07:05:09 UTC;2024-02-29T07:05:09Z",
        "2024-02-29T07:05+02:00;2024-02-29T05:05:00Z",
        "2024-02-29T07:05-0330;2024-02-29T10:35:00Z",
        "2024-02-29T07:05:09.25+01;2024-02-29T06:05:09.250Z",
        "1960-12-31T23:59:59.999Z;1960-12-31T23:59:59.999Z"
      })
  void readsMoments(String text, Instant expected) {
    assertThat(parse(text)).isEqualTo(expected.toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024",
        "20240229",
        "2023-02-29",
        "2024-13-01",
        "2024-00-10",
        "2024-2-9",
        "2024-01-01T",
        "2024-01-01T24:00",
        "2024-01-01T10:60",
        "2024-01-01T10:10:60",
        "2024-01-01T10:10:10.",
        "2024-01-01T10:10+19:00",
        "2024-01-01T10:10+1",
        "2024-01/01",
        "31.04.2024",
        "1.2.2024",
        "2024-01-01x",
        "10:10:10",
        "2024-01-01T10:10:10.0123456789",
        "2024-01-01Z10:10",
        "10.11.12.13"
      })
  void refusesWhatIsNoMoment(String text) {
    assertThat(parse(text)).isEqualTo(Column.Time.MISSING);
  }

  @Test
  void agreesWithTheJdkOnRandomMoments() {
    var random = Seeds.stream(12, 0);
    for (int i = 0; i < 20_000; i++) {
      var offset = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60));
      var moment =
          Instant.ofEpochMilli(
                  random.nextLong(
                      LocalDate.of(1, 1, 3).toEpochDay() * 86_400_000L,
                      LocalDate.of(9999, 12, 29).toEpochDay() * 86_400_000L))
              .atOffset(offset);
      String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment);
      assertThat(parse(text)).as(text).isEqualTo(moment.toInstant().toEpochMilli());
      String plain = text.substring(0, 10).replace('-', '/');
      assertThat(parse(plain))
          .as(plain)
          .isEqualTo(
              OffsetDateTime.of(moment.toLocalDate().atStartOfDay(), ZoneOffset.UTC)
                  .toInstant()
                  .toEpochMilli());
    }
  }

  @Test
  void tellsTheUnitOfAnEpochByItsSize() {
    long expected = Instant.parse("2023-11-14T22:13:20Z").toEpochMilli();
    assertThat(TimeText.epoch(1.7e9)).isEqualTo(expected);
    assertThat(TimeText.epoch(1.7e12)).isEqualTo(expected);
    assertThat(TimeText.epoch(1.7e15)).isEqualTo(expected);
    assertThat(TimeText.epoch(1.7e18)).isEqualTo(expected);
    assertThat(TimeText.epoch(1.5)).isEqualTo(1500);
    assertThat(TimeText.epoch(-1)).isEqualTo(-1000);
    assertThat(TimeText.epoch(Double.NaN)).isEqualTo(Column.Time.MISSING);
    assertThat(TimeText.epoch(1e300)).isEqualTo(Column.Time.MISSING);
  }
}
