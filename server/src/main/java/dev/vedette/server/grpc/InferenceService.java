package dev.vedette.server.grpc;

import dev.vedette.Provenance;
import dev.vedette.data.Schema;
import dev.vedette.server.grpc.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import dev.vedette.server.grpc.inference.ModelInferRequest;
import dev.vedette.server.grpc.inference.ModelInferResponse;
import dev.vedette.server.grpc.inference.ModelMetadataRequest;
import dev.vedette.server.grpc.inference.ModelMetadataResponse;
import dev.vedette.server.grpc.inference.ModelMetadataResponse.TensorMetadata;
import dev.vedette.server.grpc.inference.ModelReadyRequest;
import dev.vedette.server.grpc.inference.ModelReadyResponse;
import dev.vedette.server.grpc.inference.ServerLiveRequest;
import dev.vedette.server.grpc.inference.ServerLiveResponse;
import dev.vedette.server.grpc.inference.ServerMetadataRequest;
import dev.vedette.server.grpc.inference.ServerMetadataResponse;
import dev.vedette.server.grpc.inference.ServerReadyRequest;
import dev.vedette.server.grpc.inference.ServerReadyResponse;
import dev.vedette.server.intake.Budget;
import dev.vedette.server.model.HostedModel;
import dev.vedette.server.model.HostedModel.Reasons;
import dev.vedette.server.model.HostedModels;
import dev.vedette.server.model.Inputs;
import dev.vedette.server.model.Output;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Supplier;

/** The Open Inference Protocol, version 2: models that score rows. */
final class InferenceService extends GRPCInferenceServiceImplBase {
  private final HostedModels models;
  private final Budget budget;

  InferenceService(HostedModels models, Budget budget) {
    this.models = models;
    this.budget = budget;
  }

  private static <T> void answer(StreamObserver<T> responses, Supplier<T> work) {
    try {
      responses.onNext(work.get());
      responses.onCompleted();
    } catch (RuntimeException e) {
      responses.onError(ScoreService.refusal(e));
    }
  }

  @Override
  public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> responses) {
    answer(responses, () -> ServerLiveResponse.newBuilder().setLive(true).build());
  }

  /** This service answers only when all is ready. */
  @Override
  public void serverReady(
      ServerReadyRequest request, StreamObserver<ServerReadyResponse> responses) {
    answer(responses, () -> ServerReadyResponse.newBuilder().setReady(true).build());
  }

  @Override
  public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> responses) {
    answer(
        responses,
        () -> {
          models.find(request.getName(), request.getVersion());
          return ModelReadyResponse.newBuilder().setReady(true).build();
        });
  }

  @Override
  public void serverMetadata(
      ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> responses) {
    answer(
        responses,
        () ->
            ServerMetadataResponse.newBuilder()
                .setName(HostedModels.SERVER)
                .setVersion(Provenance.version())
                .build());
  }

  @Override
  public void modelMetadata(
      ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> responses) {
    answer(responses, () -> metadata(models.find(request.getName(), request.getVersion())));
  }

  private static ModelMetadataResponse metadata(HostedModel model) {
    ModelMetadataResponse.Builder response =
        ModelMetadataResponse.newBuilder()
            .setName(model.name())
            .addVersions(HostedModels.version(model))
            .setPlatform(HostedModels.PLATFORM);
    for (Schema.Field field : model.schema().fields()) {
      response.addInputs(tensor(field.name(), Inputs.datatype(field.kind()).name()));
    }
    for (Output output : Output.values()) {
      response.addOutputs(tensor(output.text(), output.type().name()));
    }
    return response.build();
  }

  private static TensorMetadata tensor(String name, String datatype) {
    return TensorMetadata.newBuilder().setName(name).setDatatype(datatype).addShape(-1).build();
  }

  @Override
  public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> responses) {
    int bytes = request.getSerializedSize();
    if (!budget.take(bytes)) {
      responses.onError(Messages.noRoom());
      return;
    }
    try {
      answer(responses, () -> infer(request));
    } finally {
      budget.release(bytes);
    }
  }

  private ModelInferResponse infer(ModelInferRequest request) {
    HostedModel model = models.find(request.getModelName(), request.getModelVersion());
    List<Output> outputs = Tensors.outputs(request);
    Reasons reasons = outputs.contains(Output.REASONS) ? Reasons.ALL : Reasons.NONE;
    return models.turn(
        model,
        turn ->
            Tensors.response(
                request,
                outputs,
                turn.score(Inputs.table(model, Tensors.inputs(request)), reasons)));
  }
}
