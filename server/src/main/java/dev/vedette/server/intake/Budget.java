package dev.vedette.server.intake;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The most bytes that all requests together may hold: of what was accepted, by HTTP and gRPC, and
 * is not answered yet. Thread-safe.
 */
public final class Budget {
  private static final long LEAST = 16L << 20;

  private final long most;
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
