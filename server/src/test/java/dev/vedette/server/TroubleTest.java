package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.connect.store.Store;
import dev.vedette.server.grpc.Admission;
import dev.vedette.server.grpc.GrpcServer;
import dev.vedette.server.grpc.v1.ScoreRequest;
import dev.vedette.server.grpc.v1.ScoreResponse;
import dev.vedette.server.grpc.v1.Value;
import dev.vedette.server.grpc.v1.VedetteGrpc;
import dev.vedette.server.intake.Budget;
import dev.vedette.server.intake.Limits;
import dev.vedette.server.live.Gate;
import dev.vedette.server.live.Live;
import dev.vedette.server.live.LivePipeline;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a client is told when a pipeline cannot take its events, by HTTP and by gRPC. */
@Timeout(60)
final class TroubleTest {
  private static final String EVENTS = "/v1/pipelines/shop/events";
  private static final int QUEUE = 10;
  private static final int BYTES = 4_000;

  @TempDir private Path folder;
  private final Budget budget = new Budget(BYTES);
  private Gate gate;
  private Live live;
  private Front front;
  private GrpcServer grpc;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws Exception {
    gate = new Gate(Running.store(folder));
    Store store = gate.store();
    live = Gate.live(store, folder, QUEUE, new SimpleMeterRegistry());
    live.create(Shop.yaml("shop"), "test");
    front = new Front(folder, store, () -> live, new Limits(), budget);
    var address = new GrpcServer.Address("127.0.0.1", 0, null);
    var admission = new Admission(front.keys, new Limits(), budget, false);
    grpc =
        new GrpcServer(
            address, new GrpcServer.Served(live, front.models), admission, InstantSource.system());
    channel = NettyChannelBuilder.forAddress("127.0.0.1", grpc.port()).usePlaintext().build();
  }

  @AfterEach
  void stop() throws Exception {
    gate.open();
    gate.away(false);
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    grpc.close();
    live.close();
    front.close();
  }

  private LivePipeline shop() {
    return live.find("shop").orElseThrow();
  }

  private HttpResponse<String> post(String body) {
    return front.post(EVENTS, Running.JSON, body);
  }

  private static void isProblem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  private static long retryAfter(HttpResponse<String> response) {
    return response.headers().firstValueAsLong("Retry-After").orElse(-1);
  }

  private static ScoreRequest request(String id, int note) {
    return ScoreRequest.newBuilder()
        .setPipeline("shop")
        .putFields("id", Value.newBuilder().setText(id).build())
        .putFields("card", Value.newBuilder().setText("c").build())
        .putFields("at", Value.newBuilder().setNumber(Shop.START).build())
        .putFields("note", Value.newBuilder().setText("n".repeat(note)).build())
        .build();
  }

  private StatusRuntimeException refusedByGrpc() {
    try {
      throw new AssertionError(
          VedetteGrpc.newBlockingStub(channel).score(request("g", 1)).toString());
    } catch (StatusRuntimeException e) {
      return e;
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(2);
    }
  }

  @Test
  void aFullQueueIsToldAndLosesNothingItAccepted() throws Exception {
    gate.shut();
    List<CompletableFuture<HttpResponse<String>>> accepted = new ArrayList<>();
    accepted.add(front.later(EVENTS, Running.JSON, Shop.json(0)));
    gate.awaitCommit();
    accepted.add(front.later(EVENTS, Running.JSON, Shop.array(1, 1 + QUEUE)));
    await(() -> shop().queued() == 1 + QUEUE);
    HttpResponse<String> full = post(Shop.json(99));
    isProblem(full, 429);
    assertThat(retryAfter(full)).isBetween(1L, 60L);
    assertThat(full.body()).contains("10 of 10 events wait");
    StatusRuntimeException refused = refusedByGrpc();
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(Objects.requireNonNull(refused.getTrailers()).keys())
        .contains("grpc-status-details-bin");
    gate.open();
    for (CompletableFuture<HttpResponse<String>> answer : accepted) {
      assertThat(answer.join().statusCode()).isEqualTo(200);
    }
    isProblem(post(Shop.array(20, 21 + QUEUE)), 413);
    JsonNode kept = Running.json(front.get("/v1/pipelines/shop/decisions")).get("decisions");
    assertThat(kept.valueStream().map(d -> d.at("/event/id").asString()))
        .containsExactly("e10", "e9", "e8", "e7", "e6", "e5", "e4", "e3", "e2", "e1", "e0");
  }

  @Test
  void bytesUnderWayAreBounded() throws Exception {
    gate.shut();
    String large = Shop.json(0).replace("}", ",\"note\":\"" + "n".repeat(BYTES - 200) + "\"}");
    var accepted = front.later(EVENTS, Running.JSON, large);
    gate.awaitCommit();
    assertThat(budget.held()).isEqualTo(large.length());
    HttpResponse<String> refused = post(Shop.array(1, 4));
    isProblem(refused, 429);
    assertThat(retryAfter(refused)).isEqualTo(1);
    assertThat(refused.body()).contains("all the bytes there is room for");
    ScoreRequest also = request("g", BYTES / 2);
    assertThatThrownBy(() -> VedetteGrpc.newBlockingStub(channel).score(also))
        .hasMessageContaining("RESOURCE_EXHAUSTED");
    gate.open();
    assertThat(accepted.join().statusCode()).isEqualTo(200);
    await(() -> budget.held() == 0);
    assertThat(post(Shop.array(1, 4)).statusCode()).isEqualTo(200);
    isProblem(post("[" + " ".repeat(BYTES) + "]"), 413);
    await(() -> budget.held() == 0);
  }

