package dev.vedette.server.live;

import dev.vedette.connect.store.Store.Snapshot;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When a pipeline takes snapshots: made by its worker, written in the background. */
final class Snapshots {
  private static final Logger log = LoggerFactory.getLogger(Snapshots.class);

  private final Site site;
  private final String pipeline;
  private final Meters meters;
  private long last;
  private long lastAt;
  private @Nullable CompletableFuture<Void> writing;

  /** {@code last} is the number of the snapshot that the store has. */
  Snapshots(Site site, String pipeline, Meters meters) {
    this.site = site;
    this.pipeline = pipeline;
    this.meters = meters;
  }

  /** The store has the snapshot of event {@code number}. */
  void restart(long number) {
    last = number;
    lastAt = site.clock().millis();
  }

  /** Whether a snapshot after event {@code number} is due. */
  boolean due(long number) {
    return number > last
        && (writing == null || writing.isDone())
        && (number - last >= site.limits().snapshotEvents() || waitMillis(number) <= 0);
  }

  /** How long until one is due by its age; forever when nothing is new. */
  long waitMillis(long number) {
    if (number <= last) {
      return Long.MAX_VALUE;
    }
    long age = site.clock().millis() - lastAt;
    return site.limits().snapshotAge().toMillis() - age;
  }

  /** Takes a snapshot and has it written. */
  void take(Machine machine) {
    long before = last;
    long number = machine.number();
    restart(number);
    long start = site.nanos();
    byte[] state = machine.snapshot();
    meters.snapshot(site.nanos() - start, state.length);
    writing =
        CompletableFuture.runAsync(
                () -> site.store().save(pipeline, new Snapshot(number, state)), site.background())
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    log.warn(
                        "pipeline {}: the snapshot of event {} was not kept, that of event {} stays:"
                            + " {}",
                        pipeline,
                        number,
                        before,
                        Patience.reason(failure));
                  }
                });
  }

  /** Waits until what was taken is written, or failed. */
  void finish() {
    if (writing != null) {
      try {
        writing.join();
      } catch (CompletionException | CancellationException e) {
        log.debug("reported where it failed", e);
      }
    }
  }

  /** Takes a snapshot if anything is new, and waits until it is written. */
  void takeLast(Machine machine) {
    finish();
    if (machine.number() > last) {
      take(machine);
      finish();
    }
  }
}
