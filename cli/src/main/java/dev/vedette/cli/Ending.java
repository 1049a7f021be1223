package dev.vedette.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Lets a process that is asked to end (Ctrl-C, SIGTERM) finish first: from {@link #watch} until it
 * is closed.
 */
final class Ending implements AutoCloseable {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = Thread.ofPlatform().name("shutdown").unstarted(this::finishFirst);

  private Ending() {}

  static Ending watch() {
    var ending = new Ending();
    try {
      Runtime.getRuntime().addShutdownHook(ending.hook);
    } catch (IllegalStateException already) {
      ending.asked.countDown();
    }
    return ending;
  }

  private void finishFirst() {
    asked.countDown();
    try {
      finished.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the process was asked to end. */
  boolean asked() {
    return asked.getCount() == 0;
  }

  /** Waits until the process is asked to end. */
  void await() throws InterruptedException {
    asked.await();
  }

  /** All is finished: the process may end. */
  @Override
  public void close() {
    finished.countDown();
    if (!asked()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // It was asked to end just now, and nothing holds it up any more.
      }
    }
  }
}
