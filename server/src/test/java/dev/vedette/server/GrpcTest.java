package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.pipeline.Archive;
import dev.vedette.pipeline.Crew;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Partition;
import dev.vedette.pipeline.Pipeline;
import dev.vedette.pipeline.Step;
import dev.vedette.server.grpc.v1.ScoreRequest;
import dev.vedette.server.grpc.v1.ScoreResponse;
import dev.vedette.server.grpc.v1.Value;
import dev.vedette.server.grpc.v1.VedetteGrpc;
import dev.vedette.server.security.Role;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Scoring by gRPC, one by one and as a stream. */
@Timeout(120)
final class GrpcTest {
  private static final int STREAMED = 10_000;

  private Running running;
  private ManagedChannel channel;

  @BeforeEach
  void start(@TempDir Path folder) {
    running = new Running(folder);
    running.create(Shop.yaml("shop"));
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", running.server.grpcPort())
            .usePlaintext()
            .build();
  }

  @AfterEach
  void stop() throws Exception {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    running.close();
  }

  /** All that came until the stream ended. */
  private static final class Collected<T> implements StreamObserver<T> {
    private final List<T> values = new CopyOnWriteArrayList<>();
    private final CompletableFuture<List<T>> all = new CompletableFuture<>();

    @Override
    public void onNext(T value) {
      values.add(value);
    }

    @Override
    public void onError(Throwable failure) {
      all.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      all.complete(values);
    }
  }

  private static final class NoArchive implements Archive {
    @Override
    public void put(String key, byte[] state) {
      throw new IllegalStateException("five keys fit");
    }

    @Override
    public byte @Nullable [] take(String key) {
      return null;
    }
  }

  private static ScoreRequest request(Map<String, Object> fields) {
    ScoreRequest.Builder request = ScoreRequest.newBuilder().setPipeline("shop");
    fields.forEach(
        (name, value) ->
            request.putFields(
                name,
                value instanceof Double number
                    ? Value.newBuilder().setNumber(number).build()
                    : Value.newBuilder().setText(value.toString()).build()));
    return request.build();
  }

