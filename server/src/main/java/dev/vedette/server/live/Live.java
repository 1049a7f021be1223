package dev.vedette.server.live;

import dev.vedette.connect.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** All pipelines of a server: created, found, recovered after a crash, and stopped. Thread-safe. */
@SuppressWarnings("DoNotCallSuggester")
public final class Live implements AutoCloseable {
  private Live() {}

  /**
   * Starts every pipeline the store holds: each from its newest snapshot and the events after it.
   *
   * @param folder for what sinks write: alert files, dead letters
   */
  public static Live start(Store store, Path folder, InstantSource clock, MeterRegistry meters) {
    throw new UnsupportedOperationException("in work");
  }

  /**
   * Creates a pipeline and starts it.
   *
   * @param by who does so, for the audit
   * @throws IllegalArgumentException when the file is wrong, the name is taken, or the memory it
   *     needs is not there
   */
  public LivePipeline create(String yaml, String by) {
    throw new UnsupportedOperationException("in work");
  }

  public List<LivePipeline> pipelines() {
    throw new UnsupportedOperationException("in work");
  }

  public Optional<LivePipeline> find(String name) {
    throw new UnsupportedOperationException("in work");
  }

  /** Stops the pipeline and removes all that is kept for it. */
  public void delete(String name, String by) {
    throw new UnsupportedOperationException("in work");
  }

  public Store store() {
    throw new UnsupportedOperationException("in work");
  }

  /** Takes nothing more, finishes what was accepted, and keeps a snapshot of each pipeline. */
  @Override
  public void close() {
    throw new UnsupportedOperationException("in work");
  }
}
