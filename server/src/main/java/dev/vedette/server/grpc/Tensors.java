package dev.vedette.server.grpc;

import com.google.protobuf.ByteString;
import dev.vedette.server.grpc.inference.InferTensorContents;
import dev.vedette.server.grpc.inference.ModelInferRequest;
import dev.vedette.server.grpc.inference.ModelInferRequest.InferInputTensor;
import dev.vedette.server.grpc.inference.ModelInferRequest.InferRequestedOutputTensor;
import dev.vedette.server.grpc.inference.ModelInferResponse;
import dev.vedette.server.grpc.inference.ModelInferResponse.InferOutputTensor;
import dev.vedette.server.model.Datatype;
import dev.vedette.server.model.HostedModel.Scored;
import dev.vedette.server.model.HostedModels;
import dev.vedette.server.model.Output;
import dev.vedette.server.model.RefusedException;
import dev.vedette.server.model.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Between tensors as gRPC sends them and as models take and give them. */
final class Tensors {
  private Tensors() {}

  static List<Output> outputs(ModelInferRequest request) {
    if (request.getOutputsCount() > 100) {
      throw RefusedException.invalid("more than 100 outputs are asked for; ask for each once");
    }
    return request.getOutputsCount() == 0
        ? Output.usual()
        : request.getOutputsList().stream()
            .map(InferRequestedOutputTensor::getName)
            .map(Output::of)
            .toList();
  }

  static List<Tensor> inputs(ModelInferRequest request) {
    int raw = request.getRawInputContentsCount();
    if (raw > 0 && raw != request.getInputsCount()) {
      throw RefusedException.invalid(
          "%d inputs have %d raw contents; send raw contents for each or for none"
              .formatted(request.getInputsCount(), raw));
    }
    List<Tensor> inputs = new ArrayList<>(request.getInputsCount());
    for (int i = 0; i < request.getInputsCount(); i++) {
      InferInputTensor input = request.getInputs(i);
      inputs.add(raw > 0 ? raw(input, request.getRawInputContents(i)) : typed(input));
    }
    return inputs;
  }

  private static Tensor raw(InferInputTensor input, ByteString bytes) {
    if (input.hasContents()) {
      throw RefusedException.invalid(
          "an input has contents beside the raw contents; send one of both");
    }
    return Tensor.raw(
        input.getName(), type(input), input.getShapeList(), bytes.asReadOnlyByteBuffer());
  }

  private static Datatype type(InferInputTensor input) {
    String name = input.getDatatype();
    return Datatype.of(name.length() > 20 ? name.substring(0, 20) : name);
  }

  private static Tensor typed(InferInputTensor input) {
    InferTensorContents contents = input.getContents();
    Datatype type = type(input);
    Tensor.Values values =
        switch (type) {
          case BOOL ->
              numbers(contents.getBoolContentsList().stream().mapToDouble(flag -> flag ? 1 : 0));
          case INT8, INT16, INT32 ->
              numbers(contents.getIntContentsList().stream().mapToDouble(Integer::doubleValue));
          case INT64 ->
              numbers(contents.getInt64ContentsList().stream().mapToDouble(Datatype::exact));
          case UINT8, UINT16, UINT32 ->
              numbers(contents.getUintContentsList().stream().mapToDouble(Integer::toUnsignedLong));
          case UINT64 ->
              numbers(contents.getUint64ContentsList().stream().mapToDouble(Datatype::unsigned));
          case FP32 ->
              numbers(contents.getFp32ContentsList().stream().mapToDouble(Float::doubleValue));
          case FP64 ->
              numbers(contents.getFp64ContentsList().stream().mapToDouble(Double::doubleValue));
          case BYTES -> texts(contents.getBytesContentsList());
          case FP16, BF16 ->
              throw RefusedException.invalid(type + " is sent in raw_input_contents only");
        };
    return new Tensor(input.getName(), type, input.getShapeList(), values);
  }

  private static Tensor.Numbers numbers(DoubleStream values) {
    return new Tensor.Numbers(values.toArray());
  }

  private static Tensor.Texts texts(List<ByteString> bytes) {
    List<@Nullable String> texts = new ArrayList<>(bytes.size());
    bytes.forEach(text -> texts.add(text.toStringUtf8()));
    return new Tensor.Texts(texts);
  }

  static ModelInferResponse response(
      ModelInferRequest request, List<Output> outputs, Scored scored) {
    ModelInferResponse.Builder response =
        ModelInferResponse.newBuilder()
            .setModelName(scored.model().name())
            .setModelVersion(HostedModels.version(scored.model()))
            .setId(request.getId());
    boolean raw = request.getRawInputContentsCount() > 0;
    for (Output output : outputs) {
      Tensor tensor = output.tensor(scored);
      InferOutputTensor.Builder answer =
          InferOutputTensor.newBuilder()
              .setName(tensor.name())
              .setDatatype(tensor.type().name())
              .addAllShape(tensor.shape());
      if (raw) {
        response.addRawOutputContents(ByteString.copyFrom(tensor.raw()));
      } else {
        answer.setContents(contents(tensor));
      }
      response.addOutputs(answer);
    }
    return response.build();
  }

  private static InferTensorContents contents(Tensor tensor) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    switch (tensor.values()) {
      case Tensor.Numbers numbers -> {
        for (double value : numbers.values()) {
          if (tensor.type() == Datatype.BOOL) {
            contents.addBoolContents(value != 0);
          } else {
            contents.addFp64Contents(value);
          }
        }
      }
      case Tensor.Texts texts ->
          texts
              .values()
              .forEach(
                  text ->
                      contents.addBytesContents(ByteString.copyFromUtf8(text == null ? "" : text)));
    }
    return contents.build();
  }
}
