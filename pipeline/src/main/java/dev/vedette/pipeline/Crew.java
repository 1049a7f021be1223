package dev.vedette.pipeline;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Who does the work of a {@link Partition}. The machine itself knows no threads; it hands out tasks
 * that do not touch each other's state, so that any crew gives the same results, bit for bit.
 */
public interface Crew {
  /**
   * Runs {@code tasks}, one for each detector, always in the same order of detectors.
   *
   * @return which of them are done; one that is not done may still run and is never waited for
   *     again: its detector is left out from now on
   */
  boolean[] run(List<Runnable> tasks);

  /** Starts {@code work} and returns how to get its result, waiting where necessary. */
  <T> Supplier<T> start(Callable<T> work);

  /** One thread, the caller's: all is done at once and in order. */
  static Crew alone() {
    return new LoneCrew();
  }
}
