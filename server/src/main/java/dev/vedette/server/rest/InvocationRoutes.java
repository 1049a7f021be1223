package dev.vedette.server.rest;

import dev.vedette.Decision;
import dev.vedette.data.Numbers;
import dev.vedette.server.model.HostedModel;
import dev.vedette.server.model.HostedModel.Reasons;
import dev.vedette.server.model.HostedModel.Scored;
import dev.vedette.server.model.HostedModels;
import dev.vedette.server.security.Right;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * What Amazon SageMaker asks of a container that hosts a model: requests and answers have the form
 * of those of its own algorithms.
 */
final class InvocationRoutes {
  private static final String JSON = "application/json";
  private static final String LINES = "application/jsonlines";
  private static final String CSV = "text/csv";
  private static final String TARGET = "X-Amzn-SageMaker-Target-Model";
  private static final int MOST_PAYLOAD = 6;

  private final Parts parts;
  private final HostedModels models;
  private final RowReader rows;

  InvocationRoutes(Parts parts) {
    this.parts = parts;
    this.models = parts.models();
    this.rows = new RowReader(parts.limits().depth());
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/ping", null, call -> ping()),
        new Route("GET", "/execution-parameters", null, call -> Reply.json(this::execution)),
        new Route("POST", "/invocations", Right.SCORE, this::invoke));
  }

  private Reply ping() {
    boolean up = parts.ready() && !models.names().isEmpty();
    return new Reply(up ? 200 : 503, "", new byte[0]);
  }

  /** For batch transforms: how they may call. */
  private void execution(JsonGenerator json) {
    int payload = Math.clamp(parts.limits().body() >> 20, 1, MOST_PAYLOAD);
    json.writeStartObject();
    json.writeNumberProperty("MaxConcurrentTransforms", Runtime.getRuntime().availableProcessors());
    json.writeStringProperty("BatchStrategy", "MULTI_RECORD");
    json.writeNumberProperty("MaxPayloadInMB", payload);
    json.writeEndObject();
  }

  private Reply invoke(Call call) {
    HostedModel model = model(call);
    String type = type(call);
    String accepted = accepted(call.header("Accept"), type);
    byte[] body = call.body().bytes(call.limits().body());
    return models.turn(
        model, turn -> reply(accepted, turn.score(rows.table(type, body, model), Reasons.NONE)));
  }

  private HostedModel model(Call call) {
    String target = call.header(TARGET);
    if (target != null) {
      String name = target.strip();
      boolean file = name.endsWith(HostedModels.SUFFIX);
      return models.find(
          file ? name.substring(0, name.length() - HostedModels.SUFFIX.length()) : name, null);
    }
    List<String> names = models.names();
    if (names.size() != 1) {
      throw Problem.bad(
          TARGET, "%d models answer here: %s; name one".formatted(names.size(), names));
    }
    return models.find(names.getFirst(), null);
  }

  private static String type(Call call) {
    return call.type(JSON, LINES, CSV, "application/x-ndjson");
  }

  /** The first media type of {@code accept} that can be answered. */
  private static String accepted(@Nullable String accept, String sent) {
    String usual = sent.equals(LINES) || sent.equals("application/x-ndjson") ? LINES : JSON;
    if (accept == null || accept.isBlank()) {
      return usual;
    }
    for (String range : accept.split(",", -1)) {
      switch (range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)) {
        case "*/*", "application/*" -> {
          return usual;
        }
        case JSON -> {
          return JSON;
        }
        case LINES, "application/x-ndjson" -> {
          return LINES;
        }
        case CSV, "text/*" -> {
          return CSV;
        }
        default -> {
          // Perhaps the next.
        }
      }
    }
    throw new Problem(
        406,
        "%s is not answered; accept %s, %s or %s".formatted(Texts.shown(accept), JSON, LINES, CSV),
        "Accept");
  }

  private static Reply reply(String type, Scored scored) {
    return switch (type) {
      case JSON ->
          Reply.json(
              json -> {
                json.writeStartObject();
                Json.array(json, "scores", scored.decisions(), InvocationRoutes::write);
                json.writeEndObject();
              });
      case LINES -> new Reply(200, LINES, lines(scored));
      default -> new Reply(200, CSV + "; charset=utf-8", csv(scored));
    };
  }

  private static void write(JsonGenerator json, Decision decision) {
    json.writeStartObject();
    Json.number(json, "score", decision.score());
    Json.number(json, "p_value", decision.pValue());
    Json.number(json, "severity", decision.severity());
    json.writeBooleanProperty("flagged", decision.flagged());
    json.writeEndObject();
  }

  private static byte[] lines(Scored scored) {
    var text = new ByteArrayOutputStream();
    for (Decision decision : scored.decisions()) {
      text.writeBytes(Json.bytes(json -> write(json, decision)));
      text.write('\n');
    }
    return text.toByteArray();
  }

  private static byte[] csv(Scored scored) {
    var text = new StringBuilder();
    for (Decision decision : scored.decisions()) {
      text.append(Double.toString(decision.score()))
          .append(',')
          .append(Numbers.text(decision.pValue()))
          .append(',')
          .append(Numbers.text(decision.severity()))
          .append(decision.flagged() ? ",1\n" : ",0\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
