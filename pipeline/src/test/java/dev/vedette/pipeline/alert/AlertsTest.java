package dev.vedette.pipeline.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.Decision;
import dev.vedette.pipeline.Cause;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.Handling;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertsTest {
  private static final AlertPolicy DEFAULTS = new AlertPolicy();

  @Test
  void aGroupOpensIsUpdatedOncePerCoolDownAndCloses() {
    var told = new Told(DEFAULTS);
    assertThat(told.flagged("a", 0, 50)).containsExactly("OPENED a 1");
    assertThat(told.flagged("a", 2, 80)).isEmpty();
    assertThat(told.flagged("a", 8, 60)).isEmpty();
    assertThat(told.calm(9.99)).isEmpty();
    assertThat(told.calm(10)).containsExactly("UPDATED a 3");
    assertThat(told.last().worst()).isEqualTo(2);
    assertThat(told.last().severity()).isEqualTo(80);
    assertThat(told.flagged("a", 12, 60)).isEmpty();
    assertThat(told.calm(20)).containsExactly("UPDATED a 4");
    assertThat(told.calm(21.99)).isEmpty();
    assertThat(told.calm(22)).containsExactly("CLOSED a 4");
    assertThat(told.calm(1000)).isEmpty();
    assertThat(told.last().opened()).isZero();
    assertThat(told.last().last()).isEqualTo(12 * Told.MINUTE);
    assertThat(told.told).extracting(Alert::id).containsOnly("p:1");
    assertThat(told.told).extracting(Alert::idempotencyKey).doesNotHaveDuplicates();
  }

  @Test
  void theNextFlaggedEventTellsToo() {
    var told = new Told(DEFAULTS);
    told.flagged("a", 0, 50);
    told.flagged("a", 5, 50);
    assertThat(told.flagged("a", 10, 50)).containsExactly("UPDATED a 3");
  }

  @Test
  void anEventAfterTheCoolDownOpensAnotherAlert() {
    var told = new Told(DEFAULTS);
    told.flagged("a", 0, 50);
    assertThat(told.flagged("a", 10, 50)).containsExactly("CLOSED a 1", "OPENED a 1");
    assertThat(told.last().id()).isEqualTo("p:2");
  }

  @Test
  void whatIsClosedIsNotUpdatedBefore() {
    var told = new Told(DEFAULTS);
    told.flagged("a", 0, 50);
    told.flagged("a", 1, 50);
    assertThat(told.calm(60)).containsExactly("CLOSED a 2");
  }

  @Test
  void groupsByKeyByAllAndByField() {
    var byKey = new Told(DEFAULTS);
    byKey.flagged("a", 0, 50);
    assertThat(byKey.flagged("b", 1, 50)).containsExactly("OPENED b 1");
    assertThat(byKey.calm(11)).containsExactly("CLOSED a 1", "CLOSED b 1");
    var all = new Told(DEFAULTS.groupBy("all"));
    all.flagged("a", 0, 50);
    assertThat(all.flagged("b", 1, 50)).isEmpty();
    assertThat(all.calm(11)).containsExactly("CLOSED all 2");
    assertThat(new Told(DEFAULTS.groupBy("shop")).flagged("a", 0, 50))
        .containsExactly("OPENED shop of a 1");
    assertThat(new Told(DEFAULTS.groupBy("city")).flagged("a", 0, 50))
        .containsExactly("OPENED no city 1");
  }

  @Test
  void slightEventsAreLeftOut() {
    var told = new Told(DEFAULTS.leastSeverity(60));
    assertThat(told.flagged("a", 0, 59.9)).isEmpty();
    assertThat(told.flagged("a", 1, 60)).containsExactly("OPENED a 1");
    assertThat(told.flagged("a", 9, 59)).isEmpty();
    assertThat(told.calm(11)).as("a slight event keeps nothing open").containsExactly("CLOSED a 1");
  }

  @Test
  void smallDeviationsAreLeftOut() {
    var told = new Told(DEFAULTS.leastDeviation(0.2));
    assertThat(told.flagged("a", 0, 90, 120, 100)).isEmpty();
    assertThat(told.flagged("a", 0, 90, 80, 100)).isEmpty();
    assertThat(told.flagged("a", 0, 90, -100, -110)).isEmpty();
    assertThat(told.flagged("a", 0, 90, 121, 100)).containsExactly("OPENED a 1");
    assertThat(told.flagged("b", 0, 90, Double.NaN, 100)).containsExactly("OPENED b 1");
    assertThat(told.flagged("c", 0, 90, 100, Double.NaN)).containsExactly("OPENED c 1");
    assertThat(told.flagged("d", 0, 90, 0.1, 0)).containsExactly("OPENED d 1");
    assertThat(new Told(DEFAULTS).flagged("a", 0, 90, 1, 1)).containsExactly("OPENED a 1");
  }

  @Test
  void maintenanceIsNotTold() {
    var nightly = Maintenance.parse("daily 00:10-00:20 for web-*");
    var told = new Told(DEFAULTS.maintenance(List.of(nightly)));
    assertThat(told.flagged("web-1", 9, 90)).containsExactly("OPENED web-1 1");
    assertThat(told.flagged("web-1", 10, 90)).isEmpty();
    assertThat(told.flagged("db-1", 11, 90)).containsExactly("OPENED db-1 1");
    assertThat(told.calm(19)).containsExactly("CLOSED web-1 1");
    assertThat(told.flagged("web-1", 20, 90)).containsExactly("OPENED web-1 1");
  }

  @Test
  void aFlappingGroupIsToldOnceAndHeldBackUntilCalm() {
    var told = new Told(DEFAULTS.flapping(2, Duration.ofHours(1)));
    told.flagged("a", 0, 50);
    assertThat(told.flagged("a", 15, 50)).containsExactly("CLOSED a 1", "OPENED a 1");
    assertThat(told.flagged("a", 30, 50)).containsExactly("CLOSED a 1", "OPENED a 1");
    assertThat(told.last().summary()).contains("flapping, opened 3 times within 1h");
    for (int minute = 45; minute < 300; minute += 15) {
      assertThat(told.flagged("a", minute, 50)).isEmpty();
    }
    assertThat(told.calm(344.9)).isEmpty();
    assertThat(told.calm(345)).containsExactly("CLOSED a 18");
    assertThat(told.flagged("a", 346, 50)).containsExactly("OPENED a 1");
    assertThat(told.last().summary()).doesNotContain("flapping");
  }

  @Test
  void openingsFarApartDoNotFlap() {
    var told = new Told(DEFAULTS.flapping(2, Duration.ofHours(1)));
    for (int minute = 0; minute < 1000; minute += 30) {
      assertThat(told.flagged("a", minute, 50)).endsWith("OPENED a 1");
      assertThat(told.last().summary()).doesNotContain("flapping");
    }
    var never = new Told(DEFAULTS.flapping(0, Duration.ofHours(1)));
    for (int minute = 0; minute < 1000; minute += 10) {
      assertThat(never.flagged("a", minute, 50)).endsWith("OPENED a 1");
    }
  }

  @Test
  void tooManyGroupsCloseTheOldestFirst() {
    var told = new Told(new Alerts(DEFAULTS, "p", 2));
    told.flagged("a", 0, 50);
    told.flagged("b", 1, 50);
    told.flagged("a", 2, 50);
    assertThat(told.flagged("c", 3, 50)).containsExactly("CLOSED b 1", "OPENED c 1");
    assertThat(told.flagged("b", 4, 50)).containsExactly("CLOSED a 2", "OPENED b 1");
  }

  @Test
  void duplicatesDoNotCountAndLateEventsDo() {
    var alerts = new Alerts(DEFAULTS, "p");
    var flagged = new Decision(1, 0.001, 90, true);
    var early = new Event("1", "a", 0, Map.of());
    var later = new Event("2", "b", 60 * Told.MINUTE, Map.of());
    alerts.on(Told.of(1, later, Handling.JUDGED, flagged, List.of()));
    assertThat(alerts.on(Told.of(2, later, Handling.DUPLICATE, flagged, List.of()))).isEmpty();
    assertThat(alerts.on(Told.of(3, early, Handling.LATE, flagged, List.of()))).hasSize(1);
    var told = new Told(alerts);
    assertThat(told.calm(69)).isEmpty();
    assertThat(told.calm(70)).containsExactly("CLOSED b 1", "CLOSED a 1");
  }

  @Test
  void theSummaryIsOneLineForAPerson() {
    var told = new Told(DEFAULTS);
    told.flagged("4711", 0, 86.6, 18.2, 1);
    assertThat(told.last().summary())
        .isEqualTo(
            "4711: 1 anomalous event since 1970-01-01 00:00:00 UTC, severity 87: amount is 18.2");
    told.flagged("4711", 1, 20);
    told.calm(100);
    assertThat(told.last().summary())
        .isEqualTo(
            "4711: closed after 2 anomalous events since 1970-01-01 00:00:00 UTC, severity 87:"
                + " amount is 18.2");
    var cause = new Cause("f", 1, 2, 1, "x".repeat(1000) + "\u202E");
    String hostile = "a\r\nBcc: b\u2028\u202E\u0000c" + "y".repeat(1000);
    told.on(Told.decision(1, hostile, 200, 50, true, List.of(cause)));
    assertThat(told.last().summary())
        .hasSizeLessThan(500)
        .doesNotContainPattern("[\\p{Cntrl}\u2028\u202E]");
    assertThat(told.last().group()).isEqualTo(hostile);
  }

  @Test
  void theEndOfTimeIsNotPassed() {
    var alerts = new Alerts(DEFAULTS, "p");
    var flagged = new Decision(1, 0.001, 90, true);
    for (long at : new long[] {Long.MIN_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE}) {
      var event = new Event("1", "a", at, Map.of());
      assertThat(alerts.on(Told.of(1, event, Handling.JUDGED, flagged, List.of()))).isNotEmpty();
    }
  }
}
