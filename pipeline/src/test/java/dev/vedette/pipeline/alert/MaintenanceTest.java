package dev.vedette.pipeline.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaintenanceTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          daily 02:00-03:00,             2026-05-04T02:00Z,      true
          daily 02:00-03:00,             2026-05-04T03:00Z,      false
          daily 02:00-03:00,             2026-05-04T01:59:59Z,   false
          Sat 22:00-24:00 Europe/Berlin, 2026-07-04T20:00Z,      true
          Sat 22:00-24:00 Europe/Berlin, 2026-07-04T21:59:59Z,   true
          Sat 22:00-24:00 Europe/Berlin, 2026-07-04T22:00Z,      false
          Sat 22:00-24:00 Europe/Berlin, 2026-01-03T20:00Z,      false
          Sat 22:00-24:00 Europe/Berlin, 2026-01-03T21:00Z,      true
          Sat 22:00-02:00,               2026-07-05T01:59Z,      true
          Sat 22:00-02:00,               2026-07-05T02:00Z,      false
          Sat 22:00-02:00,               2026-07-04T01:00Z,      false
          Sunday 00:00-24:00,            2026-07-05T13:00Z,      true
          Sunday 00:00-24:00,            2026-07-06T00:00Z,      false
          'sat-mon,wed 10:00-11:00',     2026-07-06T10:30Z,      true
          'sat-mon,wed 10:00-11:00',     2026-07-07T10:30Z,      false
          'sat-mon,wed 10:00-11:00',     2026-07-08T10:30Z,      true
          2026-12-24T18:00 to 2026-12-26T06:00,               2026-12-26T05:59Z, true
          2026-12-24T18:00 to 2026-12-26T06:00,               2026-12-26T06:00Z, false
          2026-12-24T18:00 to 2026-12-26T06:00 Europe/Berlin, 2026-12-24T17:00Z, true
          2026-12-24T18:00+05:00 to 2026-12-26T06:00Z,        2026-12-24T13:00Z, true
          2026-12-24T18:00+05:00 to 2026-12-26T06:00Z,        2026-12-24T12:59Z, false
          """)
  void covers(String text, String at, boolean covered) {
    long millis = OffsetDateTime.parse(at).toInstant().toEpochMilli();
    assertThat(Maintenance.parse(text).covers(millis, "any")).isEqualTo(covered);
    assertThat(Maintenance.parse(text + " for a*").covers(millis, "any")).isEqualTo(covered);
    assertThat(Maintenance.parse(text + " for b*").covers(millis, "any")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          Sat,                          write 'Sat 22:00-24:00 Europe/Berlin'
          '',                           write 'Sat 22:00-24:00 Europe/Berlin'
          Sat 22:00,                    '''22:00'' is no span of time'
          Sat 22:00-25:00,              '''25:00'' is no time of day'
          Caturday 22:00-23:00,         '''Caturday'' is no day'
          Mon-Fri-Sun 22:00-23:00,      '''Mon-Fri-Sun'' are no days'
          Sat 22:00-23:00 Mars/Base,    '''Mars/Base'' is no time zone'
          Sat 22:00-23:00 UTC UTC,      write
          daily 22:00-23:00 for,        after 'for' comes one pattern
          daily 22:00-23:00 for a b,    after 'for' comes one pattern
          2026-12-24 to 2026-12-26,     '''2026-12-24'' is no date and time'
          2026-12-24T01:00 to 2026-12-24T01:00, must end after it begins
          Sat 24:00-02:00,              'write 00:00 of the next day'
          """)
  void refusesWithAReason(String text, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Maintenance.parse(text))
        .withMessageContaining(reason);
  }

  @Test
  void globsAgreeWithRegularExpressions() {
    var random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      String pattern = word(random, "ab*?");
      String text = word(random, "ab");
      String regex = pattern.replace("*", ".*").replace("?", ".");
      assertThat(Glob.matches(pattern, text))
          .as("%s on %s", pattern, text)
          .isEqualTo(text.matches(regex));
    }
  }

  private static String word(Random random, String letters) {
    var word = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }

  @Test
  void thePolicyIsChecked() {
    var policy = new AlertPolicy();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.coolDown(Duration.ZERO))
        .withMessage("cool-down must be from 1s to 365d, is PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.leastSeverity(101))
        .withMessageContaining("least-severity must be from 0 to 100, is 101");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.leastDeviation(Double.NaN))
        .withMessageContaining("write 0.2 for 20 %");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.flapping(-1, Duration.ofHours(1)))
        .withMessageContaining("flap-count");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.groupBy(" "))
        .withMessageContaining("group-by is empty");
  }
}
