package dev.vedette.server.intake;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The most bytes that all requests together may hold: of what was accepted, by HTTP and gRPC, and
 * is not answered yet. Thread-safe.
 */
public final class Budget {
  private static final long LEAST = 16L << 20;

  private static final long LOOK_EVERY_MILLIS = 2;

  private final long most;

  /** Whose turn it is to wait for room. */
  private final Semaphore next = new Semaphore(1, true);

  private final AtomicLong held = new AtomicLong();

  /**
   * @param most bytes
   */
  public Budget(long most) {
    this.most = most;
  }

  /** An eighth of the heap, at least 16 MiB. */
  public static Budget ofHeap() {
    return new Budget(Math.max(LEAST, Runtime.getRuntime().maxMemory() / 8));
  }

  /** Holds {@code bytes} more, or returns false and holds nothing more. */
  public boolean take(long bytes) {
    long before = held.get();
    while (before + bytes <= most) {
      if (held.compareAndSet(before, before + bytes)) {
        return true;
      }
      before = held.get();
    }
    return false;
  }

  /**
   * As {@link #take(long)}, but waits for room, in the order of those who do.
   *
   * @return whether there was room in time
   */
  public boolean take(long bytes, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    if (bytes > most || !next.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    try {
      while (!take(bytes)) {
        if (System.nanoTime() - end > 0) {
          return false;
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      }
      return true;
    } finally {
      next.release();
    }
  }

  /** Gives {@code bytes} back that were taken. */
  public void release(long bytes) {
    held.addAndGet(-bytes);
  }

  public long most() {
    return most;
  }

  /** The bytes held now. */
  public long held() {
    return held.get();
  }
}
