package dev.vedette.server.rest;

import dev.vedette.DataException;
import dev.vedette.connect.store.Store.Audit;
import dev.vedette.connect.store.Store.DecisionQuery;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Label;
import dev.vedette.server.live.LivePipeline;
import dev.vedette.server.live.UnavailableException;
import dev.vedette.server.security.Right;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Events in, decisions out, and what people say of them. */
final class EventRoutes {
  private static final int MOST_COMMENT = 2_000;

  private final Parts parts;
  private final EventReader reader;

  EventRoutes(Parts parts) {
    this.parts = parts;
    this.reader = new EventReader(parts.limits().depth(), parts.limits().batch());
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", "/v1/pipelines/{name}/events", Right.SEND, this::send),
        new Route("GET", "/v1/pipelines/{name}/decisions", Right.READ, this::decisions),
        new Route("GET", "/v1/pipelines/{name}/decisions/{number}", Right.READ, this::decision),
        new Route("GET", "/v1/pipelines/{name}/labels", Right.READ, this::labels),
        new Route("POST", "/v1/pipelines/{name}/labels", Right.READ, this::label));
  }

  private Reply send(Call call) {
    LivePipeline pipeline = parts.pipeline(call);
    String type = call.type("application/json", "application/x-ndjson");
    byte[] body = call.body().bytes(call.limits().body());
    long now = parts.clock().millis();
    List<Event> events =
        type.equals("application/json")
            ? reader.json(body, pipeline.pipeline(), now)
            : reader.lines(body, pipeline.pipeline(), now);
    List<EventDecision> decisions = events.isEmpty() ? List.of() : judge(call, pipeline, events);
    return Reply.json(
        json -> {
          json.writeStartObject();
          Json.array(json, "decisions", decisions, Json::decision);
          json.writeEndObject();
        });
  }

  private List<EventDecision> judge(Call call, LivePipeline pipeline, List<Event> events) {
    CompletableFuture<List<EventDecision>> decisions;
    try {
      decisions = pipeline.submit(events);
    } catch (IllegalArgumentException e) {
      throw new Problem(413, String.valueOf(e.getMessage()), "body");
    }
    call.body().inUseUntil(decisions);
    return await(decisions);
  }

  private <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(parts.limits().time().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Problem(
          504, "accepted, but not finished in time; it will be kept, do not send it again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem(503, "the server stops; what was accepted will be kept");
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case UnavailableException away -> away;
        case DataException gone -> new Problem(404, String.valueOf(gone.getMessage()));
        case null, default -> new IllegalStateException("a batch was not kept", e.getCause());
      };
    }
  }

  private Reply decisions(Call call) {
    call.queries("from", "to", "key", "severity", "flagged", "before", "limit");
    LivePipeline pipeline = parts.pipeline(call);
    int limit = call.queryLimit();
    List<EventDecision> found =
        parts
            .store()
            .decisions(
                new DecisionQuery(
                    pipeline.name(),
                    call.queryTime("from"),
                    call.queryTime("to"),
                    call.query("key"),
                    call.querySeverity(),
                    call.queryFlag("flagged"),
                    call.queryWhole("before"),
                    limit + 1));
    List<EventDecision> page = found.subList(0, Math.min(limit, found.size()));
    return Reply.json(
        json -> {
          json.writeStartObject();
          Json.array(json, "decisions", page, Json::decision);
          if (found.size() > limit) {
            json.writeNumberProperty("next", page.getLast().number());
          } else {
            json.writeNullProperty("next");
          }
          json.writeEndObject();
        });
  }

  private Reply decision(Call call) {
    call.queries();
    LivePipeline pipeline = parts.pipeline(call);
    EventDecision decision = decision(pipeline, call.number("number"));
    List<Label> labels = parts.store().labelsOf(pipeline.name(), decision.number());
    return Reply.json(
        json -> {
          json.writeStartObject();
          json.writeName("decision");
          Json.decision(json, decision);
          Json.array(json, "labels", labels, Json::label);
          json.writeEndObject();
        });
  }

  private EventDecision decision(LivePipeline pipeline, long number) {
    return parts
        .store()
        .decision(pipeline.name(), number)
        .orElseThrow(
            () ->
                new Problem(404, "no decision " + number + " of " + pipeline.name() + " is kept"));
  }

  private Reply labels(Call call) {
    call.queries("limit");
    LivePipeline pipeline = parts.pipeline(call);
    List<Label> labels = parts.store().labels(pipeline.name(), call.queryLimit());
    return Reply.json(
        json -> {
          json.writeStartObject();
          Json.array(json, "labels", labels, Json::label);
          json.writeEndObject();
        });
  }

  private Reply label(Call call) {
    LivePipeline pipeline = parts.pipeline(call);
    call.type("application/json");
    Map<String, Object> body =
        reader.object(
            call.body().bytes(call.limits().body()), List.of("number", "anomaly", "comment"));
    if (!(body.get("number") instanceof Double number) || number < 1 || number % 1 != 0) {
      throw Problem.bad("number", "it is not a whole number above 0; write the event's number");
    }
    if (!(body.get("anomaly") instanceof Boolean anomaly)) {
      throw Problem.bad("anomaly", "it is not true (a true alarm) or false (a false alarm)");
    }
    if (!(body.getOrDefault("comment", "") instanceof String comment)
        || comment.length() > MOST_COMMENT) {
      throw Problem.bad("comment", "it is not a text of at most " + MOST_COMMENT + " characters");
    }
    long event = decision(pipeline, number.longValue()).number();
    var label = new Label(event, anomaly, comment, call.caller().who(), parts.clock().millis());
    await(pipeline.label(label));
    String said = anomaly ? "true alarm" : "false alarm";
    String subject = pipeline.name() + " " + event;
    parts.store().audit(new Audit(label.at(), label.by(), "event.label", subject, said));
    return Reply.json(201, json -> Json.label(json, label));
  }
}
