package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.server.azure.AzureSettings;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every operation of the Azure-compatible service answers as openapi.yaml says. */
@Timeout(120)
final class AzureTest {
  private static final String ROOT = "/anomalydetector/{version}/";
  private static final String MODELS = ROOT + "multivariate/models";

  @TempDir private Path folder;
  private final OpenApi openapi = new OpenApi();
  private Running running;

  @BeforeEach
  void start() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    var sources = new AzureSettings.Sources().folders(List.of(data));
    running =
        new Running(folder, new Settings.Hosting().azure(new AzureSettings().sources(sources)));
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private HttpResponse<String> ask(
      String operation, String path, String type, BodyPublisher body, int status) {
    HttpRequest.Builder request =
        running.to(path).method(operation.substring(0, operation.indexOf(' ')), body);
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    HttpResponse<String> response = running.send(request);
    assertThat(response.statusCode()).as(operation + ": " + response.body()).isEqualTo(status);
    String sent = response.headers().firstValue("Content-Type").orElse("");
    openapi.check(operation, response.statusCode(), sent, response.body());
    return response;
  }

  private HttpResponse<String> post(String operation, String path, String json, int status) {
    return ask(operation, path, Running.JSON, BodyPublishers.ofString(json), status);
  }

  private JsonNode get(String operation, String path) {
    return json(ask(operation, path, "", BodyPublishers.noBody(), 200));
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  @Test
  void everyOperationAnswersAsDescribed() throws Exception {
    univariate();
    String model = trained();
    listed(model);
    String first = judged(model, "v1.1", ":detect-batch", "detect-batch", 202);
    String second = judged(model, "v1.1-preview", "/detect", "results", 201);
    assertThat(second.replaceAll("\"resultId\":\"[^\"]*\"", ""))
        .isEqualTo(first.replaceAll("\"resultId\":\"[^\"]*\"", ""));
    lastPoints(model);
    ask(
        "DELETE " + MODELS + "/{modelId}",
        "/anomalydetector/v1.1/multivariate/models/" + model,
        "",
        BodyPublishers.noBody(),
        204);
    datasets();
    var routes = new TreeSet<>(running.server.routes());
    routes.removeIf(r -> !r.contains("/anomalydetector/") && !r.contains("/v1/datasets"));
    // It has a test of its own.
    routes.removeIf(r -> r.contains("changepoint"));
    assertThat(openapi.answered()).isEqualTo(routes);
  }

  private void univariate() {
    String series = Seasonal.request(Seasonal.hourly(240, 239), ",\"period\":24");
    String root = "/anomalydetector/v1.1/timeseries/";
    String template = "POST " + ROOT + "timeseries/";
    JsonNode entire = json(post(template + "entire/detect", root + "entire/detect", series, 200));
    assertThat(entire.get("isAnomaly")).hasSize(240);
    assertThat(entire.get("isAnomaly").get(239).asBoolean()).isTrue();
    assertThat(entire.get("period").asInt()).isEqualTo(24);
    JsonNode last = json(post(template + "last/detect", root + "last/detect", series, 200));
    assertThat(last.get("isPositiveAnomaly").asBoolean()).isTrue();
    assertThat(last.get("suggestedWindow").asInt()).isEqualTo(97);
    String change = template + "changepoint/detect";
    post(change, root + "changepoint/detect", "{}", 400);
  }

  @Test
  void changePointsAnswerAsDescribed() {
    Seasonal.assumeChangePoints();
    String series = Seasonal.request(Seasonal.hourly(240, -1), ",\"period\":24");
    JsonNode points =
        json(
            post(
                "POST " + ROOT + "timeseries/changepoint/detect",
                "/anomalydetector/v1.1/timeseries/changepoint/detect",
                series,
                200));
    assertThat(points.get("isChangePoint")).hasSize(240);
    assertThat(points.get("confidenceScores")).hasSize(240);
  }

  private String trained() throws Exception {
    ask(
        "PUT /v1/datasets/{name}",
        "/v1/datasets/pumps.csv",
        "text/csv",
        BodyPublishers.ofString(Pumps.table()),
        201);
    String body =
        """
        {"dataSource":"upload:pumps.csv","dataSchema":"OneTable","startTime":"%s","endTime":"%s",
        "displayName":"pumps","slidingWindow":30,"unknown":[{}],
        "alignPolicy":{"alignMode":"Inner","fillNAMethod":"Fixed","paddingValue":0}}"""
            .formatted(Pumps.at(0), Pumps.at(999));
    HttpResponse<String> made =
        post("POST " + MODELS, "/anomalydetector/v1.1/multivariate/models", body, 201);
    String location = made.headers().firstValue("Location").orElse("");
    assertThat(location)
        .startsWith("http://127.0.0.1:" + running.server.port())
        .endsWith(json(made).get("modelId").asString());
    return ready("GET " + MODELS + "/{modelId}", location, "/modelInfo/status")
        .get("modelId")
        .asString();
  }

  /** What is at {@code location} once it is ready. */
  private JsonNode ready(String operation, String location, String status) throws Exception {
    String path = location.substring(location.indexOf("/anomalydetector"));
    JsonNode kept = get(operation, path);
    while (!kept.at(status).asString().equals("READY")) {
      assertThat(kept.at(status).asString()).as(kept.toString()).isIn("CREATED", "RUNNING");
      Thread.sleep(20);
      kept = get(operation, path);
    }
    return kept;
  }

  private void listed(String model) {
    String path = "/anomalydetector/v1.1/multivariate/models";
    JsonNode list = get("GET " + MODELS, path + "?skip=0&top=1");
    assertThat(list.get("currentCount").asInt()).isEqualTo(1);
    assertThat(list.get("maxCount").asInt()).isEqualTo(1_000);
    assertThat(list.has("nextLink")).isFalse();
    JsonNode info = list.get("models").get(0).get("modelInfo");
    assertThat(info.get("displayName").asString()).isEqualTo("pumps");
    assertThat(info.at("/diagnosticsInfo/variableStates")).hasSize(3);
    assertThat(info.at("/diagnosticsInfo/modelState/epochIds")).isNotEmpty();
    assertThat(info.at("/alignPolicy/fillNAMethod").asString()).isEqualTo("Fixed");
    JsonNode snapshot =
        get("GET " + MODELS, path.replace("v1.1", "v1.1-preview.1") + "?$skip=0").get("models");
    assertThat(snapshot.get(0).get("modelId").asString()).isEqualTo(model);
    assertThat(snapshot.get(0).get("variablesCount").asInt()).isEqualTo(3);
  }

  private String judged(String model, String version, String verb, String results, int status)
      throws Exception {
    String body =
        "{\"dataSource\":\"upload:pumps.csv\",\"startTime\":\"%s\",\"endTime\":\"%s\",\"topContributorCount\":2}"
            .formatted(Pumps.at(1_150), Pumps.at(Pumps.POINTS - 1));
    HttpResponse<String> begun =
        post(
            "POST " + MODELS + "/{modelId}" + verb,
            "/anomalydetector/" + version + "/multivariate/models/" + model + verb,
            body,
            status);
    var headers = begun.headers();
    String location =
        headers.firstValue("operation-location").or(() -> headers.firstValue("Location")).get();
    JsonNode result =
        ready(
            "GET " + ROOT + "multivariate/" + results + "/{resultId}", location, "/summary/status");
    assertThat(result.get("results")).hasSize(50);
    JsonNode strange = result.get("results").get(Pumps.STRANGE - 1_150);
    assertThat(strange.get("timestamp").asString()).isEqualTo(Pumps.at(Pumps.STRANGE).toString());
    assertThat(strange.at("/value/isAnomaly").asBoolean()).isTrue();
    assertThat(strange.at("/value/interpretation")).hasSize(2);
    assertThat(result.at("/summary/variableStates")).hasSize(3);
    assertThat(result.at("/summary/setupInfo/topContributorCount").asInt()).isEqualTo(2);
    return result.toString();
  }

  private void lastPoints(String model) {
    String body = "{\"variables\":" + Pumps.variables(Pumps.STRANGE - 30, Pumps.STRANGE + 1) + "}";
    String path = "/anomalydetector/v1.1/multivariate/models/" + model;
    JsonNode last =
        json(post("POST " + MODELS + "/{modelId}:detect-last", path + ":detect-last", body, 200));
    // A window of 30 and one more.
    assertThat(last.get("results")).hasSize(2);
    assertThat(last.at("/results/1/value/isAnomaly").asBoolean()).isTrue();
    JsonNode preview =
        json(
            post(
                "POST " + MODELS + "/{modelId}/last/detect",
                path.replace("v1.1", "v1.1-preview.1") + "/last/detect",
                body.replace("\"variable\":", "\"name\":")
                    .replace("{\"variables\"", "{\"detectingPoints\":1,\"variables\""),
                200));
    assertThat(preview.get("results")).hasSize(1);
    assertThat(preview.get("results").get(0)).isEqualTo(last.get("results").get(1));
  }

  private void datasets() {
    JsonNode all = get("GET /v1/datasets", "/v1/datasets").get("datasets");
    assertThat(all).hasSize(1);
    assertThat(all.get(0).get("dataSource").asString()).isEqualTo("upload:pumps.csv");
    String delete = "DELETE /v1/datasets/{name}";
    ask(delete, "/v1/datasets/pumps.csv", "", BodyPublishers.noBody(), 204);
    ask(delete, "/v1/datasets/pumps.csv", "", BodyPublishers.noBody(), 404);
  }
}
