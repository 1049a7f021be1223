package dev.vedette.server.live;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread of a {@link ThreadCrew} that takes part in one round after the other. */
final class Lane implements Runnable {
  private final AtomicReference<@Nullable Round> next = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean ended;

  Lane(String name) {
    thread = Thread.ofPlatform().daemon().name(name).unstarted(this);
  }

  void start() {
    thread.start();
  }

  void give(Round round) {
    next.set(round);
    LockSupport.unpark(thread);
  }

  /** Ends after the task that runs, if it ever does. */
  void end() {
    ended = true;
    LockSupport.unpark(thread);
  }

  boolean ended() {
    return ended;
  }

  @Override
  public void run() {
    while (!ended) {
      Round round = next.getAndSet(null);
      if (round == null) {
        LockSupport.park(this);
      } else {
        round.take(this);
      }
    }
  }
}
