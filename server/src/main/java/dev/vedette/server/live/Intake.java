package dev.vedette.server.live;

import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.EventDecision;
import dev.vedette.pipeline.Label;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The queue of a pipeline, bounded in events. Any thread offers, the worker takes. */
final class Intake {
  private static final double SMOOTHING = 0.1;
  private static final double FIRST_RATE = 1_000;
  private static final long LONGEST_WAIT_MILLIS = 60_000;

  /** What waits for the worker. */
  sealed interface Item {
    /** Its share of the queue, in events. */
    int size();

    void fail(RuntimeException reason);
  }

  /** Events and who waits for the decisions on them, since when in nanoseconds. */
  record Submitted(List<Event> events, CompletableFuture<List<EventDecision>> answer, long since)
      implements Item {
    @Override
    public int size() {
      return events.size();
    }

    @Override
    public void fail(RuntimeException reason) {
      answer.completeExceptionally(reason);
    }
  }

  /** A label and who waits until it is kept. */
  record Labelled(Label label, CompletableFuture<Void> answer) implements Item {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public void fail(RuntimeException reason) {
      answer.completeExceptionally(reason);
    }
  }

  private final String pipeline;
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Deque<Item> items = new ArrayDeque<>();
  private int waiting;
  private int inWork;
  private double perSecond = FIRST_RATE;
  private @Nullable String refusal;
  private boolean closed;

  Intake(String pipeline, int capacity) {
    this.pipeline = pipeline;
    this.capacity = capacity;
  }

  /** Accepts {@code item} whole, or throws and accepts nothing. */
  void offer(Item item) {
    int size = item.size();
    if (size > capacity) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%,d events at once are too many for pipeline '%s'; send at most %,d",
              size,
              pipeline,
              capacity));
    }
    lock.lock();
    try {
      if (refusal != null) {
        throw new UnavailableException(refusal);
      }
      if (waiting + size > capacity) {
        throw full(size);
      }
      items.add(item);
      waiting += size;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  private QueueFullException full(int size) {
    long millis = (long) Math.ceil(1000.0 * (waiting + size - capacity) / perSecond);
    Duration wait = Duration.ofMillis(Math.clamp(millis, 1, LONGEST_WAIT_MILLIS));
    return new QueueFullException(
        String.format(
            Locale.ROOT,
            "the queue of pipeline '%s' has no room: %,d of %,d events wait, %,d more were offered;"
                + " try again in %d ms",
            pipeline,
            waiting,
            capacity,
            size,
            wait.toMillis()),
        wait);
  }

  /**
   * Takes what waits, at least one item if there is one, at most {@code limit} events beyond it.
   *
   * @param nanos how long to wait for the first
   * @return empty after that time, or when the intake is closed and nothing is left
   */
  List<Item> take(int limit, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (items.isEmpty() && !closed && left > 0) {
        left = arrived.awaitNanos(left);
      }
      List<Item> taken = new ArrayList<>();
      int size = 0;
      while (!items.isEmpty() && (size == 0 || size + items.getFirst().size() <= limit)) {
        Item item = items.removeFirst();
        size += item.size();
        taken.add(item);
      }
      waiting -= size;
      inWork += size;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** All that was taken is dealt with; it took {@code nanos}. */
  void done(long nanos) {
    lock.lock();
    try {
      if (inWork > 0 && nanos > 0) {
        perSecond += SMOOTHING * (1e9 * inWork / nanos - perSecond);
      }
      inWork = 0;
    } finally {
      lock.unlock();
    }
  }

  int queued() {
    lock.lock();
    try {
      return waiting + inWork;
    } finally {
      lock.unlock();
    }
  }

  /** Accepts nothing until {@link #welcome}, and fails what waits. */
  void refuse(String reason) {
    List<Item> dropped;
    lock.lock();
    try {
      refusal = reason;
      dropped = List.copyOf(items);
      items.clear();
      waiting = 0;
    } finally {
      lock.unlock();
    }
    dropped.forEach(item -> item.fail(new UnavailableException(reason)));
  }

  void welcome() {
    lock.lock();
    try {
      if (!closed) {
        refusal = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Accepts nothing more; what waits is still taken. */
  void close(String reason) {
    lock.lock();
    try {
      closed = true;
      refusal = reason;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean closed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the intake is closed, at most so long; whether it is. */
  boolean awaitClosed(Duration longest) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(longest.toMillis());
    lock.lock();
    try {
      while (!closed && left > 0) {
        left = arrived.awaitNanos(left);
      }
      return closed;
    } finally {
      lock.unlock();
    }
  }
}
