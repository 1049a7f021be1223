package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.Models;
import dev.vedette.data.Matrix;
import dev.vedette.row.IsolationForest;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every operation answers as openapi.yaml says, and does what it says. */
@Timeout(60)
final class ServerTest {
  private final OpenApi openapi = new OpenApi();
  @TempDir private Path folder;
  private Running running;
  private String key = "";

  @BeforeEach
  void start() {
    running = new Running(folder);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  /** Asks {@code operation}, whose template becomes {@code path}, and checks the answer. */
  private JsonNode ask(
      String operation, String path, String type, HttpRequest.BodyPublisher body, int status) {
    HttpRequest.Builder request =
        running.to(path).method(operation.substring(0, operation.indexOf(' ')), body);
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    HttpResponse<String> response = running.send(request);
    assertThat(response.statusCode()).as(operation + ": " + response.body()).isEqualTo(status);
    String sent = response.headers().firstValue("Content-Type").orElse("");
    openapi.check(operation, response.statusCode(), sent, response.body());
    return sent.endsWith("json")
        ? JsonMapper.shared().readTree(response.body())
        : JsonMapper.shared().getNodeFactory().stringNode(response.body());
  }

  private JsonNode get(String operation, String path) {
    return ask(operation, path, "", BodyPublishers.noBody(), 200);
  }

  private JsonNode get(String path) {
    return get("GET " + path, path);
  }

  private void delete(String operation, String path) {
    ask(operation, path, "", BodyPublishers.noBody(), 204);
  }

  private JsonNode post(String operation, String path, @Nullable String json, int status) {
    return json == null
        ? ask(operation, path, "", BodyPublishers.noBody(), status)
        : ask(operation, path, "application/json", BodyPublishers.ofString(json), status);
  }

  @Test
  void everyOperationAnswersAsDescribed() throws Exception {
    operation();
    pipelines();
    events();
    assertThat(get("GET /v1/pipelines/{name}/series", "/v1/pipelines/shop/series").get("points"))
        .isNotEmpty();
    alerts();
    running.post("/v1/pipelines/shop/pause", "application/json", "");
    models();
    hosting();
    live();
    keys();
    delete("DELETE /v1/pipelines/{name}", "/v1/pipelines/shop");
    post("GET /v1/pipelines/{name}", "/v1/pipelines/shop", null, 404);
    audit();
    var routes = new TreeSet<>(running.server.routes());
    // See AzureTest.
    routes.removeIf(r -> r.contains(" /anomalydetector/") || r.contains(" /v1/datasets"));
    assertThat(openapi.answered()).isEqualTo(routes);
  }

  private void operation() {
    assertThat(get("/health/live").get("status").asString()).isEqualTo("up");
    assertThat(get("/health/ready").get("status").asString()).isEqualTo("up");
    assertThat(get("/openapi.yaml").asString()).startsWith("openapi: 3.1");
  }

  private void pipelines() {
    String yaml = Shop.yaml("shop");
    assertThat(get("/v1/pipelines").get("pipelines")).isEmpty();
    JsonNode made = ask("POST /v1/pipelines", "/v1/pipelines", "application/yaml", text(yaml), 201);
    assertThat(made.get("yaml").asString()).isEqualTo(yaml);
    assertThat(made.get("trouble").isNull()).isTrue();
    ask("POST /v1/pipelines", "/v1/pipelines", "application/yaml", text(yaml), 409);
    ask("POST /v1/pipelines", "/v1/pipelines", "application/yaml", text("name: [x"), 400);
    assertThat(get("/v1/pipelines").get("pipelines").get(0).get("name").asString())
        .isEqualTo("shop");
    JsonNode paused =
        post("POST /v1/pipelines/{name}/pause", "/v1/pipelines/shop/pause", null, 200);
    assertThat(paused.get("paused").asBoolean()).isTrue();
    post("POST /v1/pipelines/{name}/events", "/v1/pipelines/shop/events", Shop.json(0), 409);
    JsonNode resumed =
        post("POST /v1/pipelines/{name}/resume", "/v1/pipelines/shop/resume", null, 200);
    assertThat(resumed.get("paused").asBoolean()).isFalse();
  }

  private static HttpRequest.BodyPublisher text(String text) {
    return BodyPublishers.ofString(text);
  }

  /** Ordinary events 1 to 600, then two strange ones of one group each. */
  private void events() {
    String operation = "POST /v1/pipelines/{name}/events";
    String path = "/v1/pipelines/shop/events";
    assertThat(post(operation, path, Shop.array(0, 600), 200).get("decisions")).hasSize(600);
    String strange = "[" + Shop.json(Shop.strange(600)) + "," + Shop.json(Shop.strange(700)) + "]";
    JsonNode decision = post(operation, path, strange, 200).get("decisions").get(0);
    assertThat(decision.get("number").asInt()).isEqualTo(601);
    assertThat(decision.get("flagged").asBoolean()).as(decision.toString()).isTrue();
    assertThat(decision.get("causes")).isNotEmpty();

    JsonNode page =
        get("GET /v1/pipelines/{name}/decisions", "/v1/pipelines/shop/decisions?limit=2");
    assertThat(page.get("decisions").get(0).get("number").asInt()).isEqualTo(602);
    assertThat(page.get("decisions").get(1)).isEqualTo(decision);
    assertThat(page.get("next").asInt()).isEqualTo(601);

    String label = "{\"number\":601,\"anomaly\":true,\"comment\":\"seen\\ud800\"}";
    post("POST /v1/pipelines/{name}/labels", "/v1/pipelines/shop/labels", label, 201);
    post(
        "POST /v1/pipelines/{name}/labels",
        "/v1/pipelines/shop/labels",
        "{\"number\":9999,\"anomaly\":true}",
        404);
    JsonNode labels =
        get("GET /v1/pipelines/{name}/labels", "/v1/pipelines/shop/labels").get("labels");
    assertThat(labels).hasSize(1);
    assertThat(labels.get(0).get("comment").asString()).isEqualTo("seen\ufffd");
    JsonNode one =
        get("GET /v1/pipelines/{name}/decisions/{number}", "/v1/pipelines/shop/decisions/601");
    assertThat(one.get("decision")).isEqualTo(decision);
    assertThat(one.get("labels")).isEqualTo(labels);
    JsonNode status = get("GET /v1/pipelines/{name}", "/v1/pipelines/shop");
    assertThat(status.get("memory").asLong()).isPositive();
  }

  private void alerts() {
    JsonNode list = get("GET /v1/alerts", "/v1/alerts?pipeline=shop").get("alerts");
    JsonNode newest = list.get(0);
    String id = URLEncoder.encode(newest.get("id").asString(), StandardCharsets.UTF_8);
    JsonNode alert = get("GET /v1/alerts/{id}", "/v1/alerts/" + id.replace("+", "%20"));
    assertThat(alert.get("alert")).isEqualTo(newest);
    assertThat(alert.get("decision").get("number")).isEqualTo(newest.get("worst"));
    JsonNode history = alert.get("history");
    assertThat(history.get(history.size() - 1).get("number")).isEqualTo(newest.get("worst"));
    assertThat(history.get(0).get("fields").propertyNames()).isNotEmpty();
    if (list.size() > 1) {
      assertThat(alert.get("similar")).isNotEmpty();
    }
    assertThat(get("GET /v1/alerts", "/v1/alerts?key=nobody").get("alerts")).isEmpty();
    String metrics = get("/metrics").asString();
    assertThat(metrics)
        .contains(
            "vedette_events_total{handling=\"judged\",pipeline=\"shop\"} 602",
            "vedette_decisions_total{flagged=\"true\",pipeline=\"shop\"}",
            "vedette_decision_latency_seconds_bucket{pipeline=\"shop\",le=",
            "vedette_alerts_total{pipeline=\"shop\",severity=\"",
            "vedette_queue_depth{pipeline=\"shop\"} 0",
            "vedette_memory_bytes{detector=\"",
            "vedette_detector_errors_total{",
            "http_server_requests_seconds_bucket{");
  }

  private void models() throws Exception {
    Path file = folder.resolve("made.vedette");
    double[][] rows = new double[50][2];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {i % 7, i % 11};
    }
    Matrix matrix = Matrix.of(rows);
    var model = new IsolationForest().trees(5).fit(matrix);
    Models.save(model, matrix, InstantSource.fixed(Instant.EPOCH), file);
    byte[] bytes = Files.readAllBytes(file);
    String operation = "PUT /v1/models/{name}";
    String type = "application/octet-stream";
    ask(operation, "/v1/models/mine", type, BodyPublishers.ofByteArray(bytes), 201);
    ask(operation, "/v1/models/mine", type, BodyPublishers.ofByteArray(bytes), 200);
    bytes[bytes.length - 1] ^= 1;
    ask(operation, "/v1/models/mine", type, BodyPublishers.ofByteArray(bytes), 400);
    bytes[bytes.length - 1] ^= 1;
    assertThat(get("/v1/models").get("models").get(0).get("bytes").asInt()).isEqualTo(bytes.length);
    get("GET /v1/models/{name}", "/v1/models/mine");
    HttpResponse<byte[]> back =
        running.send(running.to("/v1/models/mine"), BodyHandlers.ofByteArray());
    assertThat(back.body()).isEqualTo(bytes);
    delete("DELETE /v1/models/{name}", "/v1/models/mine");
    assertThat(get("/v1/models").get("models")).isEmpty();
  }

