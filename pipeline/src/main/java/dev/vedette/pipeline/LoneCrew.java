package dev.vedette.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Does everything on the thread of the caller. */
final class LoneCrew implements Crew {
  @Override
  public boolean[] run(List<Runnable> tasks) {
    tasks.forEach(Runnable::run);
    boolean[] done = new boolean[tasks.size()];
    Arrays.fill(done, true);
    return done;
  }

  @Override
  public <T> Supplier<T> start(Callable<T> work) {
    T result;
    try {
      result = work.call();
    } catch (RuntimeException e) {
      return () -> {
        throw e;
      };
    } catch (Exception e) {
      return () -> {
        throw new IllegalStateException(e);
      };
    }
    return () -> result;
  }
}
