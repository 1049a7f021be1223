package dev.vedette.pipeline.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.DataException;
import dev.vedette.pipeline.Cause;
import dev.vedette.pipeline.EventDecision;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds whatever comes. */
class AlertStreamTest {
  private static final AlertPolicy POLICY =
      new AlertPolicy()
          .flapping(2, Duration.ofHours(1))
          .leastSeverity(20)
          .leastDeviation(0.2)
          .maintenance(
              List.of(
                  Maintenance.parse("daily 02:00-03:00"), Maintenance.parse("Fri 23:00-05:00")));

  /** Out of order by up to 20 minutes, with pauses, bursts and ties. */
  private static List<EventDecision> stream(long seed, int size) {
    var random = new Random(seed);
    var decisions = new ArrayList<EventDecision>();
    double minute = 0;
    for (int i = 0; i < size; i++) {
      minute += random.nextInt(50) == 0 ? random.nextInt(90) : random.nextInt(3) * 0.5;
      boolean flagged = random.nextInt(3) == 0;
      String key = "k" + (int) Math.abs(random.nextGaussian() * 6);
      var cause = new Cause("f", random.nextInt(10), random.nextInt(10), 0.5, "f is odd\n");
      double at = minute - (random.nextInt(10) == 0 ? random.nextInt(20) : 0);
      decisions.add(Told.decision(i + 1, key, at, random.nextInt(101), flagged, List.of(cause)));
    }
    return decisions;
  }

  private static boolean isTold(EventDecision decision) {
    Cause cause = decision.causes().getFirst();
    return decision.decision().flagged()
        && decision.decision().severity() >= 20
        && Math.abs(cause.value() - cause.normal()) > 0.2 * cause.normal()
        && POLICY.maintenance().stream()
            .noneMatch(m -> m.covers(decision.event().at(), decision.event().key()));
  }

  private static byte[] written(Alerts alerts) throws IOException {
    var bytes = new ByteArrayOutputStream();
    alerts.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Alerts resumed(byte[] state) throws IOException {
    return Alerts.resume(POLICY, "p", new DataInputStream(new ByteArrayInputStream(state)));
  }

  @Test
  void everyFlaggedEventIsCountedInExactlyOneAlert() {
    for (int mostOpen : new int[] {3, 10_000}) {
      var alerts = new Alerts(POLICY, "p", mostOpen);
      int flapping = 0;
      Map<String, Alert> latest = new HashMap<>();
      Map<String, Long> wanted = new HashMap<>();
      for (EventDecision decision : stream(mostOpen, 50_000)) {
        if (isTold(decision)) {
          wanted.merge(decision.event().key(), 1L, Long::sum);
        }
        for (Alert alert : alerts.on(decision)) {
          flapping += alert.summary().contains("flapping") ? 1 : 0;
          Alert before = latest.put(alert.id(), alert);
          assertThat(alert.state() == Alert.State.OPENED).isEqualTo(before == null);
          assertThat(before == null || before.state() != Alert.State.CLOSED).isTrue();
          assertThat(alert.last()).isGreaterThanOrEqualTo(alert.opened());
        }
        assertThat(alerts.open()).isLessThanOrEqualTo(mostOpen);
      }
      var end = Told.decision(99_999, "end", 1e9, 0, false, List.of());
      alerts.on(end).forEach(alert -> latest.put(alert.id(), alert));
      assertThat(alerts.open()).isZero();
      Map<String, Long> counted = new HashMap<>();
      latest.values().forEach(alert -> counted.merge(alert.group(), alert.count(), Long::sum));
      assertThat(counted).isEqualTo(wanted).hasSizeGreaterThan(10);
      assertThat(latest.values()).extracting(Alert::state).containsOnly(Alert.State.CLOSED);
      assertThat(latest.values().stream().anyMatch(alert -> alert.count() > 5)).isTrue();
      assertThat(flapping).isPositive();
    }
  }

  @Test
  void messagesOfAnAlertAreACoolDownApart() {
    var alerts = new Alerts(POLICY.flapping(0, Duration.ofHours(1)), "p");
    Map<String, Long> told = new HashMap<>();
    long now = Long.MIN_VALUE;
    for (EventDecision decision : stream(5, 50_000)) {
      now = Math.max(now, decision.event().at());
      for (Alert alert : alerts.on(decision)) {
        Long before = told.put(alert.id(), now);
        if (alert.state() == Alert.State.UPDATED && before != null) {
          assertThat(now - before).isGreaterThanOrEqualTo(10 * Told.MINUTE);
        }
      }
    }
    assertThat(told).hasSizeGreaterThan(100);
  }

  @Test
  void resumedIsNeverStopped() throws IOException {
    var random = new Random(7);
    var steady = new Alerts(POLICY, "p");
    var stopped = new Alerts(POLICY, "p");
    for (EventDecision decision : stream(11, 20_000)) {
      assertThat(stopped.on(decision)).isEqualTo(steady.on(decision));
      if (random.nextInt(20) == 0) {
        byte[] state = written(stopped);
        assertThat(state).isEqualTo(written(steady));
        stopped = resumed(state);
      }
    }
  }

  @Test
  void aGroupNamedByHalfAPairIsTheSameAfterAResume() throws IOException {
    var alerts = new Alerts(POLICY, "p");
    var cause = new Cause("f", 10, 1, 0.5, "f is odd");
    for (int i = 0; i < 3; i++) {
      alerts.on(Told.decision(i + 1, "card \ud800", i, 50, true, List.of(cause)));
    }
    Alerts resumed = resumed(written(alerts));
    EventDecision next = Told.decision(4, "card \ud800", 3, 50, true, List.of(cause));
    assertThat(resumed.on(next)).isEqualTo(alerts.on(next)).isEmpty();
    assertThat(resumed.open()).isEqualTo(1);
  }

  @Test
  void aDamagedStateIsRefused() throws IOException {
    var alerts = new Alerts(POLICY, "p");
    stream(3, 500).forEach(alerts::on);
    byte[] state = written(alerts);
    byte[] cut = java.util.Arrays.copyOf(state, state.length / 2);
    assertThatThrownBy(() -> resumed(cut)).isInstanceOf(IOException.class);
    state[8] = 0x7f;
    assertThatThrownBy(() -> resumed(state))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("damaged");
  }
}
