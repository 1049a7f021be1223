package dev.vedette.server.live;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tasks of one call of {@link ThreadCrew#run}, each taken by the lane that is free first. */
final class Round {
  private static final Logger log = LoggerFactory.getLogger(Round.class);
  private static final int RUNNING = 1;
  private static final int DONE = 2;
  private static final int NOT_DONE = 3;

  private final List<Runnable> tasks;
  private final Thread caller;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger open;
  private final AtomicIntegerArray states;
  private final AtomicReferenceArray<@Nullable Lane> lanes;

  Round(List<Runnable> tasks, Thread caller) {
    this.tasks = List.copyOf(tasks);
    this.caller = caller;
    open = new AtomicInteger(tasks.size());
    states = new AtomicIntegerArray(tasks.size());
    lanes = new AtomicReferenceArray<>(tasks.size());
  }

  /** Runs tasks on {@code lane}, its thread being the caller, until none is left. */
  void take(Lane lane) {
    while (!lane.ended()) {
      int task = next.getAndIncrement();
      if (task >= tasks.size()) {
        return;
      }
      lanes.set(task, lane);
      states.set(task, RUNNING);
      close(task, work(task) ? DONE : NOT_DONE);
    }
  }

  private boolean work(int task) {
    try {
      tasks.get(task).run();
      return true;
    } catch (RuntimeException | Error e) {
      log.error("a detector failed and is left out", e);
      return false;
    }
  }

  /** Ends {@code task} unless it has ended; whether it was this call. */
  private boolean close(int task, int state) {
    boolean closed = states.compareAndSet(task, RUNNING, state);
    if (closed && open.decrementAndGet() == 0) {
      LockSupport.unpark(caller);
    }
    return closed;
  }

  /** The lane that runs {@code task} now; null when none does. */
  @Nullable Lane running(int task) {
    return states.get(task) == RUNNING ? lanes.get(task) : null;
  }

  /** Waits for {@code task} no more; false when it has just ended. */
  boolean giveUp(int task) {
    return close(task, NOT_DONE);
  }

  boolean finished() {
    return open.get() == 0;
  }

  boolean[] done() {
    boolean[] done = new boolean[tasks.size()];
    for (int i = 0; i < done.length; i++) {
      done[i] = states.get(i) == DONE;
    }
    return done;
  }
}
