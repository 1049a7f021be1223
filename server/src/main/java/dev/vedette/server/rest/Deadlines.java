package dev.vedette.server.rest;

import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends connections whose request takes too long to arrive or whose answer takes too long to be
 * taken, however they drip. Each connection has a virtual thread of its own, and an interrupt
 * closes the socket it waits for.
 */
final class Deadlines implements Http1ConnectionListener, AutoCloseable {
  /** A line that is slow, but in use, takes so many bytes a second. */
  private static final int SLOWEST = 64 * 1024;

  private final long nanos;
  private final Map<Thread, Long> running = new ConcurrentHashMap<>();
  private final Thread watch;

  Deadlines(Duration time) {
    this.nanos = time.toNanos();
    this.watch = Thread.ofVirtual().name("deadlines").start(this::watch);
  }

  @Override
  public void prologue(ConnectionContext connection, HttpPrologue prologue) {
    until(nanos);
  }

  /** Gives the current thread time to write {@code bytes}, or its connection ends. */
  void answering(int bytes) {
    until(nanos + (long) bytes * 1_000_000_000L / SLOWEST);
  }

  /** What this thread was given time for is done. */
  void arrived() {
    running.remove(Thread.currentThread());
  }

  /** Gives the current thread until {@code nanos} from now to write, or its connection ends. */
  void until(long fromNow) {
    running.put(Thread.currentThread(), System.nanoTime() + fromNow);
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(200);
        long now = System.nanoTime();
        running.forEach(
            (thread, end) -> {
              if (now - end > 0 && running.remove(thread, end)) {
                thread.interrupt();
              }
            });
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
