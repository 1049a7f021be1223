package dev.vedette.server.live;

import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Label;
import dev.vedette.pipeline.Pipeline;
import dev.vedette.pipeline.Status;
import dev.vedette.pipeline.Step;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A pipeline that runs: a bounded queue, one worker, one transaction for each batch. Thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class LivePipeline {
  LivePipeline() {}

  public String name() {
    throw new UnsupportedOperationException("in work");
  }

  public Pipeline pipeline() {
    throw new UnsupportedOperationException("in work");
  }

  /**
   * Accepts {@code events}; the future completes when they and what came of them are kept in the
   * store.
   *
   * @throws QueueFullException when the queue has no room; nothing was accepted
   * @throws PausedException when the pipeline is paused; nothing was accepted
   */
  public CompletableFuture<List<EventDecision>> submit(List<Event> events) {
    throw new UnsupportedOperationException("in work");
  }

  /** Keeps what a person says of an event and applies it. */
  public CompletableFuture<Void> label(Label label) {
    throw new UnsupportedOperationException("in work");
  }

  public void pause(String by) {
    throw new UnsupportedOperationException("in work");
  }

  public void resume(String by) {
    throw new UnsupportedOperationException("in work");
  }

  public boolean paused() {
    throw new UnsupportedOperationException("in work");
  }

  /** How the partition was doing after the last batch. */
  public Status status() {
    throw new UnsupportedOperationException("in work");
  }

  /** Events accepted and not yet kept. */
  public int queued() {
    throw new UnsupportedOperationException("in work");
  }

  /**
   * Gives what came of each batch to {@code listener}, once it is kept. The listener runs on the
   * worker and must not block. Closing the result ends it.
   */
  public AutoCloseable listen(Consumer<List<Step>> listener) {
    throw new UnsupportedOperationException("in work");
  }
}
