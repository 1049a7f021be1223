package dev.vedette.pipeline;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps idle keys as bytes on the heap. */
final class HeapArchive implements Archive {
  private final Map<String, byte[]> states = new HashMap<>();

  @Override
  public void put(String key, byte[] state) {
    states.put(key, state);
  }

  @Override
  public byte @Nullable [] take(String key) {
    return states.remove(key);
  }
}
