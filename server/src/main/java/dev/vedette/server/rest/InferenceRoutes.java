package dev.vedette.server.rest;

import dev.vedette.Provenance;
import dev.vedette.data.Schema;
import dev.vedette.server.model.Datatype;
import dev.vedette.server.model.HostedModel;
import dev.vedette.server.model.HostedModel.Scored;
import dev.vedette.server.model.HostedModels;
import dev.vedette.server.model.Inputs;
import dev.vedette.server.model.Output;
import dev.vedette.server.model.Tensor;
import dev.vedette.server.rest.InferenceReader.Inference;
import dev.vedette.server.rest.InferenceReader.Wanted;
import dev.vedette.server.security.Right;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The Open Inference Protocol, version 2, with its extension for binary tensor data. */
final class InferenceRoutes {
  private static final String HEADER = "Inference-Header-Content-Length";
  private static final String JSON = "application/json";
  private static final String BINARY = "application/octet-stream";

  private final Parts parts;
  private final HostedModels models;
  private final InferenceReader reader;

  InferenceRoutes(Parts parts) {
    this.parts = parts;
    this.models = parts.models();
    this.reader = new InferenceReader(parts.limits().depth());
  }

  /** Whether {@code path} is one where errors are told as this protocol does. */
  static boolean speaksFor(String path) {
    return path.equals("/v2") || path.startsWith("/v2/");
  }

  List<Route> routes() {
    var routes = new ArrayList<Route>();
    routes.add(new Route("GET", "/v2/health/live", null, call -> health(true)));
    routes.add(new Route("GET", "/v2/health/ready", null, call -> health(parts.ready())));
    routes.add(new Route("GET", "/v2", Right.SCORE, call -> Reply.json(this::server)));
    for (String template : List.of("/v2/models/{name}", "/v2/models/{name}/versions/{version}")) {
      routes.add(new Route("GET", template, Right.SCORE, this::metadata));
      routes.add(new Route("GET", template + "/ready", Right.SCORE, this::ready));
      routes.add(new Route("POST", template + "/infer", Right.SCORE, this::infer));
    }
    return routes;
  }

  private static Reply health(boolean good) {
    return Reply.json(
        good ? 200 : 503,
        json -> {
          json.writeStartObject();
          json.writeBooleanProperty("live", true);
          json.writeBooleanProperty("ready", good);
          json.writeEndObject();
        });
  }

  private void server(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("name", HostedModels.SERVER);
    json.writeStringProperty("version", Provenance.version());
    json.writeArrayPropertyStart("extensions");
    json.writeString("binary_tensor_data");
    json.writeEndArray();
    json.writeEndObject();
  }

  private HostedModel model(Call call) {
    return models.find(call.part("name"), call.partOr("version", null));
  }

  private Reply ready(Call call) {
    HostedModel model = model(call);
    return Reply.json(
        json -> {
          json.writeStartObject();
          Json.text(json, "name", model.name());
          json.writeBooleanProperty("ready", true);
          json.writeEndObject();
        });
  }

  private Reply metadata(Call call) {
    HostedModel model = model(call);
    return Reply.json(
        json -> {
          json.writeStartObject();
          Json.text(json, "name", model.name());
          json.writeArrayPropertyStart("versions");
          json.writeString(HostedModels.version(model));
          json.writeEndArray();
          json.writeStringProperty("platform", HostedModels.PLATFORM);
          Json.array(json, "inputs", model.schema().fields(), InferenceRoutes::input);
          Json.array(json, "outputs", List.of(Output.values()), InferenceRoutes::output);
          json.writeEndObject();
        });
  }

  private static void input(JsonGenerator json, Schema.Field field) {
    tensor(json, field.name(), Inputs.datatype(field.kind()).name());
  }

  private static void output(JsonGenerator json, Output output) {
    tensor(json, output.text(), output.type().name());
  }

  private static void tensor(JsonGenerator json, String name, String datatype) {
    json.writeStartObject();
    Json.text(json, "name", name);
    json.writeStringProperty("datatype", datatype);
    json.writeArrayPropertyStart("shape");
    json.writeNumber(-1);
    json.writeEndArray();
    json.writeEndObject();
  }

  private Reply infer(Call call) {
    HostedModel model = model(call);
    call.typeOr(JSON, JSON, BINARY);
    byte[] body = call.body().bytes(call.limits().body());
    int header = header(call.header(HEADER), body.length);
    return models.turn(
        model,
        turn -> {
          Inference inference = reader.read(body, header);
          Scored scored = turn.score(Inputs.table(model, inference.inputs()), inference.reasons());
          return reply(inference, scored);
        });
  }

  private static int header(@Nullable String text, int length) {
    if (text == null) {
      return length;
    }
    int header = -1;
    try {
      header = Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      // As a number out of range.
    }
    if (header < 0 || header > length) {
      throw Problem.bad(
          HEADER, "%s is not a number of bytes from 0 to %d".formatted(Texts.shown(text), length));
    }
    return header;
  }

  private static Reply reply(Inference inference, Scored scored) {
    List<Tensor> outputs = new ArrayList<>();
    List<byte[]> tails = new ArrayList<>();
    for (Wanted wanted : inference.outputs()) {
      Tensor tensor = wanted.output().tensor(scored);
      outputs.add(tensor);
      tails.add(wanted.binary() ? tensor.raw() : new byte[0]);
    }
    byte[] json = Json.bytes(out -> write(out, inference, scored, outputs, tails));
    if (inference.outputs().stream().noneMatch(Wanted::binary)) {
      return new Reply(200, JSON, json);
    }
    var all = new ByteArrayOutputStream();
    all.writeBytes(json);
    tails.forEach(all::writeBytes);
    return new Reply(200, BINARY, all.toByteArray()).header(HEADER, Integer.toString(json.length));
  }

  private static void write(
      JsonGenerator json,
      Inference inference,
      Scored scored,
      List<Tensor> outputs,
      List<byte[]> tails) {
    json.writeStartObject();
    Json.text(json, "model_name", scored.model().name());
    Json.text(json, "model_version", HostedModels.version(scored.model()));
    if (inference.id() != null) {
      Json.text(json, "id", inference.id());
    }
    json.writeArrayPropertyStart("outputs");
    for (int i = 0; i < outputs.size(); i++) {
      boolean binary = inference.outputs().get(i).binary();
      write(json, outputs.get(i), binary ? tails.get(i).length : -1);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Tensor tensor, int bytes) {
    json.writeStartObject();
    Json.text(json, "name", tensor.name());
    json.writeStringProperty("datatype", tensor.type().name());
    json.writeArrayPropertyStart("shape");
    tensor.shape().forEach(json::writeNumber);
    json.writeEndArray();
    if (bytes >= 0) {
      json.writeObjectPropertyStart("parameters");
      json.writeNumberProperty("binary_data_size", bytes);
      json.writeEndObject();
    } else {
      json.writeArrayPropertyStart("data");
      elements(json, tensor);
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void elements(JsonGenerator json, Tensor tensor) {
    switch (tensor.values()) {
      case Tensor.Numbers numbers -> {
        for (double value : numbers.values()) {
          if (tensor.type() == Datatype.BOOL) {
            json.writeBoolean(value != 0);
          } else if (Double.isFinite(value)) {
            json.writeNumber(value);
          } else {
            json.writeNull();
          }
        }
      }
      case Tensor.Texts texts -> texts.values().forEach(json::writeString);
    }
  }
}
