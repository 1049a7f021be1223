package dev.vedette.server.live;

import dev.vedette.pipeline.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells those who wait and those who listen what was kept, in order, on a thread of its own: what
 * they do with it does not hold up the worker, until it is {@value #BACKLOG} turns behind.
 */
final class Answers {
  private static final Logger log = LoggerFactory.getLogger(Answers.class);
  private static final int BACKLOG = 64;

  private final String pipeline;
  private final BlockingQueue<Runnable> backlog = new ArrayBlockingQueue<>(BACKLOG);
  private final List<Consumer<List<Step>>> listeners = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private boolean ended;

  Answers(String pipeline) {
    this.pipeline = pipeline;
    this.thread =
        Thread.ofPlatform().daemon().name("answers-" + pipeline).unstarted(this::answerAll);
  }

  void start() {
    thread.start();
  }

  /** Runs {@code answer} after all before it; waits while too many are waiting. */
  void post(Runnable answer) throws InterruptedException {
    backlog.put(answer);
  }

  /** Waits until all is answered. */
  void end() throws InterruptedException {
    backlog.put(() -> ended = true);
    thread.join();
  }

  AutoCloseable listen(Consumer<List<Step>> listener) {
    // A listener may be added twice; each closing removes its own.
    Consumer<List<Step>> own = steps -> listener.accept(steps);
    listeners.add(own);
    return () -> listeners.remove(own);
  }

  /** Gives {@code steps} to all listeners; one that fails hears nothing more. */
  void tell(List<Step> steps) {
    List<Consumer<List<Step>>> failed = new ArrayList<>();
    for (Consumer<List<Step>> listener : listeners) {
      try {
        listener.accept(steps);
      } catch (RuntimeException | Error e) {
        failed.add(listener);
        log.warn("pipeline {}: a listener failed and is removed", pipeline, e);
      }
    }
    listeners.removeAll(failed);
  }

  private void answerAll() {
    while (!ended) {
      try {
        backlog.take().run();
      } catch (InterruptedException e) {
        log.error("pipeline {}: nothing is answered any more, interrupted", pipeline);
        return;
      } catch (RuntimeException | Error e) {
        // Without this thread the worker would wait for ever.
        log.error("pipeline {}: an answer failed", pipeline, e);
      }
    }
  }
}
