package dev.vedette.server.grpc;

import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.server.grpc.v1.ScoreRequest;
import dev.vedette.server.grpc.v1.ScoreResponse;
import dev.vedette.server.live.LivePipeline;
import dev.vedette.server.live.QueueFullException;
import dev.vedette.server.security.Caller;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One stream of events in and decisions out, in the same order. Messages that are there are judged
 * together, and several batches are under way at a time. The client may be {@link #WINDOW} messages
 * ahead of its answers; then flow control makes it wait. So do a full queue and a spent budget of
 * bytes: then at most {@link #AHEAD} messages more are taken off the wire.
 */
final class ScoreStream implements StreamObserver<ScoreRequest> {
  /** Messages read before their answers are written. */
  static final int WINDOW = 4096;

  /** Messages asked for that are not counted in bytes yet. */
  private static final int AHEAD = 64;

  private static final int BATCH = 512;
  private static final int UNDER_WAY = 8;
  private static final long PATIENCE = 10_000_000_000L;
  private static final long SECOND = 1_000_000_000L;

  /** What the reading thread meets. */
  private sealed interface Inbound {
    /**
     * @param held whether its bytes are counted
     */
    record Message(ScoreRequest request, boolean held) implements Inbound {}

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
  private final Caller caller;
  private final StreamBytes bytes;
  private final BlockingQueue<Inbound> inbound = new ArrayBlockingQueue<>(WINDOW + 2);
  private final BlockingQueue<Outbound> outbound = new ArrayBlockingQueue<>(UNDER_WAY);
  private final Semaphore ready = new Semaphore(0);
  private final Thread reader;
  private final Thread writer;
  private @Nullable LivePipeline pipeline;

  // Only touched by the reading thread.
  private final List<Event> batch = new ArrayList<>(BATCH);
  private long batchBytes;
  private long messages;

  // Only touched by the writing thread.
  private long knownAt = System.nanoTime();

  // Guarded by this.
  private int asked;
  private int unanswered;
  private int uncounted;

  ScoreStream(
      ScoreService service, ServerCallStreamObserver<ScoreResponse> responses, Caller caller) {
    this.service = service;
    this.responses = responses;
    this.caller = caller;
    this.bytes = service.bytes();
    this.reader = Thread.ofVirtual().name("score-stream-in").unstarted(this::read);
    this.writer = Thread.ofVirtual().name("score-stream-out").unstarted(this::write);
    responses.disableAutoRequest();
    responses.setOnReadyHandler(ready::release);
    responses.setOnCancelHandler(this::stop);
    reader.start();
    writer.start();
    ask();
  }

  /** Asks for messages, some at a time. */
  private synchronized void ask() {
    int more = Math.min(AHEAD - asked, WINDOW - asked - unanswered);
    if (more >= AHEAD / 4) {
      asked += more;
      responses.request(more);
    }
  }

  /** A message is counted in bytes. */
  private synchronized void counted() {
    asked--;
    unanswered++;
    ask();
  }

  private synchronized void answered(int count) {
    unanswered -= count;
    ask();
  }

  private void stop() {
    reader.interrupt();
    writer.interrupt();
  }

  /**
   * Takes bytes for a message that came, unless one before it waits for its own: what is handed on
   * later must not keep the room that is needed first.
   */
  private synchronized boolean takeInTurn(long size) {
    if (uncounted == 0 && bytes.take(size)) {
      return true;
    }
    uncounted++;
    return false;
  }

  private synchronized void tookLate() {
    uncounted--;
  }

  @Override
  public void onNext(ScoreRequest request) {
    boolean held = takeInTurn(request.getSerializedSize());
    // Never full: no more than the window is asked for.
    inbound.add(new Inbound.Message(request, held));
    if (held) {
      counted();
    }
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
    RuntimeException failure = null;
    boolean over = false;
    try {
      for (Inbound next : waiting) {
        if (!(next instanceof Inbound.Message message)) {
          over = true;
          break;
        }
        add(message);
      }
    } catch (RuntimeException e) {
      failure = e;
    }
    try {
      handOn();
    } catch (RuntimeException e) {
      failure = e;
    }
    if (over || failure != null) {
      outbound.put(new Outbound.End(failure));
      return false;
    }
    return true;
  }

  private void add(Inbound.Message message) throws InterruptedException {
    messages++;
    int size = message.request.getSerializedSize();
    if (!message.held) {
      if (!bytes.take(size)) {
        // What would make room may be among those not handed on yet.
        handOn();
        awaitRoom(size);
      }
      tookLate();
      counted();
    }
    batch.add(event(message.request));
    batchBytes += size;
  }

  /** Waits while there is no room for {@code size} bytes, and takes them. */
  private void awaitRoom(int size) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE;
    while (!bytes.take(size)) {
      if (System.nanoTime() - end > 0) {
        throw Messages.noRoom();
      }
      Thread.sleep(10);
    }
  }

  private void handOn() throws InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    List<Event> events = List.copyOf(batch);
    long size = batchBytes;
    batch.clear();
    batchBytes = 0;
    CompletableFuture<List<EventDecision>> decisions = submit(events);
    bytes.submitted(decisions, size);
    outbound.put(new Outbound.Batch(decisions));
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
        requireKnown();
        switch (outbound.poll(1, TimeUnit.SECONDS)) {
          case null -> {
            // The key may have been deleted.
          }
          case Outbound.Batch batch -> {
            answer(batch.decisions.join());
            bytes.written();
          }
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
    } finally {
      bytes.over();
    }
  }

  /** Once a second. */
  private void requireKnown() {
    if (System.nanoTime() - knownAt >= SECOND) {
      service.requireKnown(caller);
      knownAt = System.nanoTime();
    }
  }

  private void answer(List<EventDecision> decisions) throws InterruptedException {
    for (EventDecision decision : decisions) {
      while (!responses.isReady()) {
        ready.drainPermits();
        if (!responses.isReady() && !ready.tryAcquire(1, TimeUnit.SECONDS)) {
          requireKnown();
        }
      }
      responses.onNext(Messages.response(decision));
    }
    answered(decisions.size());
  }

  private void end(@Nullable RuntimeException failure) {
    if (failure == null) {
      responses.onCompleted();
    } else {
      responses.onError(ScoreService.refusal(failure));
    }
  }
}
