package dev.vedette.server.model;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Lets so many requests compute at a time, in the order they came; a bounded number waits, for a
 * bounded time. Thread-safe.
 */
public final class Gate {
  private final Semaphore turns;
  private final int most;
  private final Duration patience;
  private final Executor workers;
  private final AtomicInteger inside = new AtomicInteger();

  /**
   * @param turns requests at a time
   * @param waiting requests that may wait
   * @param patience how long
   */
  public Gate(int turns, int waiting, Duration patience) {
    this(turns, waiting, patience, Runnable::run);
  }

  /**
   * A gate to work that takes longer than a moment.
   *
   * @param workers do it: a virtual thread that computes is not interrupted for others, so that as
   *     many of them as there are processors would keep all other requests waiting
   */
  public Gate(int turns, int waiting, Duration patience, Executor workers) {
    this.workers = workers;
    this.turns = new Semaphore(turns, true);
    this.most = turns + waiting;
    this.patience = patience;
  }

  /**
   * Does {@code work} when it is its turn.
   *
   * @throws RefusedException when too many wait already, or it is not its turn in time
   */
  public <T> T pass(Supplier<T> work) {
    try {
      if (inside.incrementAndGet() > most || !turn()) {
        throw new RefusedException(
            RefusedException.Reason.BUSY, "more requests wait than can be answered; try again");
      }
      try {
        return done(work);
      } finally {
        turns.release();
      }
    } finally {
      inside.decrementAndGet();
    }
  }

  private <T> T done(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, workers).join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw e;
      }
    }
  }

  private boolean turn() {
    try {
      return turns.tryAcquire() || turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