  private static Status.Code refused(VedetteGrpc.VedetteBlockingStub stub, ScoreRequest request) {
    try {
      throw new AssertionError(stub.score(request).toString());
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  private static void same(ScoreResponse response, EventDecision decision) {
    assertThat(response.getNumber()).isEqualTo(decision.number());
    assertThat(response.getEventId()).isEqualTo(decision.event().id());
    assertThat(response.getScore()).isEqualTo(decision.decision().score());
    assertThat(response.getPValue()).isEqualTo(decision.decision().pValue());
    assertThat(response.getSeverity()).isEqualTo(decision.decision().severity());
    assertThat(response.getFlagged()).isEqualTo(decision.decision().flagged());
    assertThat(response.getThreshold()).isEqualTo(decision.threshold());
    assertThat(response.getVersion()).isEqualTo(decision.version());
    for (int i = 0; i < decision.opinions().size(); i++) {
      double score = response.getOpinions(i).getScore();
      assertThat(score).isEqualTo(decision.opinions().get(i).score());
    }
    assertThat(response.getReasonsCount()).isEqualTo(decision.causes().size());
  }

  @Test
  void aStreamAnswersInOrderAndAsThePipelineAlone() {
    var collected = new Collected<ScoreResponse>();
    StreamObserver<ScoreRequest> requests = VedetteGrpc.newStub(channel).stream(collected);
    Pipeline pipeline = Pipeline.parse(Shop.yaml("shop"));
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < STREAMED; i++) {
      Map<String, Object> fields = i % 1_500 == 1_499 ? Shop.strange(i) : Shop.fields(i);
      events.add(pipeline.event(fields, Shop.START + (1L << 40)));
      requests.onNext(request(fields));
    }
    requests.onCompleted();
    List<Step> steps = Partition.start(pipeline, Crew.alone(), new NoArchive()).process(events);
    List<ScoreResponse> responses = collected.all.join();
    assertThat(responses).hasSize(STREAMED);
    for (int i = 0; i < STREAMED; i++) {
      same(responses.get(i), steps.get(i).decision());
    }
    assertThat(responses).filteredOn(ScoreResponse::getFlagged).isNotEmpty();
    JsonNode kept = Running.json(running.get("/v1/pipelines/shop/decisions?limit=1000"));
    for (JsonNode decision : kept.get("decisions")) {
      ScoreResponse response = responses.get(decision.get("number").asInt() - 1);
      assertThat(decision.get("score").asDouble()).isEqualTo(response.getScore());
      assertThat(decision.get("pValue").asDouble()).isEqualTo(response.getPValue());
    }
  }

  @Test
  void oneEventAndWhatIsNone() {
    var stub = VedetteGrpc.newBlockingStub(channel);
    assertThat(stub.score(request(Shop.fields(1))).getNumber()).isEqualTo(1);
    ScoreRequest twice = request(Shop.fields(1));
    assertThat(stub.score(twice).getHandling()).isEqualTo("duplicate");
    assertThat(refused(stub, twice.toBuilder().setPipeline("none").build()))
        .isEqualTo(Status.Code.NOT_FOUND);
    assertThat(refused(stub, twice.toBuilder().removeFields("card").build()))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    Value infinite = Value.newBuilder().setNumber(Double.POSITIVE_INFINITY).build();
    assertThat(refused(stub, twice.toBuilder().putFields("amount", infinite).build()))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    Value one = Value.newBuilder().setNumber(1).build();
    assertThat(refused(stub, twice.toBuilder().putFields("n".repeat(201), one).build()))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    Value wrongTime = Value.newBuilder().setText("yesterday").build();
    assertThat(refused(stub, twice.toBuilder().putFields("at", wrongTime).build()))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void aWrongMessageEndsAStreamAfterTheAnswersBeforeIt() {
    var collected = new Collected<ScoreResponse>();
    StreamObserver<ScoreRequest> requests = VedetteGrpc.newStub(channel).stream(collected);
    requests.onNext(request(Shop.fields(1)));
    requests.onNext(request(Shop.fields(2)).toBuilder().setPipeline("other").build());
    assertThatThrownBy(collected.all::join)
        .hasMessageContaining("message 2 names pipeline other; a stream is for one, shop");
    assertThat(collected.values).hasSize(1);
  }

  private VedetteGrpc.VedetteBlockingStub with(String name, String value) {
    var headers = new Metadata();
    headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    return VedetteGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  @Test
  void keysAndRoles() {
    String admin = running.server.keys().create(Role.ADMIN, "", "test").secret();
    String analyst = running.server.keys().create(Role.ANALYST, "", "test").secret();
    String ingest = running.server.keys().create(Role.INGEST, "", "test").secret();
    ScoreRequest request = request(Shop.fields(1));
    assertThat(refused(VedetteGrpc.newBlockingStub(channel), request))
        .isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(refused(with("x-api-key", admin + "0"), request))
        .isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(refused(with("x-api-key", analyst), request))
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(with("authorization", "Bearer " + ingest).score(request).getNumber()).isEqualTo(1);
    assertThat(with("x-api-key", admin).score(request).getNumber()).isEqualTo(2);
    var check = HealthCheckRequest.newBuilder().setService("vedette.v1.Vedette").build();
    assertThat(HealthGrpc.newBlockingStub(channel).check(check).getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void aStreamEndsWithItsKey() {
    running.server.keys().create(Role.ADMIN, "", "test");
    var ingest = running.server.keys().create(Role.INGEST, "", "test");
    var headers = new Metadata();
    headers.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), ingest.secret());
    var collected = new Collected<ScoreResponse>();
    VedetteGrpc.VedetteStub stub =
        VedetteGrpc.newStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    StreamObserver<ScoreRequest> requests = stub.stream(collected);
    requests.onNext(request(Shop.fields(1)));
    while (collected.values.isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(running.server.keys().delete(ingest.key().id(), "test")).isTrue();
    assertThatThrownBy(collected.all::join).hasMessageContaining("UNAUTHENTICATED");
  }

  @Test
  void itTellsWhatItOffers() {
    var collected = new Collected<ServerReflectionResponse>();
    var requests = ServerReflectionGrpc.newStub(channel).serverReflectionInfo(collected);
    requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    requests.onCompleted();
    var services = collected.all.join().getFirst().getListServicesResponse().getServiceList();
    assertThat(services)
        .extracting(ServiceResponse::getName)
        .contains("vedette.v1.Vedette", "grpc.health.v1.Health");
  }
}
