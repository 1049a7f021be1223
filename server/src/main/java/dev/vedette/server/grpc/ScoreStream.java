package dev.vedette.server.grpc;

import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.server.grpc.v1.ScoreRequest;
import dev.vedette.server.grpc.v1.ScoreResponse;
import dev.vedette.server.live.LivePipeline;
import dev.vedette.server.live.QueueFullException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One stream of events in and decisions out, in the same order. Messages that are there are judged
 * together, and several batches are under way at a time. The client may be {@link #WINDOW} messages
 * ahead of its answers; then flow control makes it wait. So does a full queue.
 */
final class ScoreStream implements StreamObserver<ScoreRequest> {
  /** Messages read before their answers are written. */
  static final int WINDOW = 4096;

  private static final int BATCH = 512;
  private static final int UNDER_WAY = 8;
  private static final long PATIENCE = 10_000_000_000L;

  /** What the reading thread meets. */
  private sealed interface Inbound {
    record Message(ScoreRequest request) implements Inbound {}

    record End() implements Inbound {}
  }

  /** What the writing thread meets. */
  private sealed interface Outbound {
    record Batch(CompletableFuture<List<EventDecision>> decisions) implements Outbound {}

    /** The stream is over; null when all went well. */
    record End(@Nullable RuntimeException failure) implements Outbound {}
  }

  private final ScoreService service;
  private final ServerCallStreamObserver<ScoreResponse> responses;
  private final BlockingQueue<Inbound> inbound = new ArrayBlockingQueue<>(WINDOW + 2);
  private final BlockingQueue<Outbound> outbound = new ArrayBlockingQueue<>(UNDER_WAY);
  private final Semaphore ready = new Semaphore(0);
  private final Thread reader;
  private final Thread writer;
  private @Nullable LivePipeline pipeline;
  private long messages;

  ScoreStream(ScoreService service, ServerCallStreamObserver<ScoreResponse> responses) {
    this.service = service;
    this.responses = responses;
    this.reader = Thread.ofVirtual().name("score-stream-in").unstarted(this::read);
    this.writer = Thread.ofVirtual().name("score-stream-out").unstarted(this::write);
    responses.disableAutoRequest();
    responses.setOnReadyHandler(ready::release);
    responses.setOnCancelHandler(this::stop);
    reader.start();
    writer.start();
    responses.request(WINDOW);
  }

  private void stop() {
    reader.interrupt();
    writer.interrupt();
  }

  @Override
  public void onNext(ScoreRequest request) {
    // Never full: no more than the window is asked for.
    inbound.add(new Inbound.Message(request));
  }

  @Override
  public void onError(Throwable gone) {
    stop();
  }

  @Override
  public void onCompleted() {
    inbound.add(new Inbound.End());
  }

  private void read() {
    try {
      var waiting = new ArrayList<Inbound>(BATCH);
      boolean more = true;
      while (more) {
        waiting.add(inbound.take());
        inbound.drainTo(waiting, BATCH - 1);
        more = judge(waiting);
        waiting.clear();
      }
    } catch (InterruptedException gone) {
      Thread.currentThread().interrupt();
    }
  }

  /** Hands on what is waiting; false when the stream is over. */
  private boolean judge(List<Inbound> waiting) throws InterruptedException {
    var events = new ArrayList<Event>(waiting.size());
    Outbound.End end = null;
    for (Inbound next : waiting) {
      if (!(next instanceof Inbound.Message message)) {
        end = new Outbound.End(null);
        break;
      }
      messages++;
      try {
        events.add(event(message.request));
      } catch (RuntimeException e) {
        end = new Outbound.End(e);
        break;
      }
    }
    if (!events.isEmpty()) {
      try {
        outbound.put(new Outbound.Batch(submit(events)));
      } catch (RuntimeException e) {
        end = new Outbound.End(e);
      }
    }
    if (end != null) {
      outbound.put(end);
    }
    return end == null;
  }

  private Event event(ScoreRequest request) {
    LivePipeline known = pipeline;
    if (known == null) {
      known = service.find(request.getPipeline());
      pipeline = known;
    } else if (!request.getPipeline().isEmpty() && !request.getPipeline().equals(known.name())) {
      throw Messages.invalid(
          "message %d names pipeline %s; a stream is for one, %s"
              .formatted(messages, request.getPipeline(), known.name()));
    }
    return Messages.event(request, known, service.now());
  }

  /** Waits while the queue is full: the client then waits for its window. */
  private CompletableFuture<List<EventDecision>> submit(List<Event> events)
      throws InterruptedException {
    LivePipeline known = pipeline;
    if (known == null) {
      throw new IllegalStateException("events before the first message");
    }
    long end = System.nanoTime() + PATIENCE;
    while (true) {
      try {
        return known.submit(events);
      } catch (QueueFullException e) {
        if (System.nanoTime() - end > 0) {
          throw e;
        }
        Thread.sleep(Math.clamp(e.retryAfter().toMillis(), 1, 100));
      }
    }
  }

  private void write() {
    try {
      while (true) {
        switch (outbound.take()) {
          case Outbound.Batch batch -> answer(batch.decisions.join());
          case Outbound.End end -> {
            end(end.failure);
            return;
          }
        }
      }
    } catch (InterruptedException gone) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      if (!responses.isCancelled()) {
        end(e);
      }
      stop();
    }
  }

  private void answer(List<EventDecision> decisions) throws InterruptedException {
    for (EventDecision decision : decisions) {
      while (!responses.isReady()) {
        ready.drainPermits();
        if (!responses.isReady()) {
          ready.acquire();
        }
      }
      responses.onNext(Messages.response(decision));
    }
    responses.request(decisions.size());
  }

  private void end(@Nullable RuntimeException failure) {
    if (failure == null) {
      responses.onCompleted();
    } else {
      responses.onError(ScoreService.refusal(failure));
    }
  }
}
