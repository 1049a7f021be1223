package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.vedette.Decider;
import dev.vedette.Decision;
import dev.vedette.data.Column;
import dev.vedette.data.Table;
import dev.vedette.server.security.Role;
import inference.GRPCInferenceServiceGrpc;
import inference.GrpcPredictV2.InferTensorContents;
import inference.GrpcPredictV2.ModelInferRequest;
import inference.GrpcPredictV2.ModelInferRequest.InferInputTensor;
import inference.GrpcPredictV2.ModelInferRequest.InferRequestedOutputTensor;
import inference.GrpcPredictV2.ModelInferResponse;
import inference.GrpcPredictV2.ModelMetadataRequest;
import inference.GrpcPredictV2.ModelMetadataResponse;
import inference.GrpcPredictV2.ModelReadyRequest;
import inference.GrpcPredictV2.ModelReadyResponse;
import inference.GrpcPredictV2.ServerLiveRequest;
import inference.GrpcPredictV2.ServerLiveResponse;
import inference.GrpcPredictV2.ServerMetadataRequest;
import inference.GrpcPredictV2.ServerMetadataResponse;
import inference.GrpcPredictV2.ServerReadyRequest;
import inference.GrpcPredictV2.ServerReadyResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Open Inference Protocol by gRPC, asked by a client that others wrote against the protocol:
 * the KServe component of Apache Camel, with its own messages and stubs.
 */
@Timeout(120)
final class InferenceGrpcTest {
  private static final Table ROWS = Cards.mixed(50, 7);
  private static final Table NUMBERS = Cards.numbers(50, 7);

  private Decider cards;
  private Decider numbers;
  private Running running;
  private ManagedChannel channel;

  @BeforeEach
  void start(@TempDir Path folder) {
    cards = Cards.save(Cards.mixed(500, 1), 1, folder.resolve("cards.vedette"));
    numbers = Cards.save(Cards.numbers(500, 1), 1, folder.resolve("numbers.vedette"));
    running = new Running(folder, new Settings.Hosting().models(List.of(folder)));
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

  private static InferInputTensor.Builder input(String name, String type, long... shape) {
    InferInputTensor.Builder input = InferInputTensor.newBuilder().setName(name).setDatatype(type);
    for (long size : shape) {
      input.addShape(size);
    }
    return input;
  }

  private static ModelInferRequest.Builder mixed() {
    InferTensorContents.Builder amount = InferTensorContents.newBuilder();
    InferTensorContents.Builder age = InferTensorContents.newBuilder();
    InferTensorContents.Builder chip = InferTensorContents.newBuilder();
    InferTensorContents.Builder country = InferTensorContents.newBuilder();
    List<Column> columns = ROWS.columns();
    for (int row = 0; row < ROWS.rows(); row++) {
      amount.addFp64Contents(((Column.Numeric) columns.get(0)).value(row));
      age.addInt64Contents((long) ((Column.Numeric) columns.get(1)).value(row));
      chip.addBoolContents(((Column.Numeric) columns.get(3)).value(row) == 1);
      country.addBytesContents(ByteString.copyFromUtf8(columns.get(4).text(row)));
    }
    return ModelInferRequest.newBuilder()
        .setModelName("cards")
        .setId("q1")
        .addInputs(input("country", "BYTES", 50, 1).setContents(country))
        .addInputs(input("amount", "FP64", 50).setContents(amount))
        .addInputs(input("age", "INT64", 50).setContents(age))
        .addInputs(input("chip", "BOOL", 50).setContents(chip));
  }

  @Test
  void aClientOfOthersIsAnswered() throws Exception {
    try (var camel = new DefaultCamelContext()) {
      camel.start();
      ProducerTemplate ask = camel.createProducerTemplate();
      String to = "?target=localhost:" + running.server.grpcPort();
      String model = to + "&modelName=cards&modelVersion=1";
      assertThat(
              ask.requestBody(
                      "kserve:server/live" + to,
                      ServerLiveRequest.getDefaultInstance(),
                      ServerLiveResponse.class)
                  .getLive())
          .isTrue();
      assertThat(
              ask.requestBody(
                      "kserve:server/ready" + to,
                      ServerReadyRequest.getDefaultInstance(),
                      ServerReadyResponse.class)
                  .getReady())
          .isTrue();
      assertThat(
              ask.requestBody(
                      "kserve:server/metadata" + to,
                      ServerMetadataRequest.getDefaultInstance(),
                      ServerMetadataResponse.class)
                  .getName())
          .isEqualTo("vedette");
      assertThat(
              ask.requestBody(
                      "kserve:model/ready" + model,
                      ModelReadyRequest.getDefaultInstance(),
                      ModelReadyResponse.class)
                  .getReady())
          .isTrue();
      ModelMetadataResponse metadata =
          ask.requestBody(
              "kserve:model/metadata" + model,
              ModelMetadataRequest.getDefaultInstance(),
              ModelMetadataResponse.class);
      assertThat(metadata.getInputsList())
          .extracting(input -> input.getName() + " " + input.getDatatype() + input.getShapeList())
          .containsExactly("amount FP64[-1]", "age FP64[-1]", "chip BOOL[-1]", "country BYTES[-1]");
      assertThat(metadata.getOutputsList())
          .extracting(output -> output.getName() + " " + output.getDatatype())
          .containsExactly(
              "score FP64", "p_value FP64", "severity FP64", "flagged BOOL", "reasons BYTES");
      ModelInferResponse response =
          ask.requestBody("kserve:infer" + model, mixed().build(), ModelInferResponse.class);
      assertThat(response.getId()).isEqualTo("q1");
      assertThat(response.getModelVersion()).isEqualTo("1");
      assertThat(response.getOutputs(0).getContents().getFp64ContentsList())
          .containsExactlyElementsOf(cards.decide(ROWS).stream().map(Decision::score).toList());
      assertThat(response.getOutputs(3).getContents().getBoolContentsList())
          .containsExactlyElementsOf(cards.decide(ROWS).stream().map(Decision::flagged).toList());
    }
  }

  private static ByteString floats() {
    ByteBuffer bytes = ByteBuffer.allocate(600).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < NUMBERS.rows(); row++) {
      for (Column column : NUMBERS.columns()) {
        bytes.putFloat((float) ((Column.Numeric) column).value(row));
      }
    }
    return ByteString.copyFrom(bytes.flip());
  }

