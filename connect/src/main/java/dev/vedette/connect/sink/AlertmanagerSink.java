package dev.vedette.connect.sink;

import dev.vedette.pipeline.Cause;
import dev.vedette.pipeline.alert.Alert;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/**
 * Alerts for the Prometheus Alertmanager, API v2. It tells alerts apart by their labels, and the
 * severity is one: when it rises, the alert of the lower severity is ended.
 *
 * <p>An Alertmanager ends by itself what is not sent again within minutes; alerts that are open
 * therefore end a day ahead, and those that are closed end now.
 */
final class AlertmanagerSink implements Sink {
  private static final Duration OPEN = Duration.ofDays(1);
  private static final List<String> BANDS = List.of("info", "warning", "critical");

  private final String name;
  private final Post post;
  private final InstantSource clock;

  AlertmanagerSink(SinkText text, Sinks sinks) {
    text.only("bearer");
    name = text.text();
    clock = sinks.clock();
    post = new Post(text, "/api/v2/alerts", sinks);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void send(Alert alert) throws IOException {
    String body = AlertJson.text(json -> write(json, alert));
    post.send(body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** Once in 1,000 rows and rarer is a warning, once in 10,000 critical. */
  private static int band(double severity) {
    return severity >= 80 ? 2 : severity >= 60 ? 1 : 0;
  }

  private void write(JsonGenerator json, Alert alert) {
    int band = band(alert.severity());
    json.writeStartArray();
    if (alert.state() != Alert.State.OPENED) {
      for (int lower = 0; lower < band; lower++) {
        write(json, alert, BANDS.get(lower), true);
      }
    }
    write(json, alert, BANDS.get(band), alert.state() == Alert.State.CLOSED);
    json.writeEndArray();
  }

  private void write(JsonGenerator json, Alert alert, String band, boolean ended) {
    long now = clock.millis();
    // An end before the start would be refused.
    long end = Math.max(ended ? now : now + OPEN.toMillis(), alert.opened() + 1);
    json.writeStartObject();
    json.writeObjectPropertyStart("labels");
    json.writeStringProperty("alertname", "VedetteAnomaly");
    json.writeStringProperty("pipeline", alert.pipeline());
    json.writeStringProperty("group", alert.group());
    json.writeStringProperty("severity", band);
    json.writeEndObject();
    json.writeObjectPropertyStart("annotations");
    json.writeStringProperty("summary", alert.summary());
    json.writeStringProperty(
        "causes", alert.causes().stream().map(Cause::text).collect(Collectors.joining("\n")));
    json.writeStringProperty("alert", alert.id());
    json.writeStringProperty("events", Long.toString(alert.count()));
    json.writeEndObject();
    json.writeStringProperty("startsAt", AlertJson.time(alert.opened()));
    json.writeStringProperty("endsAt", AlertJson.time(end));
    json.writeEndObject();
  }

  @Override
  public void close() {
    post.close();
  }
}
