package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.DataException;
import dev.vedette.Decider;
import dev.vedette.Decision;
import dev.vedette.data.Column;
import dev.vedette.data.Table;
import dev.vedette.server.security.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Models answer by every protocol, bit for bit as the library does. */
@Timeout(120)
final class HostingTest {
  private static final Table ROWS = Cards.mixed(200, 7);
  private static final Table NUMBERS = Cards.numbers(100, 7);
  private static final String TARGET = "X-Amzn-SageMaker-Target-Model";

  private static Path folder;
  private static Running running;
  private static Decider cards;
  private static Decider numbers;

  @BeforeAll
  static void start(@TempDir Path given) {
    folder = given;
    cards = Cards.save(Cards.mixed(2_000, 1), 1, given.resolve("cards.vedette"));
    numbers = Cards.save(Cards.numbers(2_000, 1), 1, given.resolve("numbers.vedette"));
    List<Path> files = List.of(given.resolve("cards.vedette"), given.resolve("numbers.vedette"));
    running = new Running(given, new Settings.Hosting().models(files));
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static void same(JsonNode scores, List<Decision> decisions) {
    assertThat(scores).hasSameSizeAs(decisions);
    for (int row = 0; row < decisions.size(); row++) {
      assertThat(scores.get(row).get("score").asDouble()).isEqualTo(decisions.get(row).score());
      assertThat(scores.get(row).get("flagged").asBoolean())
          .isEqualTo(decisions.get(row).flagged());
    }
  }

  private static JsonNode output(JsonNode response, String name) {
    return response
        .get("outputs")
        .valueStream()
        .filter(output -> output.get("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void sameTensors(JsonNode response, List<Decision> decisions) {
    for (int row = 0; row < decisions.size(); row++) {
      Decision decision = decisions.get(row);
      assertThat(output(response, "score").at("/data").get(row).asDouble())
          .isEqualTo(decision.score());
      assertThat(output(response, "p_value").at("/data").get(row).asDouble())
          .isEqualTo(decision.pValue());
      assertThat(output(response, "severity").at("/data").get(row).asDouble())
          .isEqualTo(decision.severity());
      assertThat(output(response, "flagged").at("/data").get(row).asBoolean())
          .isEqualTo(decision.flagged());
    }
  }

  private static JsonNode post(String path, String body) {
    return Running.json(running.post(path, Running.JSON, body));
  }

  @Test
  void theProtocolTellsOfItself() {
    assertThat(Running.json(running.get("/v2/health/live")).get("live").asBoolean()).isTrue();
    assertThat(Running.json(running.get("/v2/health/ready")).get("ready").asBoolean()).isTrue();
    assertThat(Running.json(running.get("/v2")).get("extensions").get(0).asString())
        .isEqualTo("binary_tensor_data");
    JsonNode metadata = Running.json(running.get("/v2/models/cards/versions/1"));
    assertThat(metadata.get("inputs").toString())
        .isEqualTo(
            """
            [{"name":"amount","datatype":"FP64","shape":[-1]},\
            {"name":"age","datatype":"FP64","shape":[-1]},\
            {"name":"chip","datatype":"BOOL","shape":[-1]},\
            {"name":"country","datatype":"BYTES","shape":[-1]}]""");
    assertThat(metadata.get("outputs").valueStream().map(output -> output.get("name").asString()))
        .containsExactly("score", "p_value", "severity", "flagged", "reasons");
    assertThat(Running.json(running.get("/v2/models/cards/ready")).get("name").asString())
        .isEqualTo("cards");
    HttpResponse<String> unknown = running.get("/v2/models/none/ready");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body())
        .isEqualTo("{\"error\":\"no model none answers here; there are [cards, numbers]\"}");
    assertThat(running.get("/v2/models/cards/versions/2").statusCode()).isEqualTo(404);
  }

  @Test
  void oneInputForEachColumn() {
    JsonNode response = post("/v2/models/cards/infer", Cards.infer(ROWS, ""));
    assertThat(response.get("id").asString()).isEqualTo("q1");
    assertThat(response.get("model_version").asString()).isEqualTo("1");
    sameTensors(response, cards.decide(ROWS));
  }

  @Test
  void aRowAloneScoresAsInItsBatch() {
    List<Decision> decisions = cards.decide(ROWS);
    for (int row = 0; row < 20; row++) {
      Table one = ROWS.select(new int[] {row});
      JsonNode response = post("/v2/models/cards/versions/1/infer", Cards.infer(one, ""));
      sameTensors(response, decisions.subList(row, row + 1));
    }
  }

  @Test
  void reasonsOnRequest() {
    JsonNode response =
        post(
            "/v2/models/cards/infer",
            Cards.infer(ROWS, ",\"outputs\":[{\"name\":\"reasons\"},{\"name\":\"score\"}]"));
    assertThat(response.get("outputs")).hasSize(2);
    JsonNode first =
        JsonMapper.shared().readTree(output(response, "reasons").get("data").get(0).asString());
    String wanted = cards.model().explain(ROWS, 0).top(1).getFirst().toString();
    assertThat(first.get(0).get("text").asString()).isEqualTo(wanted);
  }

  private static String matrix(String type, String data) {
    return "{\"inputs\":[{\"name\":\"input\",\"datatype\":\"%s\",\"shape\":[100,3],\"data\":%s}]}"
        .formatted(type, data);
  }

  @Test
  void oneMatrix() {
    List<String> rows = new ArrayList<>();
    List<String> flat = new ArrayList<>();
    for (int row = 0; row < NUMBERS.rows(); row++) {
      rows.add(Cards.json(NUMBERS, row).toString());
      flat.addAll(Cards.json(NUMBERS, row));
    }
    List<Decision> decisions = numbers.decide(NUMBERS);
    String path = "/v2/models/numbers/infer";
    sameTensors(post(path, matrix("FP64", rows.toString())), decisions);
    sameTensors(post(path, matrix("FP32", flat.toString())), decisions);
    List<String> texts = flat.stream().map(value -> "\"" + value + "\"").toList();
    sameTensors(post(path, matrix("BYTES", texts.toString())), decisions);
  }

  /** As Triton's client sends it and reads it: bytes after the JSON. */
  @Test
  void binaryTensors() {
    ByteBuffer data = ByteBuffer.allocate(1200).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < NUMBERS.rows(); row++) {
      for (Column column : NUMBERS.columns()) {
        data.putFloat((float) ((Column.Numeric) column).value(row));
      }
    }
    byte[] json =
        ("{\"inputs\":[{\"name\":\"input\",\"datatype\":\"FP32\",\"shape\":[100,3],"
                + "\"parameters\":{\"binary_data_size\":1200}}],"
                + "\"parameters\":{\"binary_data_output\":true}}")
            .getBytes(StandardCharsets.UTF_8);
    byte[] body = ByteBuffer.allocate(json.length + 1200).put(json).put(data.flip()).array();
    HttpRequest.Builder request =
        running
            .to("/v2/models/numbers/infer")
            .header("Inference-Header-Content-Length", Integer.toString(json.length))
            .POST(BodyPublishers.ofByteArray(body));
    HttpResponse<byte[]> response = running.send(request, BodyHandlers.ofByteArray());
    int header =
        Integer.parseInt(
            response.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
    JsonNode told = JsonMapper.shared().readTree(response.body(), 0, header);
    assertThat(output(told, "score").at("/parameters/binary_data_size").asInt()).isEqualTo(800);
    assertThat(response.body()).hasSize(header + 3 * 800 + 100);
    ByteBuffer answers =
        ByteBuffer.wrap(response.body(), header, response.body().length - header)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (Decision decision : numbers.decide(NUMBERS)) {
      assertThat(answers.getDouble()).isEqualTo(decision.score());
    }
  }

  @Test
  void rowsByVedettesOwnInterface() {
    List<Decision> decisions = cards.decide(ROWS);
    String path = "/v1/models/cards/score";
    JsonNode response = post(path, Cards.objects(ROWS));
    same(response.get("decisions"), decisions);
    for (int row = 0; row < decisions.size(); row++) {
      assertThat(response.get("decisions").get(row).has("reasons"))
          .isEqualTo(decisions.get(row).flagged());
    }
    JsonNode all = post(path + "?reasons=all", Cards.objects(ROWS));
    assertThat(all.at("/decisions/0/reasons/0/text").asString())
        .isEqualTo(cards.model().explain(ROWS, 0).top(1).getFirst().toString());
    String lines = Cards.objects(ROWS).replaceAll("^.|.$", "").replace("},{", "}\n{");
    same(Running.json(running.post(path, Running.LINES, lines)).get("decisions"), decisions);
    same(Running.json(running.post(path, "text/csv", Cards.csv(ROWS))).get("decisions"), decisions);
    String header = "country,id,amount,age,chip\n";
    JsonNode named = Running.json(running.post(path, "text/csv", header + "DE,id-1,52.5,44,1\n"));
    JsonNode ordered = Running.json(running.post(path, "text/csv", "52.5,44,1,DE\n"));
    assertThat(named.get("decisions")).isEqualTo(ordered.get("decisions"));
    JsonNode absent = post(path, "{\"amount\":52.5,\"chip\":true,\"country\":\"DE\",\"same\":0}");
    JsonNode empty = post(path, "[52.5,null,true,\"DE\"]");
    assertThat(absent.get("decisions")).isEqualTo(empty.get("decisions"));
  }

  private static HttpResponse<String> invoke(String type, String accept, String body) {
    HttpRequest.Builder request =
        running.to("/invocations").header("Content-Type", type).header(TARGET, "cards.vedette");
    if (!accept.isEmpty()) {
      request.header("Accept", accept);
    }
    return running.send(request.POST(BodyPublishers.ofString(body)));
  }

  @Test
  void asAContainerOfSageMaker() {
    assertThat(running.get("/ping").statusCode()).isEqualTo(200);
    assertThat(Running.json(running.get("/execution-parameters")).get("BatchStrategy").asString())
        .isEqualTo("MULTI_RECORD");
    List<Decision> decisions = cards.decide(ROWS);
    String csv = Cards.csv(ROWS);
    same(Running.json(invoke("text/csv", "", csv)).get("scores"), decisions);
    same(Running.json(invoke("text/csv", "*/*", csv)).get("scores"), decisions);
    List<String> lines = invoke("text/csv", "text/csv", csv).body().lines().toList();
    assertThat(lines).hasSameSizeAs(decisions);
    for (int row = 0; row < lines.size(); row++) {
      String[] values = lines.get(row).split(",", -1);
      assertThat(Double.parseDouble(values[0])).isEqualTo(decisions.get(row).score());
      assertThat(values[3]).isEqualTo(decisions.get(row).flagged() ? "1" : "0");
    }
    HttpResponse<String> jsonLines =
        invoke(
            "application/jsonlines",
            "",
            Cards.objects(ROWS.select(new int[] {3})).replaceAll("^.|.$", ""));
    assertThat(jsonLines.headers().firstValue("Content-Type")).hasValue("application/jsonlines");
    assertThat(JsonMapper.shared().readTree(jsonLines.body()).get("score").asDouble())
        .isEqualTo(decisions.get(3).score());
    HttpResponse<String> refused = invoke("application/x-recordio-protobuf", "", "x");
    assertThat(refused.statusCode()).isEqualTo(415);
    assertThat(refused.body()).contains("text/csv");
    assertThat(invoke("text/csv", "image/png", csv).statusCode()).isEqualTo(406);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"instances\":[{\"features\":[52.5,44,true,\"DE\"]}]}",
        "{\"instances\":[{\"data\":{\"features\":{\"values\":[52.5,44,1,\"DE\"]}}}]}",
        "{\"instances\":[[52.5,44,1,\"DE\"]]}",
        "{\"instances\":[{\"amount\":52.5,\"age\":44,\"chip\":1,\"country\":\"DE\"}]}",
        "{\"features\":[52.5,44,true,\"DE\"]}",
        "{\"data\":{\"features\":{\"values\":[52.5,44,true,\"DE\"]}}}",
        "[52.5,44,true,\"DE\"]",
        "[[52.5,44,true,\"DE\"]]",
        "{\"amount\":52.5,\"age\":44,\"chip\":1,\"country\":\"DE\"}"
      })
  void theFormsOfSageMakersRequests(String body) {
    JsonNode wanted = Running.json(invoke("text/csv", "", "52.5,44,1,DE")).get("scores");
    assertThat(Running.json(invoke(Running.JSON, "", body)).get("scores")).isEqualTo(wanted);
  }

  @Test
  void oneOfManyHasToBeNamed() {
    HttpResponse<String> refused = running.post("/invocations", "text/csv", "1,2,3");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("2 models answer here: [cards, numbers]; name one");
  }

  @Test
  void itIsMeasured() {
    post("/v1/models/numbers/score", "[[1,2,3],[4,5,6]]");
    assertThat(running.server.meters().scrape())
        .contains(
            "vedette_model_rows_total{flagged=\"true\",model=\"numbers\"}",
            "vedette_model_latency_seconds_bucket{model=\"numbers\",le=");
  }

  @Test
  void aFileThatIsNoModelDoesNotStart(@TempDir Path other) throws Exception {
    Path file = other.resolve("bad.vedette");
    byte[] bytes = Files.readAllBytes(folder.resolve("cards.vedette"));
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> new Running(other, new Settings.Hosting().models(List.of(file))))
        .isInstanceOf(DataException.class)
        .hasMessage(file + " cannot be used: its checksum is wrong: the file was damaged");
    Path odd = Files.copy(folder.resolve("cards.vedette"), other.resolve("a model.vedette"));
    assertThatThrownBy(() -> new Running(other, new Settings.Hosting().models(List.of(odd))))
        .hasMessageContaining("'a model' is no name for a model; rename the file to one");
    List<Path> twice = List.of(folder.resolve("cards.vedette"), folder);
    assertThatThrownBy(() -> new Running(other, new Settings.Hosting().models(twice)))
        .hasMessageContaining("are both model cards; rename one of the files");
  }

