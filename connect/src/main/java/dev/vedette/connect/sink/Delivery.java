package dev.vedette.connect.sink;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Sends the alerts of one pipeline from its outbox to its sinks, each sink on a thread of its own,
 * so that a slow one holds up nobody else.
 *
 * <p>At least once: a message is marked as delivered only after the receiver took it, and a crash
 * in between sends it again with the same {@link dev.vedette.pipeline.alert.Alert#idempotencyKey}.
 * The messages on one alert arrive in their order. What a receiver refuses, or does not take for as
 * long as {@link Retry} says, goes to {@code dead-letters.jsonl}.
 */
public final class Delivery implements AutoCloseable {
  private static final Duration FINISH = Duration.ofSeconds(1);

  /**
   * What all sinks have in common.
   *
   * @param folder where {@code dead-letters.jsonl} is
   * @param retry when failed messages are sent again
   * @param clock the time now
   * @param seed of the random part of the waiting times
   */
  public record Settings(Path folder, Retry retry, InstantSource clock, long seed) {}

  /**
   * How a sink is doing since the start.
   *
   * @param sink its name
   * @param delivered messages
   * @param failed attempts
   * @param givenUp messages
   * @param problem why the last attempt failed; null where it did not
   */
  public record SinkStatus(
      String sink, long delivered, long failed, long givenUp, @Nullable String problem) {}

  private final List<Courier> couriers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private Delivery() {}

  /**
   * Starts to deliver. The sinks belong to the delivery from here on.
   *
   * @throws IllegalArgumentException when two sinks have the same name
   */
  public static Delivery start(Outbox outbox, List<Sink> sinks, Settings settings) {
    var names = new HashSet<String>();
    for (Sink sink : sinks) {
      if (!names.add(sink.name())) {
        throw new IllegalArgumentException("the sink '" + sink.name() + "' is given twice");
      }
    }
    var delivery = new Delivery();
    var deadLetters = new DeadLetters(settings.folder());
    var seeds = new SplittableRandom(settings.seed());
    for (Sink sink : sinks) {
      var courier = new Courier(sink, outbox, deadLetters, settings, seeds.split());
      delivery.couriers.add(courier);
      delivery.threads.add(Thread.ofVirtual().name("alerts to " + sink.name()).start(courier));
    }
    return delivery;
  }

  /** To be called when there may be something new in the outbox; returns at once. */
  public void wake() {
    couriers.forEach(Courier::wake);
  }

  /** One for each sink. Cheap. */
  public List<SinkStatus> status() {
    return couriers.stream().map(Courier::status).toList();
  }

  /**
   * Stops within seconds. A message that is being sent has a second to arrive; it and those not
   * sent yet stay in the outbox otherwise.
   */
  @Override
  public void close() {
    couriers.forEach(Courier::stop);
    boolean interrupted = !join(FINISH);
    threads.forEach(Thread::interrupt);
    interrupted |= !join(FINISH);
    couriers.forEach(Courier::close);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the threads, all together for {@code most}; false when interrupted. */
  private boolean join(Duration most) {
    long end = System.nanoTime() + most.toNanos();
    try {
      for (Thread thread : threads) {
        thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      }
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
