package dev.vedette.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vedette.server.azure.AzureSettings;
import dev.vedette.server.azure.AzureSettings.Quota;
import dev.vedette.server.azure.AzureSettings.Sources;
import dev.vedette.server.intake.Budget;
import dev.vedette.server.intake.Limits;
import dev.vedette.server.security.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Multivariate models live on: over restarts, within their limits, with data from elsewhere. */
@Timeout(120)
final class AzureLifeTest {
  private static final String MODELS = AzureClient.MODELS;

  @TempDir private Path folder;
  private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
  private final CountDownLatch release = new CountDownLatch(1);
  private HttpServer elsewhere;

  /** Data on another server; {@code /slow.csv} comes when it is let. */
  @BeforeEach
  void elsewhere() throws IOException {
    elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    elsewhere.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    answer("/pumps.csv", 200, Pumps.table(), "");
    answer("/slow.csv", 200, Pumps.table(), "");
    answer("/moved.csv", 302, "", "/pumps.csv");
    answer("/none.csv", 404, "", "");
    answer("/secret.csv", 403, "", "");
    answer("/broken.csv", 500, "", "");
    answer("/large.csv", 200, " ".repeat(2 << 20), "");
    elsewhere.start();
  }

  private void answer(String path, int status, String body, String location) {
    elsewhere.createContext(
        path,
        exchange -> {
          try {
            if (path.equals("/slow.csv")) {
              release.await();
            }
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : 0);
            exchange.getResponseBody().write(body.getBytes(UTF_8));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            exchange.close();
          }
        });
  }

  @AfterEach
  void stop() {
    release.countDown();
    elsewhere.stop(0);
  }

  private String host() {
    return "127.0.0.1:" + elsewhere.getAddress().getPort();
  }

  private String url(String path) {
    return "http://" + host() + path;
  }

  private AzureSettings settings() {
    return new AzureSettings()
        .sources(new Sources().hosts(List.of(host())).bytes(1 << 20))
        .quota(new Quota().trainings(2).models(3));
  }

  private Running running() {
    InstantSource clock = () -> Instant.now().plus(later.get());
    return new Running(folder, new Settings.Hosting().azure(settings()), clock);
  }

  @Test
  void dataFromAnotherServer() throws Exception {
    try (Running running = running()) {
      var client = new AzureClient(running);
      client.trained(url("/pumps.csv"));
      client.fails(
          AzureClient.training(url("/moved.csv")), "InvalidBlobURL", "it redirects elsewhere");
      client.fails(AzureClient.training(url("/none.csv?sig=x")), "FileNotExist", "none.csv does");
      delete(client, running);
      client.fails(AzureClient.training(url("/secret.csv")), "StorageReadError", "status 403");
      client.fails(AzureClient.training(url("/large.csv")), "InvalidFileSize", "(1048576 bytes)");
      delete(client, running);
      client.fails(AzureClient.training(url("/broken.csv")), "StorageReadError", "status 500");
      String user = url("/pumps.csv").replace("//", "//me:secret@");
      client.told(
          client.post(MODELS, AzureClient.training(user)), 400, "InvalidBlobURL", "its host");
    }
  }

  /** Makes room. */
  private static void delete(AzureClient client, Running running) {
    for (JsonNode model : AzureClient.json(running.get(MODELS)).get("models")) {
      String path = MODELS + "/" + model.get("modelId").asString();
      assertThat(running.send(running.to(path).DELETE()).statusCode()).isEqualTo(204);
      client.told(running.get(path), 404, "ModelNotExist", "does not exist");
    }
  }

  @Test
  void limitsAndStates() throws Exception {
    try (Running running = running()) {
      var client = new AzureClient(running);
      String slow = client.create(AzureClient.training(url("/slow.csv")));
      client.create(AzureClient.training(url("/slow.csv")));
      String more = AzureClient.training(url("/pumps.csv"));
      client.told(
          client.post(MODELS, more),
          400,
          "TooManyRunningModels",
          "This subscription has reached the maximum number of running models.");
      String batch = AzureClient.request(url("/pumps.csv"), 1_000, 1_100, "");
      client.told(
          client.post(MODELS + "/" + slow + ":detect-batch", batch),
          400,
          "ModelNotReady",
          "The model is not ready yet.");
      client.told(
          client.post(MODELS + "/" + slow + ":detect-last", "{\"variables\":[]}"),
          400,
          "ModelNotReady",
          "The model is not ready yet.");
      release.countDown();
      assertThat(client.model(slow).at("/modelInfo/status").asString()).isEqualTo("READY");
      String failed = client.create(AzureClient.training(url("/none.csv")));
      client.model(failed);
      client.told(
          client.post(MODELS + "/" + failed + ":detect-batch", batch),
          400,
          "ModelFailed",
          "Model failed to be trained.");
      client.told(
          client.post(MODELS, more),
          400,
          "TooManyModels",
          "This subscription has reached the maximum number of models.");
      pages(running);
    }
  }

  private static void pages(Running running) {
    JsonNode first = AzureClient.json(running.get(MODELS + "?top=2"));
    assertThat(first.get("models")).hasSize(2);
    assertThat(first.get("currentCount").asInt()).isEqualTo(3);
    assertThat(first.get("maxCount").asInt()).isEqualTo(3);
    String next = first.get("nextLink").asString();
    JsonNode second = AzureClient.json(running.get(next.substring(next.indexOf("/anomaly"))));
    assertThat(second.get("models")).hasSize(1);
    assertThat(second.has("nextLink")).isFalse();
    assertThat(first.get("models").toString())
        .doesNotContain(second.get("models").get(0).get("modelId").asString());
  }

  /** A shared access signature lets whoever has it read: it is used, and never told. */
  @Test
  void signaturesAreKeptSecret() throws Exception {
    try (Running running = running()) {
      var client = new AzureClient(running);
      HttpResponse<String> made =
          client.post(MODELS, AzureClient.training(url("/pumps.csv?sv=1&sig=s3cret")));
      String id = AzureClient.json(made).get("modelId").asString();
      JsonNode model = client.model(id);
      assertThat(model.at("/modelInfo/status").asString()).isEqualTo("READY");
      assertThat(model.at("/modelInfo/dataSource").asString()).isEqualTo(url("/pumps.csv"));
      String batch = AzureClient.request(url("/pumps.csv?sig=s3cret"), 1_150, 1_199, "");
      JsonNode result = client.detected(id, batch);
      assertThat(result.at("/summary/status").asString()).isEqualTo("READY");
      assertThat(made.body() + model + result + running.get(MODELS).body())
          .doesNotContain("s3cret");
    }
  }

  @Test
  void batchesThatWaitAreLimited() throws Exception {
    try (Running running = running()) {
      var client = new AzureClient(running);
      String path = MODELS + "/" + client.trained(url("/pumps.csv")) + ":detect-batch";
      String slow = AzureClient.request(url("/slow.csv"), 1_150, 1_199, "");
      for (int i = 0; i < 100; i++) {
        assertThat(client.post(path, slow).statusCode()).isEqualTo(202);
      }
      HttpResponse<String> refused = client.post(path, slow);
      client.told(refused, 429, "TooManyRequests", "try again later");
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
    }
  }

  /** With nobody allowed to wait, more than there are processors are sent away. */
  @Test
  void whoMayNotWaitIsToldWhenToComeAgain() {
    var azure = new AzureSettings().queue(0).points(60_000);
    // So long that the next comes before it is done.
    String values =
        IntStream.range(0, 60_000)
            .mapToObj(i -> "{\"value\":" + i % 24 + "}")
            .collect(Collectors.joining(",", "{\"series\":[", "]}"));
    try (var running = new Running(folder, new Settings.Hosting().azure(azure))) {
      var all = new ArrayList<CompletableFuture<HttpResponse<String>>>();
      for (int i = 0; i < 4 + 2 * Runtime.getRuntime().availableProcessors(); i++) {
        String path = "/anomalydetector/v1.1/timeseries/entire/detect";
        all.add(running.later(path, Running.JSON, values));
      }
      // Who asks for something else is not kept waiting by those that compute.
      assertThat(running.get("/openapi.yaml").statusCode()).isEqualTo(200);
      assertThat(all).anyMatch(one -> !one.isDone());
      List<HttpResponse<String>> answers = all.stream().map(CompletableFuture::join).toList();
      assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200, 429);
      HttpResponse<String> refused =
          answers.stream().filter(one -> one.statusCode() == 429).findFirst().orElseThrow();
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(refused.body())
          .startsWith("{\"error\":{\"code\":\"429\",\"message\":\"more requests wait than");
    }
  }

  /** Results are read whole: as many at a time as there is room for, the others in turn. */
  @Test
  void resultsWaitForRoom() throws Exception {
    var budget = new Budget(600_000);
    Settings settings =
        new Settings(folder)
            .port(0)
            .grpcPort(0)
            .limits(new Limits(10 << 20, 64 << 20, 32, 10_000, 16 << 10, Duration.ofSeconds(2)))
            .hosting(new Settings.Hosting().azure(settings()));
    Server server =
        Server.start(settings, Running.store(folder), InstantSource.system(), budget, live -> {});
    try (var running = new Running(server)) {
      var client = new AzureClient(running);
      String batch = AzureClient.request(url("/pumps.csv"), 1_000, 1_199, "");
      JsonNode result = client.detected(client.trained(url("/pumps.csv")), batch);
      String path =
          "/anomalydetector/v1.1/multivariate/detect-batch/" + result.get("resultId").asString();
      var all = IntStream.range(0, 40).mapToObj(i -> running.later(path)).toList();
      assertThat(all).allSatisfy(one -> assertThat(one.join().statusCode()).isEqualTo(200));
      // All of it comes back, a moment after the answers.
      assertThat(budget.take(600_000, Duration.ofSeconds(20))).isTrue();
      assertThat(running.get(path).statusCode()).isEqualTo(429);
      assertThat(running.get(MODELS).headers().firstValue("Retry-After")).hasValue("1");
    }
  }

  @Test
  void modelsSurviveARestartAndResultsTheirTime() throws Exception {
    String ready;
    String unfinished;
    String batch = AzureClient.request(url("/pumps.csv"), 1_150, 1_199, "");
    JsonNode before;
    try (Running running = running()) {
      var client = new AzureClient(running);
      ready = client.trained(url("/pumps.csv"));
      before = client.detected(ready, batch);
      unfinished = client.create(AzureClient.training(url("/slow.csv")));
    }
    release.countDown();
    try (Running running = running()) {
      var client = new AzureClient(running);
      String result =
          "/anomalydetector/v1.1/multivariate/detect-batch/" + before.get("resultId").asString();
      assertThat(AzureClient.json(running.get(result))).isEqualTo(before);
      JsonNode after = client.detected(ready, batch);
      assertThat(after.get("results")).isEqualTo(before.get("results"));
      assertThat(client.model(unfinished).at("/modelInfo/status").asString()).isEqualTo("READY");
      later.set(Duration.ofDays(7).minusMinutes(5));
      assertThat(running.get(result).statusCode()).isEqualTo(200);
      later.set(Duration.ofDays(7).plusMinutes(5));
      client.told(running.get(result), 404, "ResultNotExist", "The result does not exist.");
    }
    try (Stream<Path> kept = Files.list(folder.resolve("azure/results"))) {
      assertThat(kept).isEmpty();
    }
  }

  @Test
  void troubleWithTheDisk() throws Exception {
    String model;
    try (Running running = running()) {
      model = new AzureClient(running).trained(url("/pumps.csv"));
    }
    Files.writeString(folder.resolve("azure/models").resolve(model + ".vedette"), "no model");
    Path results = Files.writeString(folder.resolve("azure/results"), "no folder");
    try (Running running = running()) {
      var client = new AzureClient(running);
      String last = "{\"variables\":" + Pumps.variables(0, 31) + "}";
      client.told(
          client.post(MODELS + "/" + model + ":detect-last", last),
          500,
          "UnexpectedError",
          "the server failed; its log says why");
      String batch = AzureClient.request(url("/pumps.csv"), 1_150, 1_199, "");
      client.told(
          client.post(MODELS + "/" + model + ":detect-batch", batch),
          403,
          "StorageWriteError",
          "The server cannot write to its folder");
      Files.delete(results);
      JsonNode result = client.detected(model, batch);
      client.fault(result.at("/summary/errors"), "UnexpectedError", "The server failed");
    }
  }

  @Test
  void whoMayDoWhat() throws Exception {
    try (Running running = running()) {
      String admin = running.server.keys().create(Role.ADMIN, "", "test").secret();
      String ingest = running.server.keys().create(Role.INGEST, "", "test").secret();
      String analyst = running.server.keys().create(Role.ANALYST, "", "test").secret();
      String training = AzureClient.training(url("/pumps.csv"));
      assertThat(send(running, "POST", MODELS, training, "").statusCode()).isEqualTo(401);
      HttpResponse<String> wrong = send(running, "POST", MODELS, training, "vdt_no");
      assertThat(wrong.statusCode()).isEqualTo(401);
      assertThat(wrong.body())
          .startsWith("{\"error\":{\"code\":\"401\",\"message\":\"Access denied due to invalid");
      assertThat(send(running, "POST", MODELS, training, ingest).statusCode()).isEqualTo(403);
      HttpResponse<String> made = send(running, "POST", MODELS, training, admin);
      assertThat(made.statusCode()).isEqualTo(201);
      String model = MODELS + "/" + AzureClient.json(made).get("modelId").asString();
      assertThat(send(running, "GET", model, "", ingest).statusCode()).isEqualTo(200);
      assertThat(send(running, "GET", model, "", analyst).statusCode()).isEqualTo(403);
      assertThat(send(running, "DELETE", model, "", ingest).statusCode()).isEqualTo(403);
      assertThat(send(running, "PUT", "/v1/datasets/x", "x", ingest).statusCode()).isEqualTo(403);
      String series = Seasonal.request(Seasonal.hourly(48, -1), "");
      String entire = "/anomalydetector/v1.0/timeseries/entire/detect";
      assertThat(send(running, "POST", entire, series, ingest).statusCode()).isEqualTo(200);
      assertThat(send(running, "POST", entire, series, analyst).statusCode()).isEqualTo(403);
      assertThat(send(running, "DELETE", model, "", admin).statusCode()).isEqualTo(204);
      assertThat(send(running, "GET", "/v1/audit", "", admin).body())
          .contains("azure.model.create", "azure.model.delete");
    }
  }

  private static HttpResponse<String> send(
      Running running, String method, String path, String body, String key) {
    HttpRequest.Builder request =
        running
            .to(path)
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", path.contains("datasets") ? "text/csv" : Running.JSON);
    return running.send(key.isEmpty() ? request : request.header("Ocp-Apim-Subscription-Key", key));
  }

  @Test
  void itCanBeOff() {
    var off = new Settings.Hosting().azure(new AzureSettings().on(false));
    try (var running = new Running(folder, off)) {
      assertThat(running.server.routes()).noneMatch(route -> route.contains("anomalydetector"));
      assertThat(
              running.post("/anomalydetector/v1.0/timeseries/entire/detect", "", "").statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  void twoHundredAtATime() {
    try (Running running = running()) {
      String path = "/anomalydetector/v1.1/timeseries/last/detect";
      String series = Seasonal.request(Seasonal.hourly(200, 199), "");
      var all = new ArrayList<CompletableFuture<HttpResponse<String>>>();
      for (int i = 0; i < 200; i++) {
        all.add(running.later(path, Running.JSON, series));
      }
      String first = all.getFirst().join().body();
      assertThat(first).contains("\"isAnomaly\":true");
      assertThat(all).allSatisfy(one -> assertThat(one.join().body()).isEqualTo(first));
    }
  }

  @Test
  void whatHasNoRoomWaitsForIt() {
    String series = Seasonal.request(Seasonal.hourly(200, 199), "");
    var budget = new Budget(3L * series.length());
    Settings settings = new Settings(folder).port(0).grpcPort(0);
    Server server =
        Server.start(settings, Running.store(folder), InstantSource.system(), budget, live -> {});
    try (var running = new Running(server)) {
      var all = new ArrayList<CompletableFuture<HttpResponse<String>>>();
      for (int i = 0; i < 40; i++) {
        String path = "/anomalydetector/v1.1/timeseries/last/detect";
        all.add(running.later(path, Running.JSON, series));
      }
      assertThat(all).allSatisfy(one -> assertThat(one.join().statusCode()).isEqualTo(200));
    }
    assertThat(budget.held()).isZero();
  }
}
