package dev.vedette.server.grpc;

import dev.vedette.pipeline.Event;
import dev.vedette.server.grpc.v1.ScoreRequest;
import dev.vedette.server.grpc.v1.ScoreResponse;
import dev.vedette.server.grpc.v1.VedetteGrpc;
import dev.vedette.server.live.Live;
import dev.vedette.server.live.LivePipeline;
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
  private final InstantSource clock;

  ScoreService(Live live, InstantSource clock) {
    this.live = live;
    this.clock = clock;
  }

  @Override
  public void score(ScoreRequest request, StreamObserver<ScoreResponse> responses) {
    try {
      LivePipeline pipeline = find(request.getPipeline());
      Event event = Messages.event(request, pipeline, clock.millis());
      responses.onNext(Messages.response(pipeline.submit(List.of(event)).join().getFirst()));
      responses.onCompleted();
    } catch (RuntimeException e) {
      responses.onError(refusal(e));
    }
  }

  @Override
  public StreamObserver<ScoreRequest> stream(StreamObserver<ScoreResponse> responses) {
    return new ScoreStream(this, (ServerCallStreamObserver<ScoreResponse>) responses);
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
