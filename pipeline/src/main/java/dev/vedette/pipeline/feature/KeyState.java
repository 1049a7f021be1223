package dev.vedette.pipeline.feature;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is remembered about one key, and its place among the keys by last arrival. */
final class KeyState {
  final String key;
  final long[][] traces;
  long first;
  long last;

  /** What it holds in memory, as it was counted last. */
  long bytes;

  @Nullable KeyState older;
  @Nullable KeyState newer;

  KeyState(String key, int traces, long at) {
    this.key = key;
    this.traces = new long[traces][];
    begin(at);
  }

  /** Forgets everything but the key. */
  void begin(long at) {
    Arrays.fill(traces, Trace.NONE);
    first = at;
    last = at;
  }

  void learn(Trace[] kinds, Moment moment) {
    for (int i = 0; i < kinds.length; i++) {
      traces[i] = kinds[i].learn(traces[i], moment);
    }
    first = Math.min(first, moment.at());
    last = Math.max(last, moment.at());
  }

  /**
   * Estimated for a 64-bit virtual machine with references of 4 bytes: this object 56, its entry in
   * the map 40, the key, the arrays.
   */
  long size() {
    long size = 96 + 40 + roundUp(2L * key.length()) + 16 + roundUp(4L * traces.length);
    for (long[] trace : traces) {
      size += trace.length == 0 ? 0 : 16 + 8L * trace.length;
    }
    return size;
  }

  private static long roundUp(long bytes) {
    return (bytes + 7) / 8 * 8;
  }

  void write(Trace[] kinds, DataOutput out) throws IOException {
    out.writeLong(first);
    out.writeLong(last);
    for (int i = 0; i < kinds.length; i++) {
      long[] trace = traces[i];
      out.writeShort(trace.length == 0 ? -1 : (int) trace[0]);
      int used = trace.length == 0 ? 0 : kinds[i].entry(Trace.entries(trace));
      for (int j = 1; j < used; j++) {
        out.writeLong(trace[j]);
      }
    }
  }

  static KeyState read(String key, Trace[] kinds, DataInput in) throws IOException {
    KeyState read = new KeyState(key, kinds.length, in.readLong());
    read.last = in.readLong();
    if (read.last < read.first) {
      throw new IOException("a key that ends before it begins");
    }
    for (int i = 0; i < kinds.length; i++) {
      int entries = in.readShort();
      if (entries < -1 || entries > kinds[i].most()) {
        throw new IOException(entries + " entries where " + kinds[i].most() + " are the most");
      }
      if (entries >= 0) {
        long[] trace = new long[kinds[i].length(entries)];
        trace[0] = entries;
        for (int j = 1; j < kinds[i].entry(entries); j++) {
          trace[j] = in.readLong();
        }
        if (!kinds[i].valid(trace)) {
          throw new IOException("a window that cannot be: " + kinds[i]);
        }
        read.traces[i] = trace;
      }
    }
    return read;
  }
}
