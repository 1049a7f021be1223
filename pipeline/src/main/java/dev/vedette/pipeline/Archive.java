package dev.vedette.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * Where a {@link Partition} puts the state of keys that were idle for long, to stay within its
 * memory, and finds it again when they come back. Called by one thread.
 */
public interface Archive {
  /** Keeps {@code state} for {@code key}, in place of what was kept for it. */
  void put(String key, byte[] state);

  /** Removes and returns what is kept for {@code key}; null where there is nothing. */
  byte @Nullable [] take(String key);

  /** An archive on the heap, for runs that end. */
  static Archive inMemory() {
    return new HeapArchive();
  }
}
