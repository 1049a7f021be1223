package dev.vedette.pipeline.simulate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The payments of a stream by card, and its frauds, each a run of payments of one kind. */
record Trace(Map<String, List<CardPayment>> cards, List<Trace.Run> runs) {
  /** One fraud and what the card saw before. */
  record Run(List<CardPayment> before, List<CardPayment> payments) {}

  static Trace of(PaymentStream stream, int count) {
    Map<String, List<CardPayment>> cards = new HashMap<>();
    for (int i = 0; i < count; i++) {
      CardPayment payment = stream.next();
      cards.computeIfAbsent(payment.card(), card -> new ArrayList<>()).add(payment);
    }
    List<Run> runs = new ArrayList<>();
    cards.values().forEach(payments -> addRuns(payments, runs));
    return new Trace(cards, runs);
  }

  private static void addRuns(List<CardPayment> payments, List<Run> runs) {
    int i = 0;
    while (i < payments.size()) {
      int end = i;
      Fraud kind = payments.get(i).fraud();
      while (kind != null && end < payments.size() && payments.get(end).fraud() == kind) {
        end++;
      }
      // A run that the end of the stream may have cut is left out.
      if (kind != null && end < payments.size()) {
        runs.add(new Run(payments.subList(0, i), payments.subList(i, end)));
      }
      i = Math.max(end, i + 1);
    }
  }

  List<Run> runs(Fraud kind) {
    return runs.stream().filter(run -> run.payments().getFirst().fraud() == kind).toList();
  }

  /** The holder's own. */
  List<CardPayment> genuine(String card) {
    return cards.getOrDefault(card, List.of()).stream().filter(p -> p.fraud() == null).toList();
  }

  /** In km/h. */
  static double speed(CardPayment from, CardPayment to) {
    double far = City.kilometres(from.latitude(), from.longitude(), to.latitude(), to.longitude());
    return far / ((to.at() - from.at()) / 3_600_000.0);
  }
}
