package dev.vedette.server.rest;

import dev.vedette.Decision;
import dev.vedette.data.Schema;
import dev.vedette.explain.Explanation;
import dev.vedette.server.model.HostedModel;
import dev.vedette.server.model.HostedModel.Reasons;
import dev.vedette.server.model.HostedModel.Scored;
import dev.vedette.server.model.HostedModels;
import dev.vedette.server.model.HostedModels.Kept;
import dev.vedette.server.model.ReasonJson;
import dev.vedette.server.security.Right;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Model files: listed, taken in once they load, given out, removed; and rows scored by them. */
final class ModelRoutes {
  private final HostedModels models;
  private final RowReader rows;

  ModelRoutes(Parts parts) {
    this.models = parts.models();
    this.rows = new RowReader(parts.limits().depth());
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/models", Right.READ, this::list),
        new Route("GET", "/v1/models/{name}", Right.READ, this::download),
        new Route("PUT", "/v1/models/{name}", Right.ADMINISTER, this::upload),
        new Route("DELETE", "/v1/models/{name}", Right.ADMINISTER, this::delete),
        new Route("POST", "/v1/models/{name}/score", Right.SCORE, this::score));
  }

  private Reply list(Call call) {
    call.queries();
    return Reply.json(
        json -> {
          json.writeStartObject();
          Json.array(json, "models", models.all(), ModelRoutes::write);
          json.writeEndObject();
        });
  }

  private Reply download(Call call) {
    call.queries();
    String name = call.part("name");
    try {
      byte[] bytes = Files.readAllBytes(models.file(name));
      return new Reply(200, "application/octet-stream", bytes)
          .header(
              "Content-Disposition", "attachment; filename=\"" + name + HostedModels.SUFFIX + "\"");
    } catch (NoSuchFileException e) {
      throw missing(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply upload(Call call) {
    String name = call.part("name");
    Path file = models.file(name);
    call.type("application/octet-stream");
    try {
      Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in one");
      Files.createDirectories(folder);
      Path draft = Files.createTempFile(folder, name, ".draft");
      try {
        try (OutputStream out = Files.newOutputStream(draft)) {
          call.body().copyTo(out, call.limits().model());
        }
        boolean fresh = models.replace(name, draft, call.caller().who());
        Kept kept = kept(name);
        return Reply.json(fresh ? 201 : 200, json -> write(json, kept));
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (AccessDeniedException e) {
      throw new Problem(
          409, "the folder of model " + name + " cannot be written; replace its file there");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Kept kept(String name) {
    return models.all().stream()
        .filter(kept -> kept.name().equals(name))
        .findFirst()
        .orElseThrow(() -> missing(name));
  }

  private Reply delete(Call call) {
    String name = call.part("name");
    models.file(name); // refuses what is no name
    if (!models.delete(name, call.caller().who())) {
      throw missing(name);
    }
    return Reply.nothing();
  }

  private static Problem missing(String name) {
    return new Problem(404, "no model " + name + " is kept here");
  }

  private Reply score(Call call) {
    call.queries("reasons", "version");
    Reasons reasons = reasons(call.query("reasons"));
    HostedModel model = models.find(call.part("name"), call.query("version"));
    String type = call.type("application/json", "application/x-ndjson", "text/csv");
    byte[] body = call.body().bytes(call.limits().body());
    return models.turn(
        model,
        turn -> {
          Scored scored = turn.score(rows.table(type, body, model), reasons);
          return Reply.json(json -> write(json, scored));
        });
  }

  private static Reasons reasons(@Nullable String text) {
    return switch (text == null ? "flagged" : text) {
      case "flagged" -> Reasons.FLAGGED;
      case "all" -> Reasons.ALL;
      case "none" -> Reasons.NONE;
      case String other ->
          throw Problem.bad(
              "query reasons", Texts.shown(other) + " is not one of flagged, all, none");
    };
  }

  private static void write(JsonGenerator json, Scored scored) {
    json.writeStartObject();
    Json.text(json, "model", scored.model().name());
    json.writeNumberProperty("version", scored.model().version());
    json.writeArrayPropertyStart("decisions");
    for (int row = 0; row < scored.decisions().size(); row++) {
      Decision decision = scored.decisions().get(row);
      json.writeStartObject();
      Json.number(json, "score", decision.score());
      Json.number(json, "pValue", decision.pValue());
      Json.number(json, "severity", decision.severity());
      json.writeBooleanProperty("flagged", decision.flagged());
      Explanation reason = scored.reasons().get(row);
      if (reason != null) {
        json.writeName("reasons");
        ReasonJson.write(reason, json);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Kept kept) {
    HostedModel hosted = kept.hosted();
    json.writeStartObject();
    Json.text(json, "name", kept.name());
    json.writeNumberProperty("bytes", kept.bytes());
    Json.time(json, "modified", kept.modified());
    json.writeBooleanProperty("hosted", hosted != null);
    Json.text(json, "trouble", kept.trouble());
    if (hosted != null) {
      json.writeNumberProperty("version", hosted.version());
      Json.text(json, "sha256", hosted.sha256());
      Json.text(json, "detector", hosted.detector());
      Json.text(json, "threshold", hosted.decider().threshold().description());
      Json.array(json, "columns", hosted.schema().fields(), ModelRoutes::write);
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Schema.Field field) {
    json.writeStartObject();
    Json.text(json, "name", field.name());
    Json.text(json, "kind", field.kind().name().toLowerCase(Locale.ROOT));
    json.writeEndObject();
  }
}
