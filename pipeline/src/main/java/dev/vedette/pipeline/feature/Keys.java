package dev.vedette.pipeline.feature;

import dev.vedette.ModelFileException;
import dev.vedette.pipeline.Archive;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys in memory, in the order of their last arrival; those idle for longest are moved to the
 * archive when there is no room.
 */
final class Keys {
  private final Plan plan;
  private final long bound;
  private final long timeToLive;
  private final Archive archive;
  private final Map<String, KeyState> states = new HashMap<>();
  private @Nullable KeyState oldest;
  private @Nullable KeyState newest;
  private long bytes;
  private long archived;

  /** The hashes of the keys in the archive; null when they took too much room: all are tried. */
  private @Nullable LongCounts hashes = new LongCounts();

  Keys(Plan plan, long bound, long timeToLive, Archive archive) {
    this.plan = plan;
    this.bound = bound;
    this.timeToLive = timeToLive;
    this.archive = archive;
  }

  int size() {
    return states.size();
  }

  long archived() {
    return archived;
  }

  long bytes() {
    return bytes + (hashes == null ? 0 : hashes.bytes());
  }

  /** What is known of {@code key} at {@code at}; null for nothing, or nothing that still counts. */
  @Nullable KeyState find(String key, long at, long others) {
    KeyState state = states.get(key);
    if (state == null && archived > 0) {
      state = restored(key, at, others);
    }
    return state == null || outlived(state, at) ? null : state;
  }

  /** An event far before the last one means that the time of the last one was wrong. */
  private boolean outlived(KeyState state, long at) {
    return at - state.last > timeToLive || state.last - at > timeToLive;
  }

  private @Nullable KeyState restored(String key, long at, long others) {
    long hash = TextHash.of(key);
    if (hashes != null && hashes.get(hash) == 0) {
      return null;
    }
    byte[] kept = archive.take(key);
    if (kept == null) {
      return null;
    }
    archived--;
    if (hashes != null) {
      hashes.subtract(hash);
    }
    KeyState state;
    try {
      state = KeyState.read(key, plan, new DataInputStream(new ByteArrayInputStream(kept)));
    } catch (IOException e) {
      throw new ModelFileException(
          "the archived features of key '%s' are damaged: %s".formatted(key, e.getMessage()), e);
    }
    // Also one that has outlived its time at this event: it may be a late one that teaches nothing.
    states.put(key, state);
    append(state);
    recount(state);
    shrink(at, others);
    return state;
  }

  /** Takes in the event of {@code moment}; {@code others} are the bytes that are not of keys. */
  void learn(String key, Moment moment, long others) {
    KeyState state = states.get(key);
    if (state == null) {
      state = new KeyState(key, plan, moment.at());
      states.put(key, state);
    } else {
      if (outlived(state, moment.at())) {
        state.begin(moment.at());
      }
      remove(state);
    }
    append(state);
    state.learn(moment);
    recount(state);
    shrink(moment.at(), others);
  }

  private void recount(KeyState state) {
    long now = state.size();
    bytes += now - state.bytes;
    state.bytes = now;
  }

  /** Archives the oldest keys, a sixteenth of the bound at once; the newest always stays. */
  private void shrink(long at, long others) {
    if (bytes() + others <= bound) {
      return;
    }
    // By the earlier of the last two arrivals, so that one wrong time makes no key forgotten.
    long now = newest == null || newest.older == null ? at : Math.min(at, newest.older.last);
    while (oldest != null && oldest != newest && bytes() + others > bound - bound / 16) {
      KeyState state = oldest;
      remove(state);
      states.remove(state.key);
      bytes -= state.bytes;
      // Events may yet come that are late by no more than that.
      if (now - state.last <= 2 * timeToLive) {
        archive(state);
      }
    }
  }

  private void archive(KeyState state) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream((int) Math.min(state.bytes, 1 << 16));
    try {
      state.write(new DataOutputStream(kept));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    archive.put(state.key, kept.toByteArray());
    archived++;
    if (hashes != null && hashes.bytesToGrow() > bound / 4) {
      hashes = null;
    }
    if (hashes != null) {
      hashes.add(TextHash.of(state.key));
    }
  }

  private void append(KeyState state) {
    state.older = newest;
    state.newer = null;
    if (newest == null) {
      oldest = state;
    } else {
      newest.newer = state;
    }
    newest = state;
  }

  private void remove(KeyState state) {
    if (state.older == null) {
      oldest = state.newer;
    } else {
      state.older.newer = state.newer;
    }
    if (state.newer == null) {
      newest = state.older;
    } else {
      state.newer.older = state.older;
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(archived);
    out.writeBoolean(hashes != null);
    if (hashes != null) {
      hashes.write(out);
    }
    out.writeInt(states.size());
    for (KeyState state = oldest; state != null; state = state.newer) {
      out.writeInt(state.key.length());
      out.writeChars(state.key);
      state.write(out);
    }
  }

  void read(DataInput in) throws IOException {
    archived = in.readLong();
    hashes = in.readBoolean() ? LongCounts.read(in) : null;
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      KeyState state = KeyState.read(text(in), plan, in);
      if (states.put(state.key, state) != null) {
        throw new IOException("key '" + state.key + "' is there twice");
      }
      append(state);
      recount(state);
    }
    if (archived < 0 || size < 0) {
      throw new IOException(size + " keys in memory and " + archived + " in the archive");
    }
  }

  private static String text(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new IOException("a key of " + length + " characters");
    }
    StringBuilder text = new StringBuilder(Math.min(length, 1 << 10));
    for (int i = 0; i < length; i++) {
      text.append(in.readChar());
    }
    return text.toString();
  }
}
