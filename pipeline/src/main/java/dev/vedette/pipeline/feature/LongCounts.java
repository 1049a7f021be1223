package dev.vedette.pipeline.feature;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** How often each of many longs was added; none of them 0. Open addressing, linear probing. */
final class LongCounts {
  private static final int SMALLEST = 16;
  private static final int LARGEST = 1 << 28;

  private long[] keys;
  private int[] counts;
  private int size;

  LongCounts() {
    this(SMALLEST);
  }

  private LongCounts(int slots) {
    keys = new long[slots];
    counts = new int[slots];
  }

  /** The number of different keys. */
  int size() {
    return size;
  }

  long bytes() {
    return bytesOf(keys.length);
  }

  /** The bytes of one that never held more than {@code size} keys. */
  static long bytes(int size) {
    int slots = SMALLEST;
    while (isFull(size, slots)) {
      slots *= 2;
    }
    return bytesOf(slots);
  }

  private static long bytesOf(long slots) {
    return 64 + 12 * slots;
  }

  /** The bytes after one more key. */
  long bytesToGrow() {
    return bytesOf((full() ? 2L : 1L) * keys.length);
  }

  int get(long key) {
    return counts[slot(key)];
  }

  /** The slot of {@code key}, or the free one where it belongs. */
  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = home(key);
    while (keys[slot] != key && keys[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int home(long key) {
    return (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & (keys.length - 1);
  }

  private boolean full() {
    return isFull(size + 1, keys.length);
  }

  private static boolean isFull(int size, int slots) {
    return 4L * size > 3L * slots;
  }

  void add(long key) {
    int slot = slot(key);
    if (keys[slot] == 0) {
      if (full()) {
        resize(2 * keys.length);
        slot = slot(key);
      }
      keys[slot] = key;
      size++;
    }
    counts[slot]++;
  }

  /** Takes back one {@link #add}, if there was one. */
  void subtract(long key) {
    int slot = slot(key);
    if (keys[slot] == key && --counts[slot] == 0) {
      free(slot);
    }
  }

  /** Frees a slot and moves up those that were pushed past it. */
  private void free(int freed) {
    int mask = keys.length - 1;
    int hole = freed;
    for (int slot = (hole + 1) & mask; keys[slot] != 0; slot = (slot + 1) & mask) {
      int home = home(keys[slot]);
      if (((slot - home) & mask) >= ((slot - hole) & mask)) {
        keys[hole] = keys[slot];
        counts[hole] = counts[slot];
        hole = slot;
      }
    }
    keys[hole] = 0;
    counts[hole] = 0;
    size--;
  }

  private void resize(int slots) {
    long[] oldKeys = keys;
    int[] oldCounts = counts;
    keys = new long[slots];
    counts = new int[slots];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        counts[slot] = oldCounts[i];
      }
    }
  }

  /** Keeps the {@code most} keys with the highest counts; among equals those of lower value. */
  void prune(int most) {
    int[] sorted = new int[size];
    int next = 0;
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != 0) {
        sorted[next++] = counts[i];
      }
    }
    Arrays.sort(sorted);
    int least = sorted[Math.max(0, size - most)];
    int equals = 0;
    for (int i = Math.max(0, size - most); i < size && sorted[i] == least; i++) {
      equals++;
    }
    keep(least, equals);
  }

  /** Keeps the keys counted more than {@code least} times, and {@code equals} of those with it. */
  private void keep(int least, int equals) {
    long[] level = new long[size];
    int tied = 0;
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != 0 && counts[i] == least) {
        level[tied++] = keys[i];
      }
    }
    Arrays.sort(level, 0, tied);
    long last = level[equals - 1];
    long[] oldKeys = keys;
    int[] oldCounts = counts;
    keys = new long[oldKeys.length];
    counts = new int[oldKeys.length];
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldCounts[i] > least
          || (oldKeys[i] != 0 && oldCounts[i] == least && oldKeys[i] <= last)) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        counts[slot] = oldCounts[i];
        size++;
      }
    }
  }

  /** Halves all counts, rounding up. */
  void halve() {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (counts[i] + 1) / 2;
    }
  }

  /** Writes the keys in ascending order: equal counts, equal bytes. */
  void write(DataOutput out) throws IOException {
    out.writeInt(keys.length);
    out.writeInt(size);
    long[] sorted = keys.clone();
    Arrays.sort(sorted);
    for (long key : sorted) {
      if (key != 0) {
        out.writeLong(key);
        out.writeInt(get(key));
      }
    }
  }

  static LongCounts read(DataInput in) throws IOException {
    int slots = in.readInt();
    int size = in.readInt();
    if (slots < SMALLEST || slots > LARGEST || Integer.bitCount(slots) != 1) {
      throw new IOException("a table of " + slots + " slots");
    }
    if (size < 0 || 4L * size > 3L * slots) {
      throw new IOException("a table of " + slots + " slots with " + size + " keys");
    }
    // Grown as the keys come, so that a damaged number cannot ask for much memory.
    LongCounts read = new LongCounts();
    for (int i = 0; i < size; i++) {
      long key = in.readLong();
      int count = in.readInt();
      if (key == 0 || count <= 0 || read.get(key) != 0) {
        throw new IOException("a table with key " + key + " counted " + count);
      }
      read.add(key);
      read.counts[read.slot(key)] = count;
    }
    if (slots > read.keys.length && slots <= Math.max(8192, 64L * read.keys.length)) {
      read.resize(slots);
    }
    return read;
  }
}