  @Test
  void scoringMayBeOpenAndNothingElse(@TempDir Path other) {
    var hosting =
        new Settings.Hosting().models(List.of(folder.resolve("numbers.vedette"))).open(true);
    Settings settings = new Settings(other).host("0.0.0.0").port(0).grpcPort(0).hosting(hosting);
    try (Server server = Server.start(settings, Running.store(other), InstantSource.system());
        var open = new Visitor(server.port())) {
      assertThat(open.post("/invocations", "text/csv", "1,2,3")).isEqualTo(200);
      assertThat(open.post("/v1/models/numbers/score", "text/csv", "1,2,3")).isEqualTo(200);
      assertThat(open.get("/v2/models/numbers")).isEqualTo(200);
      assertThat(open.get("/ping")).isEqualTo(200);
      assertThat(open.get("/v1/models")).isEqualTo(401);
      assertThat(open.get("/v1/keys")).isEqualTo(401);
      assertThat(open.post("/v1/keys", "application/json", "{\"role\":\"admin\"}")).isEqualTo(401);
      assertThat(open.get("/metrics")).isEqualTo(401);
    }
  }

  @Test
  void aKeyOfTheRightRoleScores(@TempDir Path other) {
    var hosting = new Settings.Hosting().models(List.of(folder.resolve("numbers.vedette")));
    try (var guarded = new Running(other, hosting)) {
      String admin = guarded.server.keys().create(Role.ADMIN, "", "test").secret();
      String ingest = guarded.server.keys().create(Role.INGEST, "", "test").secret();
      String analyst = guarded.server.keys().create(Role.ANALYST, "", "test").secret();
      for (String path : List.of("/invocations", "/v1/models/numbers/score")) {
        assertThat(guarded.post(path, "text/csv", "1,2,3").statusCode()).isEqualTo(401);
        assertThat(send(guarded, path, ingest)).isEqualTo(200);
        assertThat(send(guarded, path, admin)).isEqualTo(200);
        assertThat(send(guarded, path, analyst)).isEqualTo(403);
      }
      assertThat(guarded.get("/ping").statusCode()).isEqualTo(200);
      assertThat(guarded.get("/v2/health/ready").statusCode()).isEqualTo(200);
      HttpResponse<String> refused = guarded.get("/v2/models/numbers");
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.body()).startsWith("{\"error\":\"a key is needed");
    }
  }

  private static int send(Running server, String path, String key) {
    HttpRequest.Builder request =
        server.to(path).header("X-Api-Key", key).header("Content-Type", "text/csv");
    return server.send(request.POST(BodyPublishers.ofString("1,2,3"))).statusCode();
  }
}
