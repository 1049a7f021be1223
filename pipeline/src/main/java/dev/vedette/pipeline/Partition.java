package dev.vedette.pipeline;

import java.util.List;

/**
 * All state of a running {@link Pipeline}, a deterministic machine: the same events and controls
 * give the same decisions and alerts, bit for bit, in any batches, on any {@link Crew}, and across
 * {@link #snapshot} and {@link #resume}. Used by one thread at a time.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Partition {
  private Partition() {}

  /** A partition that has seen nothing. */
  public static Partition start(Pipeline pipeline, Crew crew, Archive archive) {
    throw new UnsupportedOperationException("in work");
  }

  /**
   * A partition that goes on where {@code snapshot} was taken.
   *
   * @throws dev.vedette.ModelFileException when the snapshot is damaged or of another pipeline
   */
  public static Partition resume(Pipeline pipeline, byte[] snapshot, Crew crew, Archive archive) {
    throw new UnsupportedOperationException("in work");
  }

  /** Judges and learns from {@code events}, in this order: one step for each. */
  public List<Step> process(List<Event> events) {
    throw new UnsupportedOperationException("in work");
  }

  /** As {@link #process(List)}, for one. */
  public Step process(Event event) {
    return process(List.of(event)).getFirst();
  }

  /** Applies {@code control} before the next event. */
  public void apply(Control control) {
    throw new UnsupportedOperationException("in work");
  }

  /** The controls the machine made itself since the last call; they are to be logged. */
  public List<Control> takeControls() {
    throw new UnsupportedOperationException("in work");
  }

  /** The number of the last event handled; 0 before the first. */
  public long number() {
    throw new UnsupportedOperationException("in work");
  }

  /** All state as bytes. */
  public byte[] snapshot() {
    throw new UnsupportedOperationException("in work");
  }

  public Status status() {
    throw new UnsupportedOperationException("in work");
  }
}
