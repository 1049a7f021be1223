package dev.vedette.connect.sink;

import dev.vedette.connect.store.Store.Outgoing;
import dev.vedette.pipeline.alert.Alert;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers to one sink. */
final class Courier implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /** How many messages are in hand at a time, as long as not all of them wait. */
  private static final int HAND = 100;

  /** And at most, so that those that wait do not hold up the others. */
  private static final int MOST_HAND = 6_400;

  /** After so many failures in a row the sink is taken to be down, not the messages bad. */
  private static final int DOWN = 3;

  /** The outbox is looked into this often even when nobody calls, in milliseconds. */
  private static final long LOOK = 5_000;

  /** What became of a message in hand. */
  private enum Outcome {
    GONE,
    FAILED,
    STOPPED
  }

  /** When a message was first tried and when it is tried again, in milliseconds. */
  private record Trial(long since, long next) {}

  private final Sink sink;
  private final Outbox outbox;
  private final DeadLetters deadLetters;
  private final Delivery.Settings settings;
  private final SplittableRandom random;

  private final Map<Long, Trial> trials = new HashMap<>();
  private long paused = Long.MIN_VALUE;
  private int failures;
  private int hand = HAND;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition called = lock.newCondition();
  private boolean news;
  private volatile boolean stopped;
  private volatile Delivery.SinkStatus status;

  Courier(
      Sink sink,
      Outbox outbox,
      DeadLetters deadLetters,
      Delivery.Settings settings,
      SplittableRandom random) {
    this.sink = sink;
    this.outbox = outbox;
    this.deadLetters = deadLetters;
    this.settings = settings;
    this.random = random;
    status = new Delivery.SinkStatus(sink.name(), 0, 0, 0, null);
  }

  Delivery.SinkStatus status() {
    return status;
  }

  void wake() {
    lock.lock();
    try {
      news = true;
      called.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void stop() {
    stopped = true;
    wake();
  }

  @Override
  public void close() {
    sink.close();
  }

  @Override
  public void run() {
    while (!stopped) {
      long wait;
      try {
        wait = round();
      } catch (RuntimeException e) {
        // The outbox cannot be used, such as a store that is full: later, perhaps.
        LOG.warn("The outbox for {} cannot be used: {}", sink.name(), Plain.line(e + "", 300));
        wait = settings.retry().wait(++failures, random);
      }
      if (!await(wait)) {
        return;
      }
    }
  }

  /** Waits for a call, at most so many milliseconds; false when interrupted. */
  private boolean await(long millis) {
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
      while (!news && nanos > 0) {
        nanos = called.awaitNanos(nanos);
      }
      news = false;
      return true;
    } catch (InterruptedException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Tries everything that is due; returns how long there is nothing more to do. */
  private long round() {
    if (now() < paused) {
      return paused - now();
    }
    List<Outgoing> messages = outbox.undelivered(sink.name(), hand);
    trials.keySet().retainAll(messages.stream().map(Outgoing::id).collect(Collectors.toSet()));
    // A later message on an alert does not overtake an earlier one.
    Set<String> waiting = new HashSet<>();
    long next = Long.MAX_VALUE;
    boolean gone = false;
    for (Outgoing message : messages) {
      if (stopped || now() < paused) {
        break;
      }
      String alert = message.alert().id();
      Trial trial = trials.get(message.id());
      if (waiting.contains(alert) || (trial != null && now() < trial.next())) {
        waiting.add(alert);
        next = trial == null ? next : Math.min(next, trial.next());
        continue;
      }
      switch (deliver(message)) {
        case GONE -> gone = true;
        case FAILED -> {
          waiting.add(alert);
          Trial failed = trials.get(message.id());
          next = failed == null ? next : Math.min(next, failed.next());
        }
        case STOPPED -> {
          return 0;
        }
      }
    }
    if (now() >= paused && (gone || (!stopped && reachesFurther(messages.size())))) {
      return 0;
    }
    return Math.clamp(Math.max(Math.min(next, now() + LOOK), paused) - now(), 0, LOOK);
  }

  /** Whether more messages are to be taken in hand, as the {@code found} ones all wait. */
  private boolean reachesFurther(int found) {
    int before = hand;
    hand = found <= HAND / 2 ? HAND : found < hand ? hand : Math.min(2 * hand, MOST_HAND);
    return hand > before;
  }

  private Outcome deliver(Outgoing message) {
    try {
      sink.send(message.alert());
    } catch (Sink.RefusedException e) {
      return giveUp(message, reason(e));
    } catch (IOException | RuntimeException e) {
      return stopped ? Outcome.STOPPED : failed(message, e);
    }
    failures = 0;
    outbox.delivered(sink.name(), message.id());
    count(1, 0, 0, null);
    return Outcome.GONE;
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null || !(e instanceof IOException)
        ? e.getClass().getSimpleName()
        : Plain.line(message, 500);
  }

  private Outcome failed(Outgoing message, Exception e) {
    String reason = reason(e);
    failures++;
    long now = now();
    Trial before = trials.get(message.id());
    long since = before == null ? now : before.since();
    Retry retry = settings.retry();
    boolean tooLong = before != null && now - since >= retry.within().toMillis();
    if (message.attempts() + 1 >= retry.attempts() || tooLong) {
      return giveUp(message, "given up: " + reason);
    }
    long wait = retry.wait(message.attempts() + 1, random);
    if (e instanceof LaterException later) {
      wait = Math.max(wait, later.waiting().toMillis());
      paused = now + wait;
    } else if (failures >= DOWN) {
      paused = now + wait;
    }
    trials.put(message.id(), new Trial(since, now + wait));
    LOG.warn("Alert {} failed to reach {}: {}", id(message.alert()), sink.name(), reason);
    count(0, 1, 0, reason);
    outbox.failed(sink.name(), message.id(), reason);
    return Outcome.FAILED;
  }

  private Outcome giveUp(Outgoing message, String reason) {
    try {
      deadLetters.add(now(), sink.name(), message, reason);
    } catch (IOException e) {
      // Not marked as given up, or it would be lost.
      String trouble = "no dead letter could be written: " + Plain.line(e + "", 300);
      LOG.error("Alert {} to {}: {}", id(message.alert()), sink.name(), trouble);
      long again = now() + settings.retry().longest().toMillis();
      trials.put(message.id(), new Trial(now(), again));
      count(0, 1, 0, trouble);
      return Outcome.FAILED;
    }
    LOG.error("Alert {} is given up for {}: {}", id(message.alert()), sink.name(), reason);
    outbox.delivered(sink.name(), message.id());
    count(0, 1, 1, reason);
    return Outcome.GONE;
  }

  private static String id(Alert alert) {
    return Plain.line(alert.id(), 200);
  }

  /** Only this thread changes the status, others read it. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void count(int delivered, int failed, int givenUp, @Nullable String problem) {
    Delivery.SinkStatus before = status;
    status =
        new Delivery.SinkStatus(
            before.sink(),
            before.delivered() + delivered,
            before.failed() + failed,
            before.givenUp() + givenUp,
            problem);
  }

  private long now() {
    return settings.clock().millis();
  }
}