  /** HostingTest says more. */
  private void hosting() throws Exception {
    Path file = folder.resolve("cards");
    Cards.save(Cards.mixed(200, 1), 1, file);
    ask("GET /ping", "/ping", "", BodyPublishers.noBody(), 503);
    ask(
        "PUT /v1/models/{name}",
        "/v1/models/cards",
        "application/octet-stream",
        BodyPublishers.ofByteArray(Files.readAllBytes(file)),
        201);
    assertThat(get("/v1/models").at("/models/0/columns/3/kind").asString()).isEqualTo("category");
    String path = "/v1/models/cards/score";
    String rows = Cards.objects(Cards.mixed(50, 2));
    JsonNode scored = post("POST /v1/models/{name}/score", path + "?reasons=all", rows, 200);
    assertThat(scored.get("decisions")).hasSize(50);
    post("POST /v1/models/{name}/score", path, "{\"x\":1}", 400);
    ask("GET /ping", "/ping", "", BodyPublishers.noBody(), 200);
    get("/execution-parameters");
    post("POST /invocations", "/invocations", rows, 200);
    post("POST /invocations", "/invocations", "{\"x\":1}", 400);
    get("/v2/health/live");
    get("/v2/health/ready");
    get("/v2");
    String infer = Cards.infer(Cards.mixed(5, 2), ",\"outputs\":[{\"name\":\"reasons\"}]");
    for (String version : List.of("", "/versions/{version}")) {
      String template = "/v2/models/{name}" + version;
      String model = "/v2/models/cards" + version.replace("{version}", "1");
      get("GET " + template, model);
      get("GET " + template + "/ready", model + "/ready");
      post("POST " + template + "/infer", model + "/infer", infer, 200);
      post("POST " + template + "/infer", model + "/infer", "{}", 400);
      post("GET " + template, model.replace("cards", "none"), null, 404);
    }
    delete("DELETE /v1/models/{name}", "/v1/models/cards");
  }

