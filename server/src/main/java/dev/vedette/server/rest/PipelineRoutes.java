package dev.vedette.server.rest;

import dev.vedette.pipeline.Pipeline;
import dev.vedette.server.live.Live;
import dev.vedette.server.live.LivePipeline;
import dev.vedette.server.security.Right;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Pipelines: listed, created, looked at, paused, resumed and deleted. */
final class PipelineRoutes {
  private static final int MOST_YAML = 256 * 1024;

  private final Parts parts;

  PipelineRoutes(Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/pipelines", Right.STATUS, this::list),
        new Route("POST", "/v1/pipelines", Right.ADMINISTER, this::create),
        new Route("GET", "/v1/pipelines/{name}", Right.STATUS, this::get),
        new Route("DELETE", "/v1/pipelines/{name}", Right.ADMINISTER, this::delete),
        new Route("POST", "/v1/pipelines/{name}/pause", Right.ADMINISTER, this::pause),
        new Route("POST", "/v1/pipelines/{name}/resume", Right.ADMINISTER, this::resume));
  }

  private Reply list(Call call) {
    call.queries();
    List<LivePipeline> all =
        parts.pipelines().pipelines().stream()
            .sorted(Comparator.comparing(LivePipeline::name))
            .toList();
    return Reply.json(
        json -> {
          json.writeStartObject();
          Json.array(json, "pipelines", all, (each, pipeline) -> write(each, pipeline, false));
          json.writeEndObject();
        });
  }

  private Reply create(Call call) {
    call.type("application/yaml", "application/x-yaml", "text/yaml", "text/plain");
    String yaml = call.text(MOST_YAML);
    Live live = parts.pipelines();
    LivePipeline made;
    try {
      String name = Pipeline.parse(yaml).name();
      if (live.find(name).isPresent()) {
        throw new Problem(409, "there is a pipeline " + name + "; delete it or take another name");
      }
      made = live.create(yaml, call.caller().who());
    } catch (IllegalArgumentException e) {
      throw Problem.bad("body", String.valueOf(e.getMessage()));
    }
    String place = URLEncoder.encode(made.name(), StandardCharsets.UTF_8).replace("+", "%20");
    return Reply.json(201, json -> write(json, made, true))
        .header("Location", "/v1/pipelines/" + place);
  }

  private Reply get(Call call) {
    call.queries();
    LivePipeline pipeline = parts.pipeline(call);
    return Reply.json(json -> write(json, pipeline, true));
  }

  private Reply delete(Call call) {
    // Not the running ones only: one that does not run must go, too.
    try {
      parts.pipelines().delete(call.part("name"), call.caller().who());
    } catch (IllegalArgumentException e) {
      throw new Problem(404, Texts.shown(String.valueOf(e.getMessage())));
    }
    return Reply.nothing();
  }

  private Reply pause(Call call) {
    LivePipeline pipeline = parts.pipeline(call);
    pipeline.pause(call.caller().who());
    return Reply.json(json -> write(json, pipeline, false));
  }

  private Reply resume(Call call) {
    LivePipeline pipeline = parts.pipeline(call);
    pipeline.resume(call.caller().who());
    return Reply.json(json -> write(json, pipeline, false));
  }

  private static void write(JsonGenerator json, LivePipeline pipeline, boolean detail) {
    json.writeStartObject();
    json.writeStringProperty("name", pipeline.name());
    json.writeBooleanProperty("paused", pipeline.paused());
    json.writeNumberProperty("queued", pipeline.queued());
    Json.text(json, "trouble", pipeline.trouble().orElse(null));
    json.writeBooleanProperty("learnsFromLabels", pipeline.pipeline().learnsFromLabels());
    json.writeName("status");
    Json.status(json, pipeline.status());
    if (detail) {
      json.writeStringProperty("yaml", pipeline.pipeline().yaml());
      json.writeNumberProperty("memory", pipeline.pipeline().memory());
    }
    json.writeEndObject();
  }
}
