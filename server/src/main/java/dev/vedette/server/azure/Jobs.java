package dev.vedette.server.azure;

import dev.vedette.azure.MultivariateException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what takes long behind the requests: some jobs at a time, each in a folder of its own. */
final class Jobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

  private final Shelf shelf;
  private final ExecutorService workers;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean closing;

  /**
   * As many at a time as half of the processors.
   *
   * @param name of the threads
   */
  Jobs(Shelf shelf, String name) {
    this.shelf = shelf;
    this.workers =
        Executors.newFixedThreadPool(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            Thread.ofPlatform().daemon(true).name(name, 0).factory());
  }

  /** Those under way and those that wait. */
  int count() {
    return waiting.get();
  }

  /**
   * Does {@code job} in an empty folder when it is its turn.
   *
   * @param what for the log
   * @param failed is told what went wrong
   */
  void begin(String what, Consumer<Path> job, Consumer<Fault> failed) {
    waiting.incrementAndGet();
    var unused =
        workers.submit(
            () -> {
              try {
                run(what, job, failed);
              } finally {
                waiting.decrementAndGet();
              }
            });
  }

  private void run(String what, Consumer<Path> job, Consumer<Fault> failed) {
    try {
      Path work = shelf.work();
      try {
        job.accept(work);
      } finally {
        Shelf.clear(work);
      }
    } catch (AzureException e) {
      fail(failed, e.code(), String.valueOf(e.getMessage()));
    } catch (MultivariateException e) {
      fail(failed, e.code(), String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      LOG.error("{} needs more memory than there is", what);
      fail(failed, "TooManyData", "The server has not memory enough for the data.");
    } catch (RuntimeException | Error e) {
      LOG.error("{} failed", what, e);
      fail(failed, "UnexpectedError", "The server failed; its log says why.");
    }
  }

  private void fail(Consumer<Fault> failed, String code, String message) {
    // What ends because the server ends has not failed: it is begun anew.
    if (!closing) {
      failed.accept(new Fault(code, message));
    }
  }

  @Override
  public void close() {
    closing = true;
    workers.shutdownNow();
    try {
      if (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.info("What is under way is left; the next start begins it anew");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
