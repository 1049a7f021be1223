package dev.vedette.server.live;

import dev.vedette.connect.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;

/**
 * What all pipelines of a server share.
 *
 * @param folder for what sinks write
 * @param background for work that must not hold up events, at low priority
 */
record Site(
    Store store,
    Path folder,
    Limits limits,
    InstantSource clock,
    MeterRegistry meters,
    Machine.Maker maker,
    ExecutorService background) {

  /** Nanoseconds from an arbitrary start, for durations. */
  long nanos() {
    return meters.config().clock().monotonicTime();
  }
}
