package dev.vedette.server.rest;

import dev.vedette.azure.MultivariateAlignment;
import dev.vedette.azure.MultivariateDiagnostics;
import dev.vedette.azure.MultivariateState;
import dev.vedette.azure.MultivariateVerdict;
import dev.vedette.server.azure.AzureModels.Detected;
import dev.vedette.server.azure.DetectionInfo;
import dev.vedette.server.azure.Fault;
import dev.vedette.server.azure.KeptModel;
import dev.vedette.server.azure.KeptResult;
import dev.vedette.server.azure.TrainingInfo;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/**
 * Writes multivariate models and results of the Azure-compatible service. Where the previews of
 * that service had other names than v1.1, both are there.
 */
final class AzureJson {
  private AzureJson() {}

  static void model(JsonGenerator json, KeptModel model) {
    json.writeStartObject();
    head(json, model);
    json.writeName("modelInfo");
    info(json, model);
    json.writeEndObject();
  }

  private static void head(JsonGenerator json, KeptModel model) {
    json.writeStringProperty("modelId", model.id().toString());
    time(json, "createdTime", model.created());
    time(json, "lastUpdatedTime", model.updated());
  }

  /** A line of the list of the previews. */
  static void snapshot(JsonGenerator json, KeptModel model) {
    json.writeStartObject();
    head(json, model);
    json.writeStringProperty("status", model.status().name());
    if (model.info().displayName() != null) {
      Json.text(json, "displayName", model.info().displayName());
    }
    json.writeNumberProperty("variablesCount", model.variables().size());
    json.writeEndObject();
  }

  private static void time(JsonGenerator json, String name, long millis) {
    json.writeStringProperty(name, Instant.ofEpochMilli(millis).toString());
  }

  private static void info(JsonGenerator json, KeptModel model) {
    TrainingInfo info = model.info();
    json.writeStartObject();
    source(json, info.shownSource());
    if (info.layout() != null) {
      json.writeStringProperty("dataSchema", info.layout().text());
    }
    time(json, "startTime", info.startTime());
    time(json, "endTime", info.endTime());
    if (info.displayName() != null) {
      Json.text(json, "displayName", info.displayName());
    }
    json.writeNumberProperty("slidingWindow", info.slidingWindow());
    alignment(json, info.alignment());
    json.writeStringProperty("status", model.status().name());
    faults(json, model.errors());
    diagnostics(json, model);
    json.writeEndObject();
  }

  private static void source(JsonGenerator json, String source) {
    Json.text(json, "dataSource", source);
    Json.text(json, "source", source);
  }

  private static void alignment(JsonGenerator json, MultivariateAlignment alignment) {
    json.writeObjectPropertyStart("alignPolicy");
    String mode = alignment.mode().name();
    json.writeStringProperty(
        "alignMode", mode.charAt(0) + mode.substring(1).toLowerCase(Locale.ROOT));
    json.writeStringProperty("fillNAMethod", TrainingInfo.text(alignment.fill()));
    if (alignment.fill() == MultivariateAlignment.Fill.FIXED) {
      json.writeNumberProperty("paddingValue", alignment.padding());
    }
    json.writeEndObject();
  }

  private static void faults(JsonGenerator json, List<Fault> faults) {
    Json.array(
        json,
        "errors",
        faults,
        (each, fault) -> {
          each.writeStartObject();
          each.writeStringProperty("code", fault.code());
          Json.text(each, "message", Texts.line(fault.message()));
          each.writeEndObject();
        });
  }

  private static void diagnostics(JsonGenerator json, KeptModel model) {
    MultivariateDiagnostics diagnostics = model.diagnostics();
    json.writeObjectPropertyStart("diagnosticsInfo");
    json.writeObjectPropertyStart("modelState");
    if (diagnostics != null) {
      json.writeArrayPropertyStart("epochIds");
      Arrays.stream(diagnostics.epochIds()).forEach(json::writeNumber);
      json.writeEndArray();
      numbers(json, "trainLosses", diagnostics.trainLosses());
      numbers(json, "validationLosses", diagnostics.validationLosses());
      numbers(json, "latenciesInSeconds", diagnostics.latenciesInSeconds());
    }
    json.writeEndObject();
    states(json, model.variables());
    json.writeEndObject();
  }

  private static void numbers(JsonGenerator json, String name, double[] values) {
    json.writeArrayPropertyStart(name);
    Arrays.stream(values).filter(Double::isFinite).forEach(json::writeNumber);
    json.writeEndArray();
  }

  private static void states(JsonGenerator json, List<MultivariateState> states) {
    Json.array(
        json,
        "variableStates",
        states,
        (each, state) -> {
          each.writeStartObject();
          Json.text(each, "variable", state.variable());
          each.writeNumberProperty("filledNARatio", state.filledNaRatio());
          each.writeNumberProperty("effectiveCount", state.effectiveCount());
          time(each, "firstTimestamp", state.firstTime());
          time(each, "lastTimestamp", state.lastTime());
          time(each, "startTime", state.firstTime());
          time(each, "endTime", state.lastTime());
          each.writeEndObject();
        });
  }

  static void result(JsonGenerator json, KeptResult result) {
    json.writeStartObject();
    json.writeStringProperty("resultId", result.id().toString());
    json.writeObjectPropertyStart("summary");
    json.writeStringProperty("status", result.status().name());
    faults(json, result.errors());
    states(json, result.variables());
    setup(json, result.info());
    json.writeEndObject();
    Json.array(json, "results", result.verdicts(), AzureJson::verdict);
    json.writeEndObject();
  }

  private static void setup(JsonGenerator json, DetectionInfo info) {
    json.writeObjectPropertyStart("setupInfo");
    source(json, info.shownSource());
    json.writeNumberProperty("topContributorCount", info.topContributorCount());
    time(json, "startTime", info.startTime());
    time(json, "endTime", info.endTime());
    json.writeEndObject();
  }

  static void last(JsonGenerator json, Detected detected) {
    json.writeStartObject();
    states(json, detected.variables());
    Json.array(json, "results", detected.verdicts(), AzureJson::verdict);
    json.writeEndObject();
  }

  private static void verdict(JsonGenerator json, MultivariateVerdict verdict) {
    json.writeStartObject();
    time(json, "timestamp", verdict.time());
    if (verdict.enoughHistory()) {
      json.writeObjectPropertyStart("value");
      json.writeBooleanProperty("isAnomaly", verdict.anomaly());
      json.writeNumberProperty("severity", verdict.severity());
      json.writeNumberProperty("score", verdict.score());
      Json.array(json, "interpretation", verdict.interpretation(), AzureJson::contributor);
      json.writeEndObject();
    }
    faults(
        json,
        verdict.enoughHistory()
            ? List.of()
            : List.of(
                new Fault(
                    "InsufficientHistoricalData",
                    "There are fewer points before this one than the sliding window.")));
    json.writeEndObject();
  }

  private static void contributor(JsonGenerator json, MultivariateVerdict.Contributor contributor) {
    json.writeStartObject();
    Json.text(json, "variable", contributor.variable());
    json.writeNumberProperty("contributionScore", contributor.contributionScore());
    json.writeObjectPropertyStart("correlationChanges");
    Json.array(
        json,
        "changedVariables",
        contributor.changedVariables(),
        (each, name) -> each.writeString(Texts.line(name)));
    json.writeEndObject();
    json.writeEndObject();
  }
}
