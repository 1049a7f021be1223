package dev.vedette.server.rest;

import dev.vedette.server.live.Live;
import dev.vedette.server.live.LivePipeline;
import dev.vedette.server.security.Right;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Health, metrics and the description of the interface. */
final class OperationRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(OperationRoutes.class);

  private final Parts parts;
  private final byte[] openapi = Pages.resource("/dev/vedette/server/openapi.yaml");

  OperationRoutes(Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/health/live", null, call -> health(200, "up", "the process answers")),
        new Route("GET", "/health/ready", null, call -> ready()),
        new Route("GET", "/metrics", Right.STATUS, call -> metrics()),
        new Route(
            "GET", "/openapi.yaml", null, call -> new Reply(200, "application/yaml", openapi)));
  }

  private Reply ready() {
    Live live = parts.live().get();
    if (live == null) {
      return health(503, "down", "the pipelines are being recovered");
    }
    try {
      parts.store().pipelines();
    } catch (RuntimeException e) {
      LOG.warn("The store does not answer", e);
      return health(503, "down", "the store does not answer");
    }
    List<String> troubles = live.pipelines().stream().flatMap(OperationRoutes::trouble).toList();
    return troubles.isEmpty()
        ? health(200, "up", "the store answers and the pipelines are recovered")
        : health(503, "down", String.join("; ", troubles));
  }

  private static Stream<String> trouble(LivePipeline pipeline) {
    return pipeline.trouble().map(what -> pipeline.name() + ": " + what).stream();
  }

  private static Reply health(int status, String state, String detail) {
    return Reply.json(
        status,
        json -> {
          json.writeStartObject();
          json.writeStringProperty("status", state);
          Json.text(json, "detail", detail);
          json.writeEndObject();
        });
  }

  private Reply metrics() {
    byte[] text = parts.meters().scrape().getBytes(StandardCharsets.UTF_8);
    return new Reply(200, "text/plain; version=0.0.4; charset=utf-8", text);
  }
}
