package dev.vedette.bench.load;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * What the server acknowledged, as its clients remember it. Thread-safe.
 *
 * <p>An event that was sent but never acknowledged may or may not be kept. Sent again, it is
 * judged, or it is a duplicate; both tell that it is kept by now.
 */
final class Ledger {
  /** A decision as it was acknowledged. */
  record Judged(long number, double score, boolean flagged) {}

  private final Map<String, Judged> judged = new ConcurrentHashMap<>();
  private final Set<String> duplicates = ConcurrentHashMap.newKeySet();
  private final Set<String> contradictions = ConcurrentHashMap.newKeySet();

  /** Notes the decisions in an answer of the server. */
  void acknowledge(JsonNode decisions) {
    for (JsonNode decision : decisions) {
      String id = decision.get("event").get("id").asString();
      String handling = decision.get("handling").asString();
      if (handling.equals("duplicate")) {
        duplicates.add(id);
        continue;
      }
      var now =
          new Judged(
              decision.get("number").asLong(),
              decision.get("score").asDouble(),
              decision.get("flagged").asBoolean());
      Judged before = judged.put(id, now);
      if (before != null || !handling.equals("judged")) {
        contradictions.add(id + " was " + handling + " as " + now + ", before as " + before);
      }
    }
  }

  Map<String, Judged> judged() {
    return judged;
  }

  /** Events that must be kept: acknowledged as judged, or later as duplicates. */
  Set<String> due() {
    var due = new HashSet<>(judged.keySet());
    due.addAll(duplicates);
    return due;
  }

  /** Events that were acknowledged as judged twice. */
  Set<String> contradictions() {
    return contradictions;
  }
}