  private static ModelInferRequest.Builder raw() {
    return ModelInferRequest.newBuilder()
        .setModelName("numbers")
        .addInputs(input("input", "FP32", 50, 3))
        .addRawInputContents(floats());
  }

  @Test
  void rawContents() {
    ModelInferResponse response = stub().modelInfer(raw().build());
    assertThat(response.getRawOutputContentsCount()).isEqualTo(4);
    ByteBuffer scores =
        response.getRawOutputContents(0).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    for (Decision decision : numbers.decide(NUMBERS)) {
      assertThat(scores.getDouble()).isEqualTo(decision.score());
    }
    ModelInferRequest why =
        raw().addOutputs(InferRequestedOutputTensor.newBuilder().setName("reasons")).build();
    ByteBuffer reasons =
        stub()
            .modelInfer(why)
            .getRawOutputContents(0)
            .asReadOnlyByteBuffer()
            .order(ByteOrder.LITTLE_ENDIAN);
    byte[] first = new byte[reasons.getInt()];
    reasons.get(first);
    assertThat(new String(first, StandardCharsets.UTF_8)).startsWith("[");
  }

  private GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub stub() {
    return GRPCInferenceServiceGrpc.newBlockingStub(channel);
  }

  private static Status refused(
      GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub stub,
      ModelInferRequest.Builder request) {
    try {
      throw new AssertionError(stub.modelInfer(request.build()).toString());
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }

  private void invalid(ModelInferRequest.Builder request, String why) {
    Status status = refused(stub(), request);
    assertThat(status.getCode()).as(status.toString()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(status.getDescription()).contains(why);
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThat(refused(stub(), raw().setModelName("none")).getCode())
        .isEqualTo(Status.Code.NOT_FOUND);
    assertThat(refused(stub(), raw().setModelVersion("2")).getDescription())
        .isEqualTo("model numbers is at version 1; ask for that, or for none");
    invalid(ModelInferRequest.newBuilder().setModelName("numbers"), "there are no inputs");
    invalid(raw().addRawInputContents(ByteString.EMPTY), "1 inputs have 2 raw contents");
    invalid(
        raw().setInputs(0, input("input", "FP32", 51, 3)),
        "'input' of datatype FP32 and shape [51, 3] has 612 bytes, and 600 came");
    invalid(raw().setInputs(0, input("input", "FP32", -1, 3)), "a size is not negative");
    invalid(
        raw().setInputs(0, input("input", "FP32", 1L << 32, 1L << 32)),
        "more than 2,000,000 values");
    invalid(raw().setInputs(0, input("input", "FP31", 50, 3)), "there is no datatype FP31");
    invalid(raw().setInputs(0, input("input", "BYTES", 50, 3)), "is cut off");
    invalid(
        raw().addOutputs(InferRequestedOutputTensor.newBuilder().setName("x")),
        "there is no such output; there are [score, p_value, severity, flagged, reasons]");
    invalid(mixed().removeInputs(0), "input 'country' is missing");
    invalid(mixed().addInputs(mixed().getInputs(0)), "input 'country' is there twice");
  }

  @Test
  void keysAndRoles() {
    String admin = running.server.keys().create(Role.ADMIN, "", "test").secret();
    String analyst = running.server.keys().create(Role.ANALYST, "", "test").secret();
    assertThat(refused(stub(), raw()).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(refused(with(analyst), raw()).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(with(admin).modelInfer(raw().build()).getOutputsCount()).isEqualTo(4);
    assertThat(stub().serverLive(ServerLiveRequest.getDefaultInstance()).getLive()).isTrue();
    assertThat(stub().serverReady(ServerReadyRequest.getDefaultInstance()).getReady()).isTrue();
  }

  private GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub with(String key) {
    var headers = new Metadata();
    headers.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), key);
    return stub().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }
}
