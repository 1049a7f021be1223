package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks for multivariate models as clients of Azure do, and notes the codes of what is refused. */
final class AzureClient {
  static final String MODELS = "/anomalydetector/v1.1/multivariate/models";

  private final Running running;
  private final Set<String> seen = Collections.synchronizedSet(new TreeSet<>());

  AzureClient(Running running) {
    this.running = running;
  }

  /** The codes that were answered. */
  Set<String> seen() {
    return seen;
  }

  static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  HttpResponse<String> post(String path, String body) {
    return running.post(path, Running.JSON, body);
  }

  /** A request to train or detect with the pumps, from minute {@code from} to {@code to}. */
  static String request(String source, int from, int to, String more) {
    return "{\"dataSource\":\"%s\",\"startTime\":\"%s\",\"endTime\":\"%s\"%s}"
        .formatted(source, Pumps.at(from), Pumps.at(to), more);
  }

  static String training(String source) {
    return request(source, 0, 999, ",\"slidingWindow\":30");
  }

  void upload(String name, byte[] data) {
    HttpRequest.Builder request =
        running
            .to("/v1/datasets/" + name)
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofByteArray(data));
    assertThat(running.send(request).statusCode()).isEqualTo(201);
  }

  /** The id of the model that {@code body} makes. */
  String create(String body) {
    HttpResponse<String> response = post(MODELS, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return json(response).get("modelId").asString();
  }

  /** A model or a result at {@code path} once it is ready or failed. */
  JsonNode ended(String path, String status) throws InterruptedException {
    while (true) {
      HttpResponse<String> response = running.get(path);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      JsonNode kept = json(response);
      if (Set.of("READY", "FAILED").contains(kept.at(status).asString())) {
        return kept;
      }
      Thread.sleep(20);
    }
  }

  JsonNode model(String id) throws InterruptedException {
    return ended(MODELS + "/" + id, "/modelInfo/status");
  }

  /** A model made of {@code source} that is ready. */
  String trained(String source) throws InterruptedException {
    String id = create(training(source));
    JsonNode model = model(id);
    assertThat(model.at("/modelInfo/status").asString()).as(model.toString()).isEqualTo("READY");
    return id;
  }

  /** What became of a batch detection. */
  JsonNode detected(String model, String body) throws InterruptedException {
    HttpResponse<String> begun = post(MODELS + "/" + model + ":detect-batch", body);
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
    String id = begun.headers().firstValue("operation-id").orElse("");
    return ended("/anomalydetector/v1.1/multivariate/detect-batch/" + id, "/summary/status");
  }

  /** {@code errors} of a model or a result are one of this code. */
  void fault(JsonNode errors, String code, String why) {
    assertThat(errors).as(errors.toString()).hasSize(1);
    assertThat(errors.get(0).get("code").asString()).isEqualTo(code);
    assertThat(errors.get(0).get("message").asString())
        .contains(why)
        .doesNotContain("Exception", "/work", "--");
    seen.add(code);
  }

  /** A training from {@code body} ends so. */
  void fails(String body, String code, String why) throws InterruptedException {
    JsonNode info = model(create(body)).get("modelInfo");
    assertThat(info.get("status").asString()).as(info.toString()).isEqualTo("FAILED");
    fault(info.get("errors"), code, why);
  }

  /** {@code response} is a refusal of the service. */
  void told(HttpResponse<String> response, int status, String code, String why) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("x-ms-error-code")).hasValue(code);
    JsonNode body = json(response);
    assertThat(body.get("code").asString()).isEqualTo(code);
    assertThat(body.get("message").asString()).contains(why).doesNotContain("Exception");
    seen.add(code);
  }
}
