package dev.vedette.server.grpc;

import dev.vedette.server.intake.Budget;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/** What one stream holds of the budget: each message until its answer is written. Thread-safe. */
final class StreamBytes {
  private record Batch(CompletableFuture<?> decisions, long bytes) {}

  private final Budget budget;
  private final Deque<Batch> underWay = new ArrayDeque<>();
  private long waiting;
  private boolean over;

  StreamBytes(Budget budget) {
    this.budget = budget;
  }

  /** Holds {@code bytes} more; false when there is no room. */
  synchronized boolean take(long bytes) {
    if (over) {
      return true;
    }
    boolean taken = budget.take(bytes);
    waiting += taken ? bytes : 0;
    return taken;
  }

  /** Messages of {@code bytes} were submitted. */
  synchronized void submitted(CompletableFuture<?> decisions, long bytes) {
    if (!over) {
      waiting -= bytes;
      underWay.add(new Batch(decisions, bytes));
    }
  }

  /** The answers to the batch submitted first are written. */
  synchronized void written() {
    budget.release(underWay.remove().bytes);
  }

  /** The stream is over: what waits is dropped, what was submitted is held until it is done. */
  synchronized void over() {
    over = true;
    budget.release(waiting);
    for (Batch batch : underWay) {
      var unused = batch.decisions.whenComplete((made, failure) -> budget.release(batch.bytes));
    }
    underWay.clear();
  }
}
