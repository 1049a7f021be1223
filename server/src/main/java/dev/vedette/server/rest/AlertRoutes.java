package dev.vedette.server.rest;

import dev.vedette.connect.store.Store.AlertQuery;
import dev.vedette.connect.store.Store.DecisionQuery;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Label;
import dev.vedette.pipeline.alert.Alert;
import dev.vedette.server.security.Right;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Alerts: listed, and one with all that helps to judge it. */
final class AlertRoutes {
  private static final int SEARCHED = 1_000;

  /**
   * One batch of events cannot open more alerts than it has events, and few batches share a time.
   */
  private static final int MOST_OF_ONE_TIME = 100_000;

  private static final int MOST_SIMILAR = 10;
  private static final int MOST_HISTORY = 200;
  private static final Pattern BETWEEN_NAMES = Pattern.compile("[(),\\s:*/+]+");

  private final Parts parts;

  AlertRoutes(Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/alerts", Right.READ, this::list),
        new Route("GET", "/v1/alerts/{id}", Right.READ, this::get));
  }

  private Reply list(Call call) {
    call.queries("pipeline", "from", "to", "key", "severity", "before", "limit");
    String pipeline = call.query("pipeline");
    if (pipeline != null) {
      parts.pipeline(pipeline);
    }
    int limit = call.queryLimit();
    var query =
        new AlertQuery(
            pipeline,
            call.queryTime("from"),
            call.queryTime("to"),
            call.query("key"),
            call.querySeverity(),
            call.queryTime("before"),
            limit + 1);
    List<Alert> found = parts.store().alerts(query);
    boolean more = found.size() > limit;
    List<Alert> page = more ? page(found, query) : found;
    return Reply.json(
        json -> {
          json.writeStartObject();
          Json.array(json, "alerts", page, Json::alert);
          Json.text(json, "next", more ? Json.time(page.getLast().opened()) : null);
          json.writeEndObject();
        });
  }

  /**
   * As many as fit, cut between two opening times, since the next page starts at one: those of one
   * millisecond stay on one page, however many they are.
   */
  private List<Alert> page(List<Alert> found, AlertQuery query) {
    long last = found.getLast().opened();
    int end = found.size() - 1;
    while (end > 0 && found.get(end - 1).opened() == last) {
      end--;
    }
    if (end > 0) {
      return found.subList(0, end);
    }
    return parts
        .store()
        .alerts(
            new AlertQuery(
                query.pipeline(),
                last,
                last + 1,
                query.group(),
                query.severity(),
                null,
                MOST_OF_ONE_TIME));
  }

  private Reply get(Call call) {
    call.queries();
    String id = call.part("id");
    Alert alert =
        parts
            .store()
            .alert(id)
            .orElseThrow(() -> new Problem(404, "no alert " + Texts.shown(id) + " is kept"));
    EventDecision worst = parts.store().decision(alert.pipeline(), alert.worst()).orElse(null);
    List<Label> labels = parts.store().labelsOf(alert.pipeline(), alert.worst());
    List<Alert> similar = similar(alert);
    List<EventDecision> history = worst == null ? List.of() : history(alert, worst);
    return Reply.json(
        json -> {
          json.writeStartObject();
          json.writeName("alert");
          Json.alert(json, alert);
          json.writeName("decision");
          decision(json, worst);
          Json.array(json, "labels", labels, Json::label);
          Json.array(json, "similar", similar, Json::alert);
          Json.array(json, "history", history, (each, past) -> past(each, past, alert));
          json.writeEndObject();
        });
  }

  private static void decision(JsonGenerator json, @Nullable EventDecision decision) {
    if (decision == null) {
      json.writeNull();
    } else {
      Json.decision(json, decision);
    }
  }

  private List<Alert> similar(Alert alert) {
    if (alert.causes().isEmpty()) {
      return List.of();
    }
    String feature = alert.causes().getFirst().feature();
    var query = new AlertQuery(alert.pipeline(), null, null, null, null, null, SEARCHED);
    return parts.store().alerts(query).stream()
        .filter(other -> !other.id().equals(alert.id()) && !other.causes().isEmpty())
        .filter(other -> other.causes().getFirst().feature().equals(feature))
        .limit(MOST_SIMILAR)
        .toList();
  }

  /** The last decisions on the key, oldest first; the worst event of the alert is among them. */
  private List<EventDecision> history(Alert alert, EventDecision worst) {
    List<EventDecision> newest = decisions(alert, worst, null);
    if (newest.isEmpty() || newest.getLast().number() > worst.number()) {
      newest = decisions(alert, worst, worst.number() + 1);
    }
    return new ArrayList<>(newest).reversed();
  }

  private List<EventDecision> decisions(Alert alert, EventDecision worst, @Nullable Long before) {
    return parts
        .store()
        .decisions(
            new DecisionQuery(
                alert.pipeline(),
                null,
                null,
                worst.event().key(),
                null,
                null,
                before,
                MOST_HISTORY));
  }

  private static void past(JsonGenerator json, EventDecision past, Alert alert) {
    json.writeStartObject();
    json.writeNumberProperty("number", past.number());
    Json.time(json, "at", past.event().at());
    Json.number(json, "score", past.decision().score());
    Json.number(json, "severity", past.decision().severity());
    json.writeBooleanProperty("flagged", past.decision().flagged());
    String feature = alert.causes().isEmpty() ? "" : alert.causes().getFirst().feature();
    Json.fields(json, "fields", named(past.event(), feature));
    json.writeEndObject();
  }

  /** The fields of {@code event} that the text of {@code feature} names. */
  private static Map<String, Object> named(Event event, String feature) {
    var named = new LinkedHashMap<String, Object>();
    for (String name : new TreeSet<>(List.of(BETWEEN_NAMES.split(feature)))) {
      Object value = event.fields().get(name);
      if (value != null) {
        named.put(name, value);
      }
    }
    return named;
  }
}
