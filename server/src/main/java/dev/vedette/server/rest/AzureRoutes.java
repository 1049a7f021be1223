package dev.vedette.server.rest;

import dev.vedette.azure.ChangePointRequest;
import dev.vedette.azure.ChangePointResult;
import dev.vedette.azure.EntireResult;
import dev.vedette.azure.LastResult;
import dev.vedette.azure.Univariate;
import dev.vedette.azure.UnivariateRequest;
import dev.vedette.server.model.Gate;
import dev.vedette.server.security.Right;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The univariate part of the Azure-compatible service: a series comes in, a verdict goes out. */
final class AzureRoutes {
  private static final String ROOT = "/anomalydetector/{version}/timeseries/";
  private static final List<String> VERSIONS =
      List.of("v1.0", "v1.1", "v1.1-preview", "v1.1-preview.1");

  private final Univariate univariate;
  private final AzureReader reader;
  private final Gate gate;

  AzureRoutes(Parts parts, Gate gate) {
    this.univariate = new Univariate(parts.azure().points());
    this.reader = new AzureReader(parts.limits().depth(), parts.azure().points());
    this.gate = gate;
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", ROOT + "entire/detect", Right.SCORE, this::entire),
        new Route("POST", ROOT + "last/detect", Right.SCORE, this::last),
        new Route("POST", ROOT + "changepoint/detect", Right.SCORE, this::changePoint));
  }

  /** Refuses versions that never were. */
  private static void checkVersion(Call call) {
    if (!VERSIONS.contains(call.part("version"))) {
      throw new Problem(404, "Resource not found; there are " + VERSIONS);
    }
  }

  private Reply entire(Call call) {
    EntireResult result =
        computed(
            call,
            fields -> univariate.entire(UnivariateRequest.parse(fields, univariate.maxPoints())));
    return Reply.json(json -> write(json, result));
  }

  private Reply last(Call call) {
    LastResult result =
        computed(
            call,
            fields -> univariate.last(UnivariateRequest.parse(fields, univariate.maxPoints())));
    return Reply.json(json -> write(json, result));
  }

  private Reply changePoint(Call call) {
    ChangePointResult result =
        computed(
            call,
            fields ->
                univariate.changePoints(ChangePointRequest.parse(fields, univariate.maxPoints())));
    return Reply.json(json -> write(json, result));
  }

  /** What {@code work} makes of the body, when it is its turn. */
  private <T> T computed(Call call, Function<Map<String, @Nullable Object>, T> work) {
    checkVersion(call);
    call.type("application/json");
    byte[] body = call.body().bytesInTurn(call.limits().body(), call.limits().time());
    return gate.pass(() -> work.apply(reader.univariate(body)));
  }

  private static void write(JsonGenerator json, EntireResult result) {
    json.writeStartObject();
    json.writeNumberProperty("period", result.period());
    numbers(json, "expectedValues", result.expectedValues());
    numbers(json, "upperMargins", result.upperMargins());
    numbers(json, "lowerMargins", result.lowerMargins());
    flags(json, "isAnomaly", result.isAnomaly());
    flags(json, "isNegativeAnomaly", result.isNegativeAnomaly());
    flags(json, "isPositiveAnomaly", result.isPositiveAnomaly());
    numbers(json, "severity", result.severity());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, LastResult result) {
    LastResult.Verdict verdict = result.verdict();
    json.writeStartObject();
    json.writeNumberProperty("period", result.period());
    json.writeNumberProperty("suggestedWindow", result.suggestedWindow());
    json.writeNumberProperty("expectedValue", finite(result.expectedValue()));
    json.writeNumberProperty("upperMargin", finite(result.upperMargin()));
    json.writeNumberProperty("lowerMargin", finite(result.lowerMargin()));
    json.writeBooleanProperty("isAnomaly", verdict.anomaly());
    json.writeBooleanProperty("isNegativeAnomaly", verdict.negative());
    json.writeBooleanProperty("isPositiveAnomaly", verdict.anomaly() && verdict.positive());
    json.writeNumberProperty("severity", finite(verdict.severity()));
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, ChangePointResult result) {
    json.writeStartObject();
    json.writeNumberProperty("period", result.period());
    flags(json, "isChangePoint", result.isChangePoint());
    numbers(json, "confidenceScores", result.confidenceScores());
    json.writeEndObject();
  }

  private static void numbers(JsonGenerator json, String name, double[] values) {
    json.writeArrayPropertyStart(name);
    for (double value : values) {
      json.writeNumber(finite(value));
    }
    json.writeEndArray();
  }

  private static void flags(JsonGenerator json, String name, boolean[] values) {
    json.writeArrayPropertyStart(name);
    for (boolean value : values) {
      json.writeBoolean(value);
    }
    json.writeEndArray();
  }

  /** Clients read plain numbers, and JSON has no other. */
  private static double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalStateException("the engine answered " + value);
    }
    return value;
  }
}
