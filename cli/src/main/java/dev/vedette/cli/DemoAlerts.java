package dev.vedette.cli;

import dev.vedette.pipeline.Step;
import dev.vedette.pipeline.alert.Alert;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The alerts of a demo: those of the payments of the past are counted, all others are shown. */
final class DemoAlerts {
  private final long before;
  private final long history;
  private final BlockingQueue<Alert> shown = new ArrayBlockingQueue<>(1_000);
  private volatile long last;
  private final AtomicLong ofHistory = new AtomicLong();

  /**
   * @param before payments that were played before
   * @param history payments that are of the past, those included
   */
  DemoAlerts(long before, long history) {
    this.before = before;
    this.history = history;
    this.last = before;
  }

  /** Takes what came of metrics of the machine. */
  void host(List<Step> steps) {
    steps.forEach(step -> step.alerts().forEach(this::show));
  }

  /** Takes what came of payments; one thread does so. */
  void payments(List<Step> steps) {
    for (Step step : steps) {
      boolean past = step.decision().number() <= history;
      if (!past) {
        step.alerts().forEach(this::show);
      } else {
        ofHistory.addAndGet(
            step.alerts().stream().filter(one -> one.state() == Alert.State.OPENED).count());
      }
      last = step.decision().number();
    }
  }

  private void show(Alert alert) {
    if (alert.state() == Alert.State.OPENED) {
      // The terminal is for a person; where it cannot keep up, the page has them all.
      boolean unused = shown.offer(alert);
    }
  }

  /** Whether payments of the past are still played. */
  boolean playing() {
    return last < history;
  }

  /** Payments of the past to play in all. */
  long toPlay() {
    return history - before;
  }

  /** Payments of the past played by now. */
  long played() {
    return Math.min(last, history) - before;
  }

  /** Alerts on payments of the past. */
  long ofHistory() {
    return ofHistory.get();
  }

  /** The next alert to show; null when there is none for so long. */
  @Nullable Alert next(long millis) throws InterruptedException {
    return shown.poll(millis, TimeUnit.MILLISECONDS);
  }
}
