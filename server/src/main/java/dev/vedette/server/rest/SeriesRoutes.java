package dev.vedette.server.rest;

import dev.vedette.SeriesStream;
import dev.vedette.StreamingDetector;
import dev.vedette.connect.store.Store.DecisionQuery;
import dev.vedette.math.Quantiles;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.server.live.LivePipeline;
import dev.vedette.server.security.Right;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * One number of one key over time, with what was to be expected: learned anew from the decisions
 * that are kept, point by point, so that the band at a point knows only the points before it.
 */
final class SeriesRoutes {
  /** So many points before those shown are learned from first. */
  private static final int BEFORE = 1_000;

  /** Of how many decisions keys and fields are named. */
  private static final int RECENT = 200;

  /** The band holds this share of the values it was there for, but is none for fewer points. */
  private static final double HELD = 0.99;

  private static final int LEAST = 20;

  private final Parts parts;

  SeriesRoutes(Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(new Route("GET", "/v1/pipelines/{name}/series", Right.READ, this::series));
  }

  /** A point as it was judged, with what its key's past made likely. */
  private record Point(
      long number, long at, double value, boolean flagged, double expected, double spread) {}

  private Reply series(Call call) {
    call.queries("key", "field", "before", "limit");
    LivePipeline pipeline = parts.pipeline(call);
    int limit = call.queryLimit();
    List<EventDecision> recent = decisions(pipeline, null, null, RECENT);
    String asked = call.query("key");
    String key = asked != null || recent.isEmpty() ? asked : recent.getFirst().event().key();
    List<EventDecision> past =
        key == null
            ? List.of()
            : decisions(pipeline, key, call.queryWhole("before"), limit + BEFORE);
    List<String> fields = numeric(past);
    String wanted = call.query("field");
    String field = wanted != null || fields.isEmpty() ? wanted : fields.getFirst();
    StreamingDetector detector = pipeline.pipeline().series(field == null ? "" : field);
    List<Point> points = field == null ? List.of() : points(past, field, detector);
    double threshold = threshold(points);
    List<Point> shown = points.subList(Math.max(0, points.size() - limit), points.size());
    return Reply.json(
        json -> {
          json.writeStartObject();
          Json.text(json, "key", key);
          Json.text(json, "field", field);
          texts(json, "keys", keys(recent, key));
          texts(json, "fields", fields);
          Json.number(json, "held", HELD);
          Json.array(json, "points", shown, (each, point) -> write(each, point, threshold));
          json.writeEndObject();
        });
  }

  private List<EventDecision> decisions(
      LivePipeline pipeline, @Nullable String key, @Nullable Long before, int limit) {
    return parts
        .store()
        .decisions(new DecisionQuery(pipeline.name(), null, null, key, null, null, before, limit));
  }

  private static List<String> numeric(List<EventDecision> decisions) {
    var names = new TreeSet<String>();
    for (EventDecision decision : decisions.subList(0, Math.min(RECENT, decisions.size()))) {
      for (Map.Entry<String, Object> field : decision.event().fields().entrySet()) {
        if (field.getValue() instanceof Double) {
          names.add(field.getKey());
        }
      }
    }
    return List.copyOf(names);
  }

  private static List<String> keys(List<EventDecision> recent, @Nullable String shown) {
    var keys = new TreeSet<String>();
    recent.forEach(decision -> keys.add(decision.event().key()));
    if (shown != null) {
      keys.add(shown);
    }
    return List.copyOf(keys);
  }

  /** The points in the order of their time, each as the points before it made it look. */
  private static List<Point> points(
      List<EventDecision> newestFirst, String field, StreamingDetector detector) {
    SeriesStream stream = detector.start(1);
    var points = new ArrayList<Point>();
    var inTime = new ArrayList<>(newestFirst);
    inTime.sort(
        Comparator.comparingLong((EventDecision each) -> each.event().at())
            .thenComparingLong(EventDecision::number));
    for (EventDecision decision : inTime) {
      Event event = decision.event();
      if (event.fields().get(field) instanceof Double value && Double.isFinite(value)) {
        double[] one = {value};
        points.add(
            new Point(
                decision.number(),
                event.at(),
                value,
                decision.decision().flagged(),
                stream.expected(event.at(), 0),
                points.size() < LEAST ? Double.NaN : stream.spread(event.at(), 0)));
        stream.learn(event.at(), one);
      }
    }
    return points;
  }

  /**
   * So many spreads lie between what was expected and all but a hundredth of the values of events
   * that were not flagged.
   */
  private static double threshold(List<Point> points) {
    double[] off =
        points.stream()
            .filter(point -> point.spread() > 0 && !point.flagged())
            .mapToDouble(point -> Math.abs(point.value() - point.expected()) / point.spread())
            .toArray();
    return Quantiles.of(Quantiles.sorted(off), HELD);
  }

  private static void write(JsonGenerator json, Point point, double threshold) {
    double half = threshold * point.spread();
    json.writeStartObject();
    json.writeNumberProperty("number", point.number());
    Json.time(json, "at", point.at());
    Json.number(json, "value", point.value());
    Json.number(json, "expected", Double.isNaN(half) ? Double.NaN : point.expected());
    Json.number(json, "lower", point.expected() - half);
    Json.number(json, "upper", point.expected() + half);
    json.writeBooleanProperty("flagged", point.flagged());
    json.writeEndObject();
  }

  private static void texts(JsonGenerator json, String name, List<String> texts) {
    json.writeArrayPropertyStart(name);
    texts.forEach(json::writeString);
    json.writeEndArray();
  }
}
