package dev.vedette.server.live;

import dev.vedette.pipeline.Crew;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Threads that live as long as a pipeline and run its detectors, as many at once as there are
 * processors. A detector that does not answer in time keeps its thread; another takes its place.
 * Used by one thread at a time.
 */
final class ThreadCrew implements Crew, AutoCloseable {
  /** A stall is counted in so many slices, so that a freeze of the process is no stall. */
  private static final int SLICES = 20;

  private final String name;
  private final long slice;
  private final ExecutorService background;
  private final List<Lane> lanes = new ArrayList<>();
  private final int most = Runtime.getRuntime().availableProcessors();

  /**
   * Makes a crew without threads; they are started as they are needed.
   *
   * @param stall how long a task may run
   * @param background for {@link #start}
   */
  ThreadCrew(String name, Duration stall, ExecutorService background) {
    this.name = name;
    this.slice = stall.toNanos() / SLICES;
    this.background = background;
  }

  @Override
  public boolean[] run(List<Runnable> tasks) {
    Round round = new Round(tasks, Thread.currentThread());
    for (int i = 0; i < Math.min(most, tasks.size()); i++) {
      if (i == lanes.size()) {
        lanes.add(lane());
      }
      lanes.get(i).give(round);
    }
    int[] slices = new int[tasks.size()];
    long since = System.nanoTime();
    while (!round.finished()) {
      LockSupport.parkNanos(round, slice);
      long now = System.nanoTime();
      if (now - since >= slice && !round.finished()) {
        since = now;
        giveUp(round, slices);
      }
    }
    return round.done();
  }

  /** Counts a slice for each running task, and gives up those with too many. */
  private void giveUp(Round round, int[] slices) {
    for (int task = 0; task < slices.length; task++) {
      Lane stuck = round.running(task);
      if (stuck != null && ++slices[task] >= SLICES && round.giveUp(task)) {
        stuck.end();
        Lane next = lane();
        lanes.set(lanes.indexOf(stuck), next);
        next.give(round);
      }
    }
  }

  private Lane lane() {
    Lane lane = new Lane("detectors-" + name);
    lane.start();
    return lane;
  }

  @Override
  public <T> Supplier<T> start(Callable<T> work) {
    Future<T> future = background.submit(work);
    return () -> result(future);
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while work in the background was awaited", e);
    } catch (CancellationException e) {
      throw new IllegalStateException("work in the background was cancelled", e);
    }
  }

  /** Ends the threads; what is stuck stays stuck. */
  @Override
  public void close() {
    lanes.forEach(Lane::end);
    lanes.clear();
  }
}
