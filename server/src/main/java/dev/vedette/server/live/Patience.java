package dev.vedette.server.live;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries again what a store refused, with pauses that double, and says what the trouble is. */
final class Patience {
  private static final Logger log = LoggerFactory.getLogger(Patience.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final String pipeline;
  private final int attempts;
  private final Duration backOff;
  private final CountDownLatch abandoned = new CountDownLatch(1);
  private volatile @Nullable String trouble;

  Patience(String pipeline, Limits limits) {
    this.pipeline = pipeline;
    this.attempts = limits.attempts();
    this.backOff = limits.backOff();
  }

  /**
   * The result of {@code work}, tried until it succeeds or was tried often enough.
   *
   * @throws RuntimeException the last failure
   */
  <T> T insist(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        T result = work.get();
        if (attempt > 1) {
          log.info("pipeline {}: the store works again", pipeline);
          trouble = null;
        }
        return result;
      } catch (RuntimeException e) {
        trouble = "the store fails, attempt " + attempt + " of " + attempts + ": " + reason(e);
        log.warn("pipeline {}: {}", pipeline, trouble);
        if (attempt >= attempts || ended(pause(attempt))) {
          throw e;
        }
      }
    }
  }

  /** How long to wait after the failure of attempt {@code attempt}, from 1. */
  Duration pause(int attempt) {
    Duration pause = backOff.multipliedBy(1L << Math.min(attempt - 1, 16));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private boolean ended(Duration pause) {
    try {
      return abandoned.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Nothing is tried again from now on. */
  void abandon() {
    abandoned.countDown();
  }

  void trouble(@Nullable String text) {
    trouble = text;
  }

  @Nullable String trouble() {
    return trouble;
  }

  static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
