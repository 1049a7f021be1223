package dev.vedette.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Sends on a fixed schedule, whether or not the server keeps up: request {@code n} is due {@code n}
 * intervals after the start, and its latency counts from then, also when no connection was free. So
 * a pause of the server is seen by all requests that fell into it (no coordinated omission).
 */
final class OpenLoop {
  /** Sends the events from {@code first} on and waits for the answer; whether all went well. */
  interface Sender {
    boolean send(HttpLink link, long first) throws IOException;
  }

  /** Latencies in microseconds. */
  private final ConcurrentHistogram latency = new ConcurrentHistogram(120_000_000L, 3);

  private final AtomicLong next = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();
  private final int port;
  private final int lanes;
  private final long intervalNanos;

  /**
   * @param lanes connections
   * @param perSecond requests, 0 for as many as the lanes get through: then latency is not
   *     open-loop
   */
  OpenLoop(int port, int lanes, double perSecond) {
    this.port = port;
    this.lanes = lanes;
    intervalNanos = perSecond == 0 ? 0 : (long) (1e9 / perSecond);
    latency.setAutoResize(true);
  }

  /** Sends for {@code seconds}; requests that are due then are still sent. */
  void run(Sender sender, double seconds) throws InterruptedException {
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < lanes; i++) {
      threads.add(Thread.ofPlatform().name("lane-" + i).start(() -> lane(sender, start, end)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void lane(Sender sender, long start, long end) {
    try (var link = new HttpLink(port)) {
      while (true) {
        long request = next.getAndIncrement();
        long due = intervalNanos == 0 ? System.nanoTime() : start + request * intervalNanos;
        if (due >= end) {
          return;
        }
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        boolean good = false;
        try {
          good = sender.send(link, request);
        } catch (IOException e) {
          // Counted below; the link connects anew.
        }
        latency.recordValue((System.nanoTime() - due) / 1000);
        (good ? done : errors).incrementAndGet();
      }
    }
  }

  /** Latencies in microseconds. */
  Histogram latency() {
    return latency.copy();
  }

  /** Requests that were answered well. */
  long done() {
    return done.get();
  }

  long errors() {
    return errors.get();
  }
}
