package dev.vedette.bench.load;

import dev.vedette.connect.store.Store;
import dev.vedette.connect.store.Store.AlertQuery;
import dev.vedette.connect.store.Store.DecisionQuery;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Handling;
import dev.vedette.pipeline.alert.Alert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a store holds against what was acknowledged.
 *
 * @param decisions in the store
 * @param flagged of them
 * @param faults empty when all is as it was acknowledged
 */
record Verdict(long decisions, long flagged, List<String> faults) {
  private static final int PAGE = 5_000;

  /** Compares everything; the server must not run. */
  static Verdict of(Store store, String pipeline, Ledger ledger) {
    var faults = new ArrayList<>(ledger.contradictions());
    Map<String, EventDecision> judged = new HashMap<>();
    Map<String, EventDecision> firstFlagged = new HashMap<>();
    long count = 0;
    long flagged = 0;
    Long before = null;
    while (true) {
      List<EventDecision> page =
          store.decisions(new DecisionQuery(pipeline, null, null, null, null, null, before, PAGE));
      for (EventDecision decision : page) {
        count++;
        if (before != null && decision.number() != before - 1) {
          faults.add("after number " + decision.number() + " comes " + before);
        }
        before = decision.number();
        if (decision.handling() == Handling.JUDGED) {
          if (judged.put(decision.event().id(), decision) != null) {
            faults.add("event " + decision.event().id() + " was judged twice");
          }
          if (decision.decision().flagged()) {
            flagged++;
            // Newest first, so the last one put is the first of its key.
            firstFlagged.put(decision.event().key(), decision);
          }
        }
      }
      if (page.size() < PAGE) {
        break;
      }
    }
    if (before != null && before != 1) {
      faults.add("the first number is " + before);
    }
    compare(ledger, judged, faults);
    alerts(store, pipeline, firstFlagged, faults);
    return new Verdict(count, flagged, faults);
  }

  private static void compare(Ledger ledger, Map<String, EventDecision> kept, List<String> faults) {
    ledger
        .judged()
        .forEach(
            (id, said) -> {
              EventDecision decision = kept.get(id);
              if (decision == null
                  || decision.number() != said.number()
                  || Double.compare(decision.decision().score(), said.score()) != 0
                  || decision.decision().flagged() != said.flagged()) {
                faults.add("event " + id + " was acknowledged as " + said + ", kept: " + decision);
              }
            });
    for (String id : ledger.due()) {
      if (!kept.containsKey(id)) {
        faults.add("event " + id + " was acknowledged and is not kept");
      }
    }
  }

  /** The cool-down is longer than the run: each key has one alert, opened by its first event. */
  private static void alerts(
      Store store, String pipeline, Map<String, EventDecision> first, List<String> faults) {
    var query = new AlertQuery(pipeline, null, null, null, null, null, Integer.MAX_VALUE);
    Map<String, Alert> alerts = new HashMap<>();
    for (Alert alert : store.alerts(query)) {
      if (alerts.put(alert.group(), alert) != null) {
        faults.add("key " + alert.group() + " has two alerts");
      }
    }
    first.forEach(
        (key, decision) -> {
          Alert alert = alerts.get(key);
          if (alert == null || alert.first() != decision.number()) {
            faults.add("the first flagged event of " + key + " has no alert: " + decision);
          }
        });
    if (alerts.size() != first.size()) {
      faults.add(alerts.size() + " alerts of " + first.size() + " keys with flagged events");
    }
  }
}
