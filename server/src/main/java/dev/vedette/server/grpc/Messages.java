package dev.vedette.server.grpc;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import dev.vedette.DataException;
import dev.vedette.pipeline.Cause;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.server.grpc.v1.Opinion;
import dev.vedette.server.grpc.v1.Reason;
import dev.vedette.server.grpc.v1.ScoreRequest;
import dev.vedette.server.grpc.v1.ScoreResponse;
import dev.vedette.server.grpc.v1.Value;
import dev.vedette.server.live.LivePipeline;
import dev.vedette.server.live.PausedException;
import dev.vedette.server.live.QueueFullException;
import dev.vedette.server.live.UnavailableException;
import dev.vedette.server.model.RefusedException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** Between what is sent by gRPC and what a pipeline knows. */
final class Messages {
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_FIELDS = 1_000;
  private static final int MOST_NAME = 200;

  private Messages() {}

  /** The event in {@code request}; refused as INVALID_ARGUMENT where it is none. */
  static Event event(ScoreRequest request, LivePipeline pipeline, long arrived) {
    if (request.getSerializedSize() > MOST_BYTES) {
      throw Status.RESOURCE_EXHAUSTED
          .withDescription("an event has more than " + MOST_BYTES + " bytes; send fewer fields")
          .asRuntimeException();
    }
    if (request.getFieldsCount() > MOST_FIELDS) {
      throw invalid("an event has more than " + MOST_FIELDS + " fields; send fewer");
    }
    Map<String, Object> fields = HashMap.newHashMap(request.getFieldsCount());
    request.getFieldsMap().forEach((name, value) -> put(fields, name, value));
    try {
      return pipeline.pipeline().event(fields, arrived);
    } catch (DataException | IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private static void put(Map<String, Object> fields, String name, Value value) {
    if (name.length() > MOST_NAME) {
      throw invalid("the name of a field has more than " + MOST_NAME + " characters; shorten it");
    }
    switch (value.getKindCase()) {
      case NUMBER -> {
        if (Double.isInfinite(value.getNumber())) {
          throw invalid("field " + name + " is infinite; leave it out where it is not known");
        }
        if (!Double.isNaN(value.getNumber())) {
          fields.put(name, value.getNumber());
        }
      }
      case TEXT -> fields.put(name, value.getText());
      case FLAG -> fields.put(name, value.getFlag());
      case KIND_NOT_SET -> {
        // A field without a value is missing.
      }
    }
  }

  static StatusRuntimeException invalid(String detail) {
    return Status.INVALID_ARGUMENT.withDescription(detail).asRuntimeException();
  }

  static ScoreResponse response(EventDecision decision) {
    ScoreResponse.Builder response =
        ScoreResponse.newBuilder()
            .setNumber(decision.number())
            .setEventId(decision.event().id())
            .setKey(decision.event().key())
            .setHandling(decision.handling().name().toLowerCase(Locale.ROOT))
            .setScore(decision.decision().score())
            .setPValue(decision.decision().pValue())
            .setPLow(decision.pLow())
            .setPHigh(decision.pHigh())
            .setSeverity(decision.decision().severity())
            .setFlagged(decision.decision().flagged())
            .setThreshold(decision.threshold())
            .setDisagreement(decision.disagreement())
            .setVersion(decision.version());
    for (dev.vedette.pipeline.Opinion opinion : decision.opinions()) {
      String leftOut = opinion.leftOut();
      response.addOpinions(
          Opinion.newBuilder()
              .setDetector(opinion.detector())
              .setScore(opinion.score())
              .setPValue(opinion.pValue())
              .setLeftOut(leftOut == null ? "" : leftOut));
    }
    decision.causes().forEach(cause -> response.addReasons(reason(cause)));
    return response.build();
  }

  private static Reason reason(Cause cause) {
    return Reason.newBuilder()
        .setFeature(cause.feature())
        .setValue(Double.toString(cause.value()))
        .setNormal(Double.toString(cause.normal()))
        .setShare(cause.share())
        .build();
  }

  /** What a failure is called on the wire. */
  static StatusRuntimeException status(Throwable failure) {
    return switch (failure) {
      case StatusRuntimeException known -> known;
      case CompletionException wrapped when wrapped.getCause() != null ->
          status(wrapped.getCause());
      case QueueFullException full -> full(full.retryAfter(), String.valueOf(full.getMessage()));
      case UnavailableException away ->
          Status.UNAVAILABLE.withDescription(away.getMessage()).asRuntimeException();
      case RefusedException refused -> refused(refused);
      case PausedException paused ->
          Status.FAILED_PRECONDITION.withDescription(paused.getMessage()).asRuntimeException();
      default ->
          Status.INTERNAL
              .withDescription("the server failed; its log says why")
              .asRuntimeException();
    };
  }

  private static StatusRuntimeException refused(RefusedException e) {
    String detail = String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}", "?");
    return switch (e.reason()) {
      case INVALID, TOO_LARGE -> invalid(detail);
      case UNKNOWN -> Status.NOT_FOUND.withDescription(detail).asRuntimeException();
      case BUSY -> full(Duration.ofSeconds(1), detail);
      case TOO_SLOW -> Status.DEADLINE_EXCEEDED.withDescription(detail).asRuntimeException();
      case CONFLICT -> Status.FAILED_PRECONDITION.withDescription(detail).asRuntimeException();
    };
  }

  /** All calls together hold too many bytes. */
  static StatusRuntimeException noRoom() {
    return full(
        Duration.ofSeconds(1),
        "the calls under way hold all the bytes there is room for; try again");
  }

  private static StatusRuntimeException full(Duration retryAfter, String detail) {
    var retry = RetryInfo.newBuilder().setRetryDelay(delay(retryAfter)).build();
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(Code.RESOURCE_EXHAUSTED_VALUE)
            .setMessage(detail)
            .addDetails(Any.pack(retry))
            .build());
  }

  private static com.google.protobuf.Duration delay(Duration delay) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(delay.toSeconds())
        .setNanos(delay.toNanosPart())
        .build();
  }
}