  @Test
  void aStreamWaitsForBytesAndGivesThemBack() throws Exception {
    gate.shut();
    var answers = new LinkedBlockingQueue<ScoreResponse>();
    var ended = new CompletableFuture<Boolean>();
    StreamObserver<ScoreRequest> stream =
        VedetteGrpc.newStub(channel).stream(collecting(answers, ended));
    for (int i = 0; i < 50; i++) {
      stream.onNext(request("s" + i, BYTES / 4));
    }
    gate.awaitCommit();
    assertThat(budget.held()).isBetween(1L, (long) BYTES);
    gate.open();
    stream.onCompleted();
    ended.join();
    assertThat(answers).hasSize(50);
    await(() -> budget.held() == 0);
  }

  @Test
  void aStreamThatIsCutGivesItsBytesBack() throws Exception {
    gate.shut();
    var ended = new CompletableFuture<Boolean>();
    StreamObserver<ScoreRequest> stream =
        VedetteGrpc.newStub(channel).stream(collecting(new LinkedBlockingQueue<>(), ended));
    for (int i = 0; i < 20; i++) {
      stream.onNext(request("s" + i, BYTES / 4));
    }
    gate.awaitCommit();
    stream.onError(Status.CANCELLED.asRuntimeException());
    gate.open();
    await(() -> budget.held() == 0);
  }

  private static StreamObserver<ScoreResponse> collecting(
      Collection<ScoreResponse> answers, CompletableFuture<Boolean> ended) {
    return new StreamObserver<>() {
      @Override
      public void onNext(ScoreResponse answer) {
        answers.add(answer);
      }

      @Override
      public void onError(Throwable failure) {
        ended.completeExceptionally(failure);
      }

      @Override
      public void onCompleted() {
        ended.complete(true);
      }
    };
  }

  @Test
  void aLabelMeetsAFullQueueToo() throws Exception {
    assertThat(post(Shop.json(0)).statusCode()).isEqualTo(200);
    gate.shut();
    var first = front.later(EVENTS, Running.JSON, Shop.json(1));
    gate.awaitCommit();
    var second = front.later(EVENTS, Running.JSON, Shop.array(2, 2 + QUEUE));
    await(() -> shop().queued() == 1 + QUEUE);
    HttpResponse<String> refused =
        front.post("/v1/pipelines/shop/labels", Running.JSON, "{\"number\":1,\"anomaly\":true}");
    isProblem(refused, 429);
    assertThat(retryAfter(refused)).isPositive();
    gate.open();
    assertThat(first.join().statusCode() + second.join().statusCode()).isEqualTo(400);
  }

  @Test
  void aPausedPipelineTakesNothing() {
    assertThat(front.post("/v1/pipelines/shop/pause", Running.JSON, "").statusCode())
        .isEqualTo(200);
    isProblem(post(Shop.json(0)), 409);
    assertThat(refusedByGrpc().getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
  }

  @Test
  void aStoreThatIsAwayIsToldUntilItIsBack() throws Exception {
    assertThat(post(Shop.json(0)).statusCode()).isEqualTo(200);
    gate.away(true);
    HttpResponse<String> refused = post(Shop.json(1));
    isProblem(refused, 503);
    assertThat(retryAfter(refused)).isEqualTo(5);
    await(() -> shop().trouble().isPresent());
    isProblem(post(Shop.json(1)), 503);
    assertThat(refusedByGrpc().getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    HttpResponse<String> ready = front.get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains("shop: ", "cannot be recovered");
    JsonNode status = Running.json(front.get("/v1/pipelines/shop"));
    assertThat(status.get("trouble").asString()).contains("cannot be recovered");
    HttpResponse<String> decisions = front.get("/v1/pipelines/shop/decisions");
    isProblem(decisions, 503);
    assertThat(decisions.body()).doesNotContain("jdbc");

    gate.away(false);
    await(() -> shop().trouble().isEmpty());
    assertThat(front.get("/health/ready").statusCode()).isEqualTo(200);
    HttpResponse<String> taken = post(Shop.json(1));
    assertThat(Running.json(taken).at("/decisions/0/number").asInt()).isEqualTo(2);
  }

  @Test
  void keysThatCannotBeReadAreNobodysFault() {
    gate.keysAway(true);
    isProblem(post(Shop.json(0)), 503);
    assertThat(refusedByGrpc().getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void aDeletedPipelineFailsWhatWaits() throws Exception {
    gate.shut();
    var first = front.later(EVENTS, Running.JSON, Shop.json(0));
    gate.awaitCommit();
    var waiting = front.later(EVENTS, Running.JSON, Shop.json(1));
    await(() -> shop().queued() == 2);
    var deleted = CompletableFuture.runAsync(() -> live.delete("shop", "test"));
    Thread.sleep(50);
    gate.open();
    isProblem(waiting.join(), 503);
    assertThat(first.join().statusCode()).isIn(200, 503);
    deleted.join();
    isProblem(post(Shop.json(2)), 404);
  }
}
