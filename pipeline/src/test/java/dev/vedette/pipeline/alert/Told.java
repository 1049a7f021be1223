package dev.vedette.pipeline.alert;

import dev.vedette.Decision;
import dev.vedette.pipeline.Cause;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Handling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Decisions by hand, times in minutes, and the alerts that come of them. */
final class Told {
  static final long MINUTE = 60_000;

  private final Alerts alerts;
  private long number;
  final List<Alert> told = new ArrayList<>();

  Told(Alerts alerts) {
    this.alerts = alerts;
  }

  Told(AlertPolicy policy) {
    this(new Alerts(policy, "p"));
  }

  /** What is told after a flagged event, such as "OPENED a 1". */
  List<String> flagged(String key, double minute, double severity) {
    return flagged(key, minute, severity, 12, 1);
  }

  List<String> flagged(String key, double minute, double severity, double value, double normal) {
    var cause = new Cause("amount", value, normal, 1, "amount is " + value);
    return on(decision(++number, key, minute, severity, true, List.of(cause)));
  }

  /** What is told after an event that was not flagged. */
  List<String> calm(double minute) {
    return on(decision(++number, "calm", minute, 1, false, List.of()));
  }

  List<String> on(EventDecision decision) {
    List<Alert> now = alerts.on(decision);
    told.addAll(now);
    return now.stream().map(a -> a.state() + " " + a.group() + " " + a.count()).toList();
  }

  Alert last() {
    return told.getLast();
  }

  static EventDecision decision(
      long number,
      String key,
      double minute,
      double severity,
      boolean flagged,
      List<Cause> causes) {
    long at = Math.round(minute * MINUTE);
    var event = new Event("e" + number, key, at, Map.of("shop", "shop of " + key));
    var decision = new Decision(1, 0.001, severity, flagged);
    return of(number, event, Handling.JUDGED, decision, causes);
  }

  static EventDecision of(
      long number, Event event, Handling handling, Decision decision, List<Cause> causes) {
    return new EventDecision(
        number, event, handling, decision, 0, 1, 3, 0, List.of(), causes, "1.1");
  }
}