  /** LiveFeedTest says more. */
  private void live() throws Exception {
    HttpResponse<java.io.InputStream> feed =
        running.send(running.to("/v1/pipelines/shop/live"), BodyHandlers.ofInputStream());
    String type = feed.headers().firstValue("Content-Type").orElse("");
    openapi.check("GET /v1/pipelines/{name}/live", feed.statusCode(), type, "");
    feed.body().close();
  }

  private void keys() {
    JsonNode made = post("POST /v1/keys", "/v1/keys", "{\"role\":\"admin\",\"note\":\"me\"}", 201);
    post("GET /v1/keys", "/v1/keys", null, 401);
    key = made.get("key").asString();
    String other =
        post("POST /v1/keys", "/v1/keys", "{\"role\":\"analyst\"}", 201).get("id").asString();
    assertThat(get("/v1/keys").get("keys")).hasSize(2);
    delete("DELETE /v1/keys/{id}", "/v1/keys/" + other);
    assertThat(get("/v1/keys").get("keys")).hasSize(1);
  }

  private void audit() {
    JsonNode audit = get("/v1/audit").get("audit");
    assertThat(audit.valueStream().map(change -> change.get("action").asString()))
        .containsSubsequence(
            "pipeline.delete",
            "key.delete",
            "key.create",
            "key.create",
            "model.delete",
            "model.upload",
            "model.delete",
            "model.upload",
            "model.upload",
            "pipeline.pause",
            "event.label",
            "pipeline.resume",
            "pipeline.pause",
            "pipeline.create");
  }
}
