package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.Decider;
import dev.vedette.Decision;
import dev.vedette.data.Table;
import dev.vedette.server.grpc.inference.GRPCInferenceServiceGrpc;
import dev.vedette.server.grpc.inference.InferTensorContents;
import dev.vedette.server.grpc.inference.ModelInferRequest;
import dev.vedette.server.grpc.inference.ModelInferRequest.InferInputTensor;
import dev.vedette.server.grpc.inference.ModelInferResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Models are replaced while they answer, and no request is lost or answered by two of them. */
@Timeout(240)
final class ReplacementTest {
  private static final int REPLACEMENTS = 100;
  private static final Table ROWS = Cards.numbers(20, 7);

  @TempDir private Path folder;

  private static List<Double> scores(Decider decider) {
    return decider.decide(ROWS).stream().map(Decision::score).toList();
  }

  private HttpResponse<String> put(Running running, byte[] model) {
    return running.send(
        running
            .to("/v1/models/numbers")
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofByteArray(model)));
  }

  private static List<Double> doubles(JsonNode array, String pointer) {
    return array.valueStream().map(each -> each.at(pointer).asDouble()).toList();
  }

  /** Asks until {@code over}; all answers, each checked for its status. */
  private static Callable<List<List<Double>>> asking(
      AtomicBoolean over, Callable<List<Double>> question) {
    return () -> {
      List<List<Double>> answers = new ArrayList<>();
      while (!over.get()) {
        answers.add(question.call());
      }
      return answers;
    };
  }

  private static List<Double> scored(HttpResponse<String> response, String array, String score) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return doubles(JsonMapper.shared().readTree(response.body()).at(array), score);
  }

  private static ModelInferRequest matrix() {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    for (int row = 0; row < ROWS.rows(); row++) {
      Cards.json(ROWS, row).forEach(value -> contents.addFp64Contents(Double.parseDouble(value)));
    }
    return ModelInferRequest.newBuilder()
        .setModelName("numbers")
        .addInputs(
            InferInputTensor.newBuilder()
                .setName("input")
                .setDatatype("FP64")
                .addShape(ROWS.rows())
                .addShape(3)
                .setContents(contents))
        .build();
  }

  @Test
  void aHundredTimesUnderLoad() throws Exception {
    Decider first = Cards.save(Cards.numbers(500, 1), 1, folder.resolve("first"));
    Decider second = Cards.save(Cards.numbers(500, 2), 2, folder.resolve("second"));
    byte[][] files = {
      Files.readAllBytes(folder.resolve("second")), Files.readAllBytes(folder.resolve("first"))
    };
    Path served = Files.copy(folder.resolve("first"), folder.resolve("numbers.vedette"));
    var hosting = new Settings.Hosting().models(List.of(served));
    String csv = Cards.csv(ROWS);
    var over = new AtomicBoolean();
    try (var running = new Running(folder, hosting);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", running.server.grpcPort())
              .usePlaintext()
              .build();
      var stub = GRPCInferenceServiceGrpc.newBlockingStub(channel);
      ModelInferRequest matrix = matrix();
      List<Future<List<List<Double>>>> askers =
          List.of(
              threads.submit(
                  asking(
                      over,
                      () ->
                          scored(
                              running.post("/v1/models/numbers/score", "text/csv", csv),
                              "/decisions",
                              "/score"))),
              threads.submit(
                  asking(
                      over,
                      () ->
                          scored(
                              running.post("/invocations", "text/csv", csv), "/scores", "/score"))),
              threads.submit(
                  asking(
                      over,
                      () -> {
                        ModelInferResponse response = stub.modelInfer(matrix);
                        return response.getOutputs(0).getContents().getFp64ContentsList();
                      })),
              threads.submit(
                  asking(
                      over,
                      () -> {
                        HttpResponse<String> response =
                            running.post(
                                "/v2/models/numbers/infer", Running.JSON, inferBody(matrix));
                        return scored(response, "/outputs/0/data", "");
                      })));
      for (int i = 0; i < REPLACEMENTS; i++) {
        HttpResponse<String> replaced = put(running, files[i % 2]);
        assertThat(replaced.statusCode()).as(replaced.body()).isEqualTo(200);
        assertThat(Running.json(replaced).get("version").asInt()).isEqualTo(i + 2);
        Thread.sleep(5);
      }
      over.set(true);
      List<Double> one = scores(first);
      List<Double> other = scores(second);
      assertThat(one).isNotEqualTo(other);
      for (Future<List<List<Double>>> asker : askers) {
        List<List<Double>> answers = asker.get();
        assertThat(answers).hasSizeGreaterThan(10).allMatch(a -> a.equals(one) || a.equals(other));
        assertThat(answers).contains(one, other);
      }
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
      assertThat(Files.readAllBytes(served)).isEqualTo(files[1]);
      assertThat(running.server.meters().scrape())
          .contains("vedette_model_replacements_total{model=\"numbers\"} 100");
      JsonNode audit = Running.json(running.get("/v1/audit?limit=1000")).get("audit");
      assertThat(audit.valueStream().filter(a -> a.get("action").asString().equals("model.upload")))
          .hasSize(REPLACEMENTS);
    }
  }

  private static String inferBody(ModelInferRequest request) {
    return "{\"inputs\":[{\"name\":\"input\",\"datatype\":\"FP64\",\"shape\":[20,3],\"data\":%s}]}"
        .formatted(request.getInputs(0).getContents().getFp64ContentsList());
  }

  private JsonNode model(Running running) {
    return Running.json(running.get("/v1/models")).get("models").get(0);
  }

  @Test
  void aFileThatIsReplacedReplacesTheModel() throws Exception {
    Decider first = Cards.save(Cards.numbers(500, 1), 1, folder.resolve("first"));
    Decider second = Cards.save(Cards.numbers(500, 2), 2, folder.resolve("second"));
    Path served = Files.copy(folder.resolve("first"), folder.resolve("numbers.vedette"));
    try (var running = new Running(folder, new Settings.Hosting().models(List.of(folder)))) {
      String csv = Cards.csv(ROWS);
      assertThat(scored(running.post("/invocations", "text/csv", csv), "/scores", "/score"))
          .isEqualTo(scores(first));
      byte[] damaged = Files.readAllBytes(folder.resolve("second"));
      damaged[damaged.length - 1] ^= 1;
      Files.write(served, damaged);
      await(running, "trouble");
      assertThat(model(running).get("trouble").asString()).contains("its checksum is wrong");
      assertThat(scored(running.post("/invocations", "text/csv", csv), "/scores", "/score"))
          .isEqualTo(scores(first));
      Files.copy(folder.resolve("second"), folder.resolve("draft"));
      Files.move(folder.resolve("draft"), served, StandardCopyOption.ATOMIC_MOVE);
      await(running, "version");
      assertThat(scored(running.post("/invocations", "text/csv", csv), "/scores", "/score"))
          .isEqualTo(scores(second));
      assertThat(model(running).get("trouble").isNull()).isTrue();
      Files.delete(served);
      await(running, "trouble");
      assertThat(scored(running.post("/invocations", "text/csv", csv), "/scores", "/score"))
          .isEqualTo(scores(second));
      Files.copy(folder.resolve("first"), folder.resolve("more.vedette"));
      while (running.server.models().names().size() < 2) {
        Thread.sleep(20);
      }
      assertThat(running.server.models().names()).containsExactly("more", "numbers");
    }
  }

  /** Until the model has a trouble, or its second version. */
  private void await(Running running, String what) throws InterruptedException {
    JsonNode now = model(running);
    while (what.equals("version") ? now.get("version").asInt() < 2 : now.get("trouble").isNull()) {
      Thread.sleep(20);
      now = model(running);
    }
  }

  @Test
  void uploadsAndGivenModels() throws Exception {
    Cards.save(Cards.numbers(500, 1), 1, folder.resolve("given.vedette"));
    byte[] file = Files.readAllBytes(folder.resolve("given.vedette"));
    var hosting = new Settings.Hosting().models(List.of(folder.resolve("given.vedette")));
    try (var running = new Running(folder, hosting)) {
      assertThat(put(running, file).statusCode()).isEqualTo(201);
      assertThat(running.server.models().names()).containsExactly("given", "numbers");
      assertThat(running.send(running.to("/v1/models/given").DELETE()).statusCode()).isEqualTo(409);
      assertThat(Files.exists(folder.resolve("given.vedette"))).isTrue();
      assertThat(running.send(running.to("/v1/models/numbers").DELETE()).statusCode())
          .isEqualTo(204);
      assertThat(running.post("/v1/models/numbers/score", "text/csv", "1,2,3").statusCode())
          .isEqualTo(404);
      assertThat(put(running, file).statusCode()).isEqualTo(201);
    }
    try (var again = new Running(folder, new Settings.Hosting())) {
      assertThat(again.server.models().names()).containsExactly("numbers");
    }
  }
}
