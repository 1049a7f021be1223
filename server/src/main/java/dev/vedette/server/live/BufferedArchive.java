package dev.vedette.server.live;

import dev.vedette.connect.store.Store;
import dev.vedette.connect.store.Store.KeyState;
import dev.vedette.pipeline.Archive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The archive of a partition in a store. What is moved stays in memory until the batch that moved
 * it is kept, so that both are kept or neither.
 */
final class BufferedArchive implements Archive {
  private final Store store;
  private final String pipeline;
  private final Patience patience;
  private final Map<String, Optional<byte[]>> moved = new LinkedHashMap<>();

  BufferedArchive(Store store, String pipeline, Patience patience) {
    this.store = store;
    this.pipeline = pipeline;
    this.patience = patience;
  }

  @Override
  public void put(String key, byte[] state) {
    moved.put(key, Optional.of(state));
  }

  @Override
  public byte @Nullable [] take(String key) {
    Optional<byte[]> buffered = moved.get(key);
    byte[] state =
        buffered != null
            ? buffered.orElse(null)
            : patience
                .insist(() -> Optional.ofNullable(store.keyState(pipeline, key)))
                .orElse(null);
    if (state != null) {
      moved.put(key, Optional.empty());
    }
    return state;
  }

  /** What was moved since {@link #kept}, as of event {@code number}. */
  List<KeyState> moves(long number) {
    List<KeyState> moves = new ArrayList<>(moved.size());
    moved.forEach((key, state) -> moves.add(new KeyState(key, number, state.orElse(null))));
    return moves;
  }

  /** The moves are in the store, or are to be forgotten. */
  void kept() {
    moved.clear();
  }

  boolean isEmpty() {
    return moved.isEmpty();
  }
}
