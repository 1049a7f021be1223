package dev.vedette.server.grpc;

import dev.vedette.connect.store.StoreException;
import dev.vedette.pipeline.Event;
import dev.vedette.server.grpc.v1.ScoreRequest;
import dev.vedette.server.grpc.v1.ScoreResponse;
import dev.vedette.server.grpc.v1.VedetteGrpc;
import dev.vedette.server.intake.Budget;
import dev.vedette.server.live.Live;
import dev.vedette.server.live.LivePipeline;
import dev.vedette.server.security.Caller;
import dev.vedette.server.security.Keys;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges events that come one by one or as a stream. */
final class ScoreService extends VedetteGrpc.VedetteImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(ScoreService.class);

  private final Live live;
  private final Keys keys;
  private final Budget budget;
  private final InstantSource clock;

  ScoreService(Live live, Admission admission, InstantSource clock) {
    this.live = live;
    this.keys = admission.keys();
    this.budget = admission.budget();
    this.clock = clock;
  }

  @Override
  public void score(ScoreRequest request, StreamObserver<ScoreResponse> responses) {
    int bytes = request.getSerializedSize();
    if (!budget.take(bytes)) {
      responses.onError(Messages.noRoom());
      return;
    }
    try {
      LivePipeline pipeline = find(request.getPipeline());
      Event event = Messages.event(request, pipeline, clock.millis());
      responses.onNext(Messages.response(pipeline.submit(List.of(event)).join().getFirst()));
      responses.onCompleted();
    } catch (RuntimeException e) {
      responses.onError(refusal(e));
    } finally {
      budget.release(bytes);
    }
  }

  @Override
  public StreamObserver<ScoreRequest> stream(StreamObserver<ScoreResponse> responses) {
    return new ScoreStream(
        this, (ServerCallStreamObserver<ScoreResponse>) responses, KeyCheck.CALLER.get());
  }

  /** What a new stream holds of the budget. */
  StreamBytes bytes() {
    return new StreamBytes(budget);
  }

  /** Refuses {@code caller} where its key was deleted since it was let in. */
  void requireKnown(Caller caller) {
    try {
      if (!keys.isKnown(caller)) {
        throw Status.UNAUTHENTICATED
            .withDescription("the key is not known any more; ask an admin for one")
            .asRuntimeException();
      }
    } catch (StoreException away) {
      LOG.debug("The keys cannot be read; the stream goes on", away);
    }
  }

  LivePipeline find(String name) {
    return live.find(name)
        .orElseThrow(
            () ->
                Status.NOT_FOUND
                    .withDescription(
                        "no pipeline "
                            + name
                            + "; there are "
                            + live.pipelines().stream().map(LivePipeline::name).sorted().toList())
                    .asRuntimeException());
  }

  long now() {
    return clock.millis();
  }

  static StatusRuntimeException refusal(RuntimeException e) {
    StatusRuntimeException status = Messages.status(e);
    if (status.getStatus().getCode() == Status.Code.INTERNAL) {
      LOG.error("A call failed", e);
    }
    return status;
  }
}
